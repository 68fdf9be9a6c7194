import Stripe from 'stripe';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  manualIntent,
  returnUrl,
  startReceiver,
  startTestSandbox,
  type TestSandbox,
} from './testing/test-sandbox.ts';

const secret = 'whsec_test';
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let sandbox: TestSandbox;
beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startTestSandbox({ webhooks: [{ url: receiver.url, secret }] });
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

function receivedEvents(key = secret): Stripe.Event[] {
  return receiver.received.map(({ body, signature }) => Stripe.webhooks.constructEvent(body, signature, key));
}

const types = () => receivedEvents().map((event) => event.type);

test('tells of each step, signed', async () => {
  const { stripe } = sandbox;
  const intent = await manualIntent(stripe);
  await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: returnUrl });
  await stripe.paymentIntents.capture(intent.id);
  await stripe.refunds.create({ payment_intent: intent.id });
  const expected = [
    'charge.captured',
    'charge.refunded',
    'charge.succeeded',
    'payment_intent.amount_capturable_updated',
    'payment_intent.created',
    'payment_intent.succeeded',
    'refund.created',
  ];
  await vi.waitFor(() => expect(types().toSorted()).toEqual(expected), 5_000);

  const paid = receivedEvents().find((event) => event.type === 'payment_intent.succeeded');
  expect(paid).toMatchObject({
    api_version: '2026-10-28.endive',
    livemode: false,
    data: { object: { id: intent.id, status: 'succeeded', metadata: { order: 'SK-1' } } },
    request: { id: expect.stringMatching(/^req_/), idempotency_key: expect.any(String) },
  });
  expect(() => receivedEvents('whsec_other')).toThrow(Stripe.errors.StripeSignatureVerificationError);

  const stored = await stripe.events.retrieve(paid?.id ?? '');
  expect(stored).toMatchObject({ type: 'payment_intent.succeeded', pending_webhooks: 0 });
  const listed = await stripe.events.list({ types: ['charge.captured', 'charge.refunded'] });
  expect(listed.data.map((event) => event.type)).toEqual(['charge.refunded', 'charge.captured']);
});

test('tries again after a failure, with the same event', async () => {
  receiver.answers.push(500, 302);
  await manualIntent(sandbox.stripe);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), 5_000);
  expect(new Set(receivedEvents().map((event) => event.id)).size).toBe(1);
});

test('goes on after a restart where it stopped', async () => {
  await sandbox.control('POST', '/webhooks/pause');
  const intent = await manualIntent(sandbox.stripe);
  await sandbox.stop();
  expect(receiver.received).toEqual([]);

  const { dataDir } = sandbox;
  const again = await startTestSandbox({ dataDir, webhooks: [{ url: receiver.url, secret }] });
  await vi.waitFor(() => expect(types()).toEqual(['payment_intent.created']), 5_000);
  await expect(again.stripe.paymentIntents.retrieve(intent.id)).resolves.toEqual(intent);
  await again.close();
});

test('an event can be sent again by hand', async () => {
  await manualIntent(sandbox.stripe);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 5_000);
  const [event] = receivedEvents();
  await sandbox.control('POST', `/webhooks/resend/${event?.id}`);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(2), 5_000);
});

test('endpoints come and go over the API too, with events of their choice', async () => {
  const { stripe } = sandbox;
  const other = await startReceiver();
  const endpoint = await stripe.webhookEndpoints.create({
    url: other.url,
    enabled_events: ['payment_intent.canceled'],
  });
  expect(endpoint.secret).toMatch(/^whsec_/);
  const listed = await stripe.webhookEndpoints.list();
  expect(listed.data.map((one) => one.url).toSorted()).toEqual([receiver.url, other.url].toSorted());
  expect(JSON.stringify(listed)).not.toContain('whsec_');

  const intent = await manualIntent(stripe);
  await stripe.paymentIntents.cancel(intent.id);
  await vi.waitFor(() => expect(other.received).toHaveLength(1), 5_000);
  const [{ body, signature } = { body: '', signature: '' }] = other.received;
  expect(Stripe.webhooks.constructEvent(body, signature, endpoint.secret ?? '').type).toBe(
    'payment_intent.canceled',
  );

  await expect(stripe.webhookEndpoints.del(endpoint.id)).resolves.toMatchObject({ deleted: true });
  await stripe.paymentIntents.cancel((await manualIntent(stripe)).id);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(4), 5_000);
  expect(other.received).toHaveLength(1);
  await other.close();
});

test('late, out of order and repeated, when tests ask for it', async () => {
  const { stripe } = sandbox;
  await sandbox.control('PUT', '/webhooks/manner', { delay_ms: 50, jitter_ms: 400, times: 3 });
  const sent: string[] = [];
  for (let index = 0; index < 10; index += 1) sent.push((await manualIntent(stripe)).id);
  expect(receiver.received.length).toBeLessThan(30);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(30), 10_000);
  const ids = receivedEvents().map((event) => (event.data.object as { id: string }).id);
  for (const id of sent) expect(ids.filter((one) => one === id)).toHaveLength(3);
  expect([...new Set(ids)]).not.toEqual(sent);
  await sandbox.control('DELETE', '/webhooks/manner');
  await manualIntent(stripe);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(31), 5_000);
});

test('an endpoint can be changed, and turned off', async () => {
  const { stripe } = sandbox;
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  await stripe.webhookEndpoints.update(endpoint?.id ?? '', { enabled_events: ['payment_intent.canceled'] });
  const intent = await manualIntent(stripe);
  await stripe.paymentIntents.cancel(intent.id);
  await vi.waitFor(() => expect(types()).toEqual(['payment_intent.canceled']), 5_000);
  const off = await stripe.webhookEndpoints.update(endpoint?.id ?? '', { disabled: true });
  expect(off.status).toBe('disabled');
  await stripe.paymentIntents.cancel((await manualIntent(stripe)).id);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(receiver.received).toHaveLength(1);
});

test('time passes at will: a session lapses, and tells', async () => {
  const { stripe } = sandbox;
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    success_url: 'http://shop.test/done',
  });
  await sandbox.control('POST', '/clock/advance', { ms: 25 * 60 * 60 * 1000 });
  await vi.waitFor(() => expect(types()).toContain('checkout.session.expired'), 5_000);
  await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({ status: 'expired' });
  await expect(sandbox.control('POST', '/clock/advance', { ms: -1 })).rejects.toThrow('400');
});
