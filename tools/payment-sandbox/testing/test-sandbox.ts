import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { type PaymentSandboxOptions, startPaymentSandbox } from '../server.ts';

export type TestSandbox = Awaited<ReturnType<typeof startTestSandbox>>;

/** A sandbox in a folder of its own, and the real SDK pointed at it. */
export async function startTestSandbox(options: Partial<PaymentSandboxOptions> = {}) {
  const ownDataDir = await mkdtemp(join(tmpdir(), 'payment-sandbox-'));
  const sandbox = await startPaymentSandbox({ port: 0, dataDir: ownDataDir, webhooks: [], ...options });
  return {
    url: sandbox.url,
    dataDir: options.dataDir ?? ownDataDir,
    stripe: stripeAt(sandbox.url),
    /** Calls `/sandbox/…`. */
    async control(method: 'POST' | 'PUT' | 'DELETE' | 'GET', path: string, body?: object): Promise<unknown> {
      const answer = await fetch(`${sandbox.url}/sandbox${path}`, {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? undefined : answer.json();
    },
    stop: sandbox.close,
    async close() {
      await sandbox.close();
      await rm(ownDataDir, { recursive: true });
    },
  };
}

export function stripeAt(url: string, key = 'sk_test_souk'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** The error that a promise is refused with; fails when it is kept. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error(`not a Stripe error: ${error}`);
  return error;
}

export interface Delivery {
  body: string;
  signature: string;
}

/** An endpoint for webhooks that answers as told, 200 when not told. */
export async function startReceiver() {
  const received: Delivery[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        body: Buffer.concat(chunks).toString(),
        signature: String(request.headers['stripe-signature']),
      });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answers,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not a TCP port');
  return address;
}

/** An intent that is to be captured by hand, as Souk makes them. */
export function manualIntent(stripe: Stripe, amount = 4200): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    capture_method: 'manual',
    metadata: { order: 'SK-1' },
  });
}

export const returnUrl = 'http://shop.test/checkout/return?step=payment';
