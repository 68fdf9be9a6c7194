import { type AddressInfo, isIPv6 } from 'node:net';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { registerApi } from './api/routes.ts';
import type { Call, Sandbox } from './call.ts';
import { lapseSession } from './checkout/expire-session.ts';
import { settlePayout } from './connect/payout.ts';
import { registerControl } from './control-routes.ts';
import { openDispute } from './disputes/open-dispute.ts';
import { registerElements } from './elements/element-routes.ts';
import { createFaults } from './faults.ts';
import { openJournal } from './journal.ts';
import { registerPages } from './pages/routes.ts';
import { pageCall } from './pages/visit.ts';
import { takeBankAnswer } from './payments/bank-answer.ts';
import { settleRefund } from './payments/settle-refund.ts';
import { openDatabase } from './state/database.ts';
import { createObjectStore } from './state/objects.ts';
import { startTimers, type TimerKind } from './state/timers.ts';
import { startDeliverer } from './webhooks/deliver.ts';
import { promptly } from './webhooks/delivery-manner.ts';
import { syncConfiguredEndpoints } from './webhooks/endpoints.ts';

export interface PaymentSandboxOptions {
  /** 0 takes a free one. */
  port: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** Where `sandbox.db` lies; made when absent. One sandbox at a time may use it. */
  dataDir: string;
  /** Where browsers reach the hosted pages. @default the address that is listened on */
  publicUrl?: string;
  /** Told of every event. The list is exact: endpoints that an earlier start configured and this does not are dropped. */
  webhooks: readonly { url: string; secret: string }[];
  /** Shown on the hosted pages. @default 'Souk' */
  merchantName?: string;
  /** A file to which every call of the API and its answer is appended, as JSON lines. Numbers of cards are struck out. */
  journal?: string;
  /** `true` writes warnings and errors to standard output as JSON lines. @default false */
  logger?: FastifyBaseLogger | boolean;
  /** Milliseconds since 1970; tests move it. */
  clock?: () => number;
}

export interface PaymentSandbox {
  /** Without a slash at the end. */
  url: string;
  /** Stops serving and delivering; everything is on disk already. */
  close: () => Promise<void>;
}

/** What happens by itself when its time has come. */
const elapsed: Record<TimerKind, (call: Call, id: string) => void> = {
  session_expiry: lapseSession,
  bank_answer: takeBankAnswer,
  refund_answer: settleRefund,
  dispute: openDispute,
  payout_arrival: settlePayout,
};

/**
 * Starts a stand-in for Stripe: its API, the hosted payment page and the webhooks.
 *
 * @throws Error when the port is taken, or when another sandbox uses `dataDir`
 */
export async function startPaymentSandbox(options: PaymentSandboxOptions): Promise<PaymentSandbox> {
  const host = options.host ?? '127.0.0.1';
  const journal = options.journal === undefined ? undefined : openJournal(options.journal);
  const db = openDatabase(options.dataDir);
  let url = '';
  const clock = options.clock ?? Date.now;
  let skew = 0;
  const sandbox: Sandbox = {
    db,
    objects: createObjectStore(db),
    publicUrl: () => options.publicUrl?.replace(/\/+$/, '') ?? url,
    merchantName: options.merchantName ?? 'Souk',
    clock: () => clock() + skew,
    manner: promptly,
  };
  const app = Fastify({
    ...(typeof options.logger === 'object'
      ? { loggerInstance: options.logger }
      : { logger: options.logger === true && { level: 'warn' } }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 256 * 1024,
    forceCloseConnections: true,
  });
  const closing = new AbortController();
  const faults = createFaults();
  const deliverer = startDeliverer(sandbox, (details, message) => app.log.warn(details, message));

  const timers = startTimers(sandbox, (kind, id) => {
    elapsed[kind](pageCall(sandbox), id);
    deliverer.wake();
  });
  function advanceClock(milliseconds: number): void {
    skew += milliseconds;
    onChange();
  }
  function onChange(): void {
    timers.wake();
    deliverer.wake();
  }

  app.get('/health', async () => ({ status: 'ok' }));
  app.register(
    async (scope) => registerApi(scope, { sandbox, faults, journal, onChange, closing: closing.signal }),
    {
      prefix: '/v1',
    },
  );
  app.register(async (scope) => registerControl(scope, { sandbox, faults, deliverer, advanceClock }), {
    prefix: '/sandbox',
  });
  app.register(async (scope) => registerElements(scope));
  app.register(async (scope) => registerPages(scope, { sandbox, onChange }));

  async function close(): Promise<void> {
    if (closing.signal.aborted) return;
    closing.abort();
    timers.close();
    await app.close();
    await deliverer.close();
    db.close();
    journal?.close();
  }

  try {
    syncConfiguredEndpoints(sandbox, options.webhooks);
    await app.listen({ port: options.port, host });
  } catch (error) {
    await close();
    throw error;
  }
  url = addressOf(app.server.address(), host);
  onChange();
  return { url, close };
}

function addressOf(address: AddressInfo | string | null, host: string): string {
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen on a port');
  return `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`;
}
