import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch as fetchKeptAlive, type Headers } from 'undici';

/**
 * Connections to the bff. An idle one is given up after a few seconds, sooner than a bff that stops ends it: one that stops goes on
 * serving for `SHUTDOWN_DELAY_MS`, so no request is sent into a connection that is just being closed.
 */
const openConnections = () =>
  new Agent({
    connections: 64,
    keepAliveTimeout: 3_000,
    keepAliveMaxTimeout: 3_000,
    headersTimeout: 15_000,
    bodyTimeout: 15_000,
    connect: { timeout: 1_500 },
  });
let connections = openConnections();

/**
 * Leaves the connections that somebody did not answer on: those that stand may all lead to the one bff that hangs, also after a load balancer
 * has noticed. What is under way on them is finished.
 */
function leave(left: Agent): void {
  if (left !== connections) return;
  connections = openConnections();
  // nobody waits for it: what hangs ends by its own time-out
  left.close().catch(() => {});
}

/** How long all tries of one request may take. */
const BUDGET_MS = 15_000;
/** How long a bff may take before another one is asked, which costs nothing but time: one that hangs still takes connections. */
const ANSWER_WITHIN_MS = 2_000;
const DO_WITHIN_MS = 5_000;
/** Pauses before each new try: about as long as it takes a load balancer to notice that a bff is gone. */
const PAUSES_MS = [20, 80, 200, 500, 1_000, 1_500];

/**
 * How many tries may be made anew, as a share of all requests: where every bff is away or slow, trying again would double what is asked of
 * them.
 */
const RETRY_SHARE = 0.2;
const MOST_RETRIES = 50;
let retriesLeft = MOST_RETRIES;

export interface BffRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

/** An answer that has come whole. */
export interface BffAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly body: null;
  json(): Promise<unknown>;
}

/**
 * Sends a request to the bff, and once more on another connection where that can do no harm: always when no connection came about, as
 * nothing was sent then; and when one broke or nobody answered, for questions and for what the bff does once however often it comes. What
 * would be done twice is left to the shopper.
 */
export async function askBff(request: BffRequest): Promise<BffAnswer> {
  const isQuestion = request.method === 'GET';
  const isRepeatable = isQuestion || isDoneOnce(request);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(BUDGET_MS)]);
  retriesLeft = Math.min(MOST_RETRIES, retriesLeft + RETRY_SHARE);
  for (let tries = 0; ; tries += 1) {
    const isLast = tries >= PAUSES_MS.length || retriesLeft < 1;
    // the last try may take as long as there is time
    const isPatient = !isRepeatable || isLast;
    const patience = isPatient ? null : AbortSignal.timeout(isQuestion ? ANSWER_WITHIN_MS : DO_WITHIN_MS);
    const dispatcher = connections;
    try {
      const response = await fetchKeptAlive(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        dispatcher,
        signal: patience ? AbortSignal.any([signal, patience]) : signal,
      });
      const text = await response.text();
      return {
        ok: response.ok,
        status: response.status,
        headers: response.headers,
        body: null,
        json: async () => JSON.parse(text),
      };
    } catch (error) {
      if (patience?.aborted) leave(dispatcher);
      const mayRepeat = neverSent(error) || (isRepeatable && (isBroken(error) || patience?.aborted === true));
      if (isLast || signal.aborted || !mayRepeat) throw error;
      retriesLeft -= 1;
      await sleep(PAUSES_MS[tries], undefined, { signal });
    }
  }
}

/** Procedures that set something to what is sent, or that the bff itself does once. */
const doneOnce =
  /\/trpc\/(?:cart\.(?:setQuantity|acceptChanges|enterCode)|checkout\.(?:setAddress|setShipping|choosePayment|place))$/;

/** Tells whether a change comes to the same when it is sent twice: by what it is, or by the key that its form carries. */
function isDoneOnce({ url, body }: BffRequest): boolean {
  return doneOnce.test(url) || (body !== null && /"requestId":"[\da-f-]{36}"/.test(body));
}

const noConnection = new Set([
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const brokenConnection = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

const neverSent = (error: unknown) => noConnection.has(codeOf(error));
const isBroken = (error: unknown) => brokenConnection.has(codeOf(error));

/** `fetch` tells why in the cause of its error. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
