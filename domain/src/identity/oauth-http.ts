import { isIP } from 'node:net';
import { DomainError } from '../kernel/index.ts';

/** How long one answer of a provider may take. */
const CALL_MS = 5_000;
/** No answer that we ask for is longer. */
const LARGEST_ANSWER = 256 * 1024;

/** A call that a provider refused: its own code, such as `invalid_grant`. */
class ProviderRefusal extends Error {
  readonly code: string;

  constructor(status: number, code: string) {
    super(`the provider answered ${status} ${code}`);
    this.name = 'ProviderRefusal';
    this.code = code;
  }
}

/** One dance with a provider: all its calls together take no longer than a shopper would wait. */
export interface Dance {
  readonly deadline: AbortSignal;
}

/** Begins the clock of one dance. */
export function beginDance(): Dance {
  return { deadline: AbortSignal.timeout(2 * CALL_MS) };
}

/** Sends a form to an endpoint of the configured provider and reads the JSON of its answer. */
export function postForm(
  dance: Dance,
  url: string,
  form: URLSearchParams,
  headers: Record<string, string>,
): Promise<unknown> {
  return call(dance, url, { method: 'POST', body: form, headers });
}

/** Reads JSON from an endpoint of the configured provider. */
export function getJson(dance: Dance, url: string, headers: Record<string, string> = {}): Promise<unknown> {
  return call(dance, url, { headers });
}

/**
 * One call. Redirects are not followed: secrets and codes go to the configured endpoint and nowhere else.
 *
 * @throws ProviderRefusal when the provider says no; an Error when it is away, slow or answers something else than JSON
 */
async function call(dance: Dance, url: string, init: RequestInit & { headers: Record<string, string> }) {
  const response = await fetch(url, {
    ...init,
    headers: { accept: 'application/json', 'user-agent': 'souk', ...init.headers },
    redirect: 'error',
    signal: AbortSignal.any([dance.deadline, AbortSignal.timeout(CALL_MS)]),
  });
  const body: unknown = JSON.parse(await textOf(response));
  const refused = errorOf(body);
  if (!response.ok || refused !== null) throw new ProviderRefusal(response.status, refused ?? '');
  return body;
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new Error('the provider answers too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** GitHub refuses with status 200 and an error in the body. */
function errorOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  return typeof body.error === 'string' ? body.error : 'error';
}

/**
 * Makes a refusal of ours of whatever went wrong with a provider: the cause is for the log, the shopper is told that it failed.
 */
export async function orFailed<T>(provider: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError(
      'oauth_failed',
      `${provider} is away or cannot be trusted`,
      { provider },
      { cause },
    );
  }
}

/** Whether an endpoint that a provider tells of may be called: over TLS, or where the operator has pointed us to without it. */
export function isTrustworthy(endpoint: string, issuer: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, origin, hostname } = new URL(endpoint);
  if (origin === new URL(issuer).origin) return protocol === 'https:' || protocol === 'http:';
  return protocol === 'https:' && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.');
}
