import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPaymentSandbox } from './server.ts';
import { manualIntent, returnUrl, stripeAt } from './testing/test-sandbox.ts';

const cli = join(import.meta.dirname, 'cli.ts');
let dataDir: string;
let child: ChildProcess | undefined;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'payment-sandbox-'));
});
afterAll(async () => {
  if (child) await end(child, 'SIGKILL');
  await rm(dataDir, { recursive: true });
});

async function run(): Promise<{ process: ChildProcess; url: string }> {
  const process_ = spawn(process.execPath, [cli, '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = process_;
  if (!process_.stdout) throw new Error('no output to read');
  for await (const line of createInterface({ input: process_.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { process: process_, url };
  }
  throw new Error('the sandbox did not start');
}

async function end(process_: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (process_.exitCode !== null || process_.signalCode !== null) return process_.exitCode;
  process_.kill(signal);
  await once(process_, 'exit');
  return process_.exitCode;
}

test('killed at any point, it has all that it acknowledged, and charges nobody twice', async () => {
  const confirmed = new Map<string, string | null>();
  const asked = new Set<string>();
  for (let round = 0; round < 4; round += 1) {
    const { process: running, url } = await run();
    const stripe = stripeAt(url);
    for (const [id, charge] of confirmed) {
      expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
        status: 'requires_capture',
        latest_charge: charge,
      });
    }
    for (const id of asked) {
      const intent = await confirm(stripe, id);
      expect((await stripe.charges.list({ payment_intent: id })).data.map((charge) => charge.id)).toEqual([
        intent.latest_charge,
      ]);
    }
    const work = Array.from({ length: 40 }, async () => {
      const { id } = await manualIntent(stripe);
      asked.add(id);
      const answer = await confirm(stripe, id);
      confirmed.set(id, typeof answer.latest_charge === 'string' ? answer.latest_charge : null);
    });
    setTimeout(() => running.kill('SIGKILL'), 30 + round * 25);
    await Promise.allSettled(work);
    await end(running, 'SIGKILL');
  }
  expect(asked.size).toBeGreaterThan(0);
}, 30_000);

test('stops by SIGTERM with code 0, and its files hold no card number', async () => {
  const { process: running, url } = await run();
  const card = { number: '5555555555554444', exp_month: 1, exp_year: 2040, cvc: '987' };
  await stripeAt(url).paymentMethods.create({ type: 'card', card });
  expect(await end(running, 'SIGTERM')).toBe(0);
  const file = await readFile(join(dataDir, 'sandbox.db'), 'latin1');
  expect(file).toContain('"last4":"4444"');
  expect(file).not.toContain('5555555555554444');
});

test('a folder serves one sandbox at a time', async () => {
  const { process: running } = await run();
  const second = startPaymentSandbox({ port: 0, dataDir, webhooks: [] });
  await expect(second).rejects.toThrow(`another payment sandbox uses ${dataDir}`);
  await end(running, 'SIGTERM');
});

function confirm(stripe: ReturnType<typeof stripeAt>, id: string) {
  return stripe.paymentIntents.confirm(
    id,
    { payment_method: 'pm_card_visa', return_url: returnUrl },
    { idempotencyKey: `confirm-${id}` },
  );
}

test('what was to happen by itself happens after a crash all the same', async () => {
  const first = await run();
  const intent = await stripeAt(first.url).paymentIntents.create({
    amount: 900,
    currency: 'eur',
    payment_method_data: {
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { email: 'ada@example.com', name: 'Ada' },
    },
    confirm: true,
    return_url: returnUrl,
  });
  expect(intent.status).toBe('processing');
  await end(first.process, 'SIGKILL');
  const second = await run();
  await vi.waitFor(
    async () =>
      expect(await stripeAt(second.url).paymentIntents.retrieve(intent.id)).toMatchObject({
        status: 'succeeded',
      }),
    10_000,
  );
  await end(second.process, 'SIGTERM');
});

test('killed while a shopper pays on the hosted page: the session is complete if and only if the money is held', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { process: running, url } = await run();
    const sessions = await Promise.all(
      Array.from({ length: 20 }, () =>
        stripeAt(url).checkout.sessions.create({
          mode: 'payment',
          line_items: [{ price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'Tea' } } }],
          payment_intent_data: { capture_method: 'manual' },
          success_url: 'http://shop.test/done',
        }),
      ),
    );
    const posts = sessions.map(({ url: page }) =>
      fetch(page ?? '', {
        method: 'POST',
        body: new URLSearchParams({ test_card: '4242424242424242' }),
        redirect: 'manual',
      }).then(
        (answer) => answer.status,
        () => undefined,
      ),
    );
    await Promise.race(posts);
    await end(running, 'SIGKILL');
    const answers = await Promise.all(posts);
    const again = await run();
    for (const [index, { id }] of sessions.entries()) {
      const session = await stripeAt(again.url).checkout.sessions.retrieve(id, {
        expand: ['payment_intent'],
      });
      if (answers[index] === 303) expect(session.status).toBe('complete');
      expect(session.payment_intent).toEqual(
        session.status === 'complete' ? expect.objectContaining({ status: 'requires_capture' }) : null,
      );
    }
    const intents = await stripeAt(again.url).paymentIntents.list({ limit: 100 });
    const held = intents.data.filter(
      (intent) => intent.amount === 900 && intent.status === 'requires_capture',
    );
    const complete = await stripeAt(again.url).checkout.sessions.list({ limit: 100, status: 'complete' });
    expect(held.map((intent) => intent.id).toSorted()).toEqual(
      complete.data.map((session) => session.payment_intent).toSorted(),
    );
    await end(again.process, 'SIGTERM');
  }
});
