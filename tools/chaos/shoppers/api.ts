import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const answered = z.object({ result: z.object({ data: z.object({ json: z.unknown().optional() }) }) });
const refused = z.object({
  error: z.object({ json: z.object({ data: z.object({ code: z.string(), httpStatus: z.int() }) }) }),
});

/** The shop said no, and by which code. */
export class Refusal extends Error {
  readonly code: string;

  constructor(path: string, code: string) {
    super(`${path} was refused: ${code}`);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** There was no answer: whether what was asked for happened is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** How long a shopper goes on asking a shop that does not answer, in milliseconds. */
const PATIENCE_MS = 60_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** The API of the shop, as one shopper's browser uses it. */
export interface Api {
  /**
   * Asks once.
   *
   * @throws Refusal, NoAnswer
   */
  once(path: string, input?: unknown): Promise<unknown>;
  /** Asks until there is an answer: for what may be asked twice. @throws Refusal, NoAnswer after a minute */
  ask(path: string, input?: unknown): Promise<unknown>;
  read(path: string, input?: unknown): Promise<unknown>;
  useCart(token: string): void;
}

export function createApi(bffUrl: string): Api {
  let token: string | undefined;

  async function send(path: string, input: unknown, method: 'GET' | 'POST'): Promise<unknown> {
    const url = new URL(`/trpc/${path}`, bffUrl);
    const body = JSON.stringify({ json: input ?? null });
    if (method === 'GET') url.searchParams.set('input', body);
    const response = await fetch(url, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { 'x-souk-cart': token }),
      },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(method === 'GET' ? {} : { body }),
    }).catch((error: unknown) => {
      throw new NoAnswer(`${path}: ${String(error)}`);
    });
    const text = await response.text().catch((error: unknown) => {
      throw new NoAnswer(`${path}: ${String(error)}`);
    });
    if (response.ok) return answered.parse(JSON.parse(text)).result.data.json;
    const refusal = refused.safeParse(safeJson(text));
    if (!refusal.success || refusal.data.error.json.data.httpStatus >= 500) {
      throw new NoAnswer(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
    }
    throw new Refusal(path, refusal.data.error.json.data.code);
  }

  return {
    once: (path, input) => send(path, input, 'POST'),
    ask: (path, input) => patiently(() => send(path, input, 'POST')),
    read: (path, input) => patiently(() => send(path, input, 'GET')),
    useCart(cartToken) {
      token = cartToken;
    },
  };
}

/** Tries again while there is no answer, as who reloads a page. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let pause = 200; ; pause = Math.min(pause * 1.5, 2_000)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal || performance.now() > giveUpAt) throw error;
      await sleep(pause);
    }
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
