import { createHmac } from 'node:crypto';
import type { Sandbox } from '../call.ts';
import type { SandboxEvent, WebhookEndpoint } from '../model.ts';
import { numberOf, textOf } from '../state/database.ts';
import { waitOf } from './delivery-manner.ts';

/** Milliseconds until the next try, by the number of tries that failed; after the last, the delivery is given up. */
const retryDelays = [
  500, 1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000,
];
const attemptTimeout = 10_000;
const maxInFlight = 8;
/** A timer cannot reach further than 2^31 ms; looking again every minute is enough. */
const longestSleep = 60_000;

export interface Deliverer {
  /** Looks for due deliveries now: call it after a transaction that may have stored events. */
  wake(): void;
  pause(): void;
  resume(): void;
  readonly isPaused: boolean;
  /** Makes an event due again at every endpoint that it went to. @returns how many */
  resend(eventId: string): number;
  close(): Promise<void>;
}

/**
 * Sends stored events to their endpoints until each has answered 2xx, with growing delays. All state is in the
 * database, so a restart goes on where it stopped: an endpoint may get an event twice, as with Stripe, never not at all.
 */
export function startDeliverer(
  sandbox: Sandbox,
  onFailure: (details: object, message: string) => void,
): Deliverer {
  const { db, clock } = sandbox;
  const inFlight = new Map<number, Promise<void>>();
  /** Deliveries that were taken and are to be sent again all the same, and how often. */
  const repeats = new Map<number, number>();
  const stopping = new AbortController();
  let isPaused = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    clearTimeout(timer);
    if (isPaused || stopping.signal.aborted) return;
    const pending = db.all(
      "select id, event, endpoint, attempts, due_at from deliveries where state = 'pending' order by due_at, id limit 50",
    );
    for (const row of pending) {
      const id = numberOf(row, 'id');
      if (inFlight.has(id)) continue;
      if (inFlight.size >= maxInFlight) return;
      const wait = numberOf(row, 'due_at') - clock();
      if (wait > 0) {
        timer = setTimeout(wake, Math.min(wait, longestSleep));
        return;
      }
      const sending = attempt(id, textOf(row, 'event'), textOf(row, 'endpoint'), numberOf(row, 'attempts'));
      inFlight.set(
        id,
        sending.finally(() => {
          inFlight.delete(id);
          wake();
        }),
      );
    }
  }

  async function attempt(id: number, eventId: string, endpointId: string, attempts: number): Promise<void> {
    const event = sandbox.objects.find('event', eventId);
    const endpoint = sandbox.objects.find('webhook_endpoint', endpointId);
    if (!event || !endpoint) {
      settle(id, 'failed', attempts, 'the endpoint was deleted');
      return;
    }
    const failure = await post(endpoint, event, stopping.signal);
    if (stopping.signal.aborted) return;
    if (failure === undefined) {
      const left = (repeats.get(id) ?? sandbox.manner.times) - 1;
      if (left > 0) {
        repeats.set(id, left);
        settle(id, 'pending', attempts, 'ok', waitOf(sandbox.manner));
      } else {
        repeats.delete(id);
        settle(id, 'delivered', attempts + 1, 'ok');
      }
      return;
    }
    const delay = retryDelays[attempts];
    onFailure(
      { event: eventId, url: endpoint.url, attempt: attempts + 1, failure, retryInMs: delay },
      'webhook failed',
    );
    settle(id, delay === undefined ? 'failed' : 'pending', attempts + 1, failure, delay);
  }

  function settle(id: number, state: string, attempts: number, result: string, delay = 0): void {
    db.run(
      'update deliveries set state = ?, attempts = ?, last_result = ?, due_at = ? where id = ?',
      state,
      attempts,
      result,
      clock() + delay,
      id,
    );
  }

  return {
    wake,
    pause() {
      isPaused = true;
      clearTimeout(timer);
    },
    resume() {
      isPaused = false;
      wake();
    },
    get isPaused() {
      return isPaused;
    },
    resend(eventId) {
      db.run(
        "update deliveries set state = 'pending', attempts = 0, due_at = ? where event = ?",
        clock(),
        eventId,
      );
      wake();
      return db.all('select id from deliveries where event = ?', eventId).length;
    },
    async close() {
      stopping.abort();
      clearTimeout(timer);
      await Promise.allSettled(inFlight.values());
    },
  };
}

/** @returns what went wrong, or `undefined` when the endpoint took the event */
async function post(
  endpoint: WebhookEndpoint,
  event: SandboxEvent,
  stopping: AbortSignal,
): Promise<string | undefined> {
  const body = JSON.stringify(event, null, 2);
  try {
    const answer = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signatureHeader(body, endpoint.secret, Math.floor(Date.now() / 1000)),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(attemptTimeout)]),
    });
    await answer.arrayBuffer();
    return answer.ok ? undefined : `HTTP ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? describe(error) : String(error);
  }
}

function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** `t=…,v1=…`: HMAC-SHA256 of time, a dot and the body, https://docs.stripe.com/webhooks#verify-manually */
function signatureHeader(body: string, secret: string, time: number): string {
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return `t=${time},v1=${signature}`;
}
