import { inSpan } from '@souk/telemetry';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import type { Logger } from 'pino';
import type { z } from 'zod';

/**
 * A call to an outside service that did not succeed. `away` is for now: too slow, unreachable, overloaded, or an answer that makes no
 * sense; `refused` is for good: the service understood, and said no. It holds no part of what was sent or answered but the service's own
 * code of the problem, so it may be logged.
 */
export class OutsideError extends Error {
  readonly kind: 'away' | 'refused';
  /** Null when there was no answer. */
  readonly status: number | null;
  /** The service's own word for it, such as `MissingLine`; or ours: `timeout`, `unreachable`, `malformed`, `resting`. */
  readonly code: string;

  constructor(service: string, problem: { kind: 'away' | 'refused'; status?: number; code: string }) {
    super(`${service} is ${problem.kind === 'away' ? 'away' : 'unwilling'}: ${problem.code}`);
    this.name = 'OutsideError';
    this.kind = problem.kind;
    this.status = problem.status ?? null;
    this.code = problem.code;
  }
}

interface OutsideCall<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** With its leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly answer: Schema;
  /** Whether asking twice does no harm: then failures that come fast are tried again. */
  readonly isSafe: boolean;
  /** For a caller that can wait longer than a page, such as a job. */
  readonly budgetMs?: number;
}

/** JSON over HTTP to a service that the shop must do without at any moment. */
export interface OutsideApi {
  /** Calls and parses the answer. @throws OutsideError */
  call<Schema extends z.ZodType>(call: OutsideCall<Schema>): Promise<z.infer<Schema>>;
  /** `resting` while it is left alone after failures. */
  state(): 'up' | 'resting';
}

interface OutsideSettings {
  readonly name: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long a call may take in all, tries and pauses included. */
  readonly budgetMs: number;
  /** Reads the service's own code from the body of an error. */
  readonly codeOf: (body: unknown) => string | null;
  /** How long it is left alone after failures, then one call tries it. */
  readonly restMs?: number;
}

/** So many calls in a row have to fail before it is left alone. */
const FAILURES_TO_REST = 5;
const REST_MS = 15_000;
const RETRIES = 2;
/** A try that would have less than this left is not made. */
const LEAST_TRY_MS = 100;
const LARGEST_ANSWER = 4 * 1024 * 1024;

const isAway = (error: unknown) => error instanceof OutsideError && error.kind === 'away';

/** Makes the way to an outside service: with a time-out, tries again with jitter where that is safe, and a circuit breaker. */
export function createOutsideApi(settings: OutsideSettings, logger: Logger): OutsideApi {
  const breaker = circuitBreaker(handleWhen(isAway), {
    halfOpenAfter: settings.restMs ?? REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_REST),
  });
  breaker.onBreak(() => logger.warn({ service: settings.name }, 'an outside service is left alone'));
  breaker.onReset(() => logger.info({ service: settings.name }, 'an outside service is back'));
  return {
    state: () => (breaker.state === CircuitState.Open ? 'resting' : 'up'),
    async call(call) {
      const budgetMs = call.budgetMs ?? settings.budgetMs;
      const deadline = performance.now() + budgetMs;
      const signal = AbortSignal.timeout(budgetMs);
      const mayRetry = (error: unknown) =>
        call.isSafe && isAway(error) && !signal.aborted && performance.now() < deadline - LEAST_TRY_MS;
      const again = retry(handleWhen(mayRetry), {
        maxAttempts: RETRIES,
        backoff: new ExponentialBackoff({ initialDelay: 40, maxDelay: 150 }),
      });
      try {
        return await wrap(again, breaker).execute(() => attempt(settings, call, signal));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new OutsideError(settings.name, { kind: 'away', code: 'resting' });
      }
    },
  };
}

async function attempt<Schema extends z.ZodType>(
  settings: OutsideSettings,
  call: OutsideCall<Schema>,
  signal: AbortSignal,
): Promise<z.infer<Schema>> {
  const { status, text } = await inSpan(
    {
      name: `${settings.name} ${call.method}`,
      kind: 'client',
      attributes: { 'peer.service': settings.name },
    },
    () => exchange(settings, call, signal),
  );
  const body = parseJson(text);
  if (status >= 400) {
    const isForNow = status >= 500 || status === 429 || status === 408;
    const code = settings.codeOf(body) ?? `http_${status}`;
    throw new OutsideError(settings.name, { kind: isForNow ? 'away' : 'refused', status, code });
  }
  const parsed = call.answer.safeParse(body);
  if (!parsed.success) throw new OutsideError(settings.name, { kind: 'away', status, code: 'malformed' });
  return parsed.data;
}

/** Redirects are not followed: the credentials go to the configured host and nowhere else. */
async function exchange(settings: OutsideSettings, call: OutsideCall<z.ZodType>, signal: AbortSignal) {
  try {
    const response = await fetch(`${settings.baseUrl}${call.path}`, {
      method: call.method,
      redirect: 'error',
      signal,
      headers: {
        accept: 'application/json',
        'user-agent': 'souk',
        ...settings.headers,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    return { status: response.status, text: await textOf(response) };
  } catch {
    const code = signal.aborted ? 'timeout' : 'unreachable';
    throw new OutsideError(settings.name, { kind: 'away', code });
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new Error('the service answers too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
