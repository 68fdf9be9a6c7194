import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../checkout/index.ts';
import {
  brokenInvariants,
  createTestDomain,
  fillCart,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import { receiveWebhook } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

function webhook(type: string, intent: { id: string; checkoutId: string }, id = `evt_${intent.id}_${type}`) {
  return Buffer.from(
    JSON.stringify({
      id,
      object: 'event',
      type,
      data: {
        object: { id: intent.id, object: 'payment_intent', metadata: { checkout_id: intent.checkoutId } },
      },
    }),
  );
}

function sign(payload: Buffer, options: { secret?: string; ageSeconds?: number } = {}): string {
  return shop.ctx.services.stripe.webhooks.generateTestHeaderString({
    payload: payload.toString(),
    secret: options.secret ?? shop.config.stripe.webhookSecrets[0] ?? '',
    timestamp: Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0),
  });
}

async function authorisedElsewhere() {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { intentId, totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  const { id: checkoutId } = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  return { cartId, intentId, checkoutId, totalsVersion };
}

async function ordersOf(checkoutId: string): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('orders')
    .select('id')
    .where('checkout_id', '=', checkoutId)
    .execute();
  return rows.length;
}

async function eventsOf(aggregateId: string, type: string): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select('id')
    .where('aggregate_id', '=', aggregateId)
    .where('type', '=', type)
    .execute();
  return rows.length;
}

test('a forged, an altered and a replayed webhook are refused and leave nothing behind', async () => {
  const payload = webhook('payment_intent.succeeded', { id: 'pi_forged', checkoutId: shop.ctx.ids.next() });
  const altered = Buffer.from(payload.toString().replace('pi_forged', 'pi_other'));
  for (const [body, signature] of [
    [payload, sign(payload, { secret: 'whsec_of_somebody_else' })],
    [altered, sign(payload)],
    [payload, sign(payload, { ageSeconds: 3_600 })],
    [payload, 'nonsense'],
    [payload, ''],
  ] as const) {
    await expect(receiveWebhook(shop.ctx, { payload: body, signature })).rejects.toMatchObject({
      code: 'signature_invalid',
    });
  }
  const stored = await shop.ctx.db.selectFrom('payment_webhooks').selectAll().execute();
  expect(stored).toEqual([]);
});

test('a webhook that says paid of money that nobody holds changes nothing', async () => {
  const { intentId, checkoutId } = await authorisedElsewhere();
  const payload = webhook('payment_intent.amount_capturable_updated', { id: intentId, checkoutId });
  expect(await receiveWebhook(shop.ctx, { payload, signature: sign(payload) })).toEqual({ isNew: true });
  await shop.runJobs();
  expect(await ordersOf(checkoutId)).toBe(0);
});

test('a webhook that is first places the order; repeats, also at once, change nothing', async () => {
  const { cartId, intentId, checkoutId, totalsVersion } = await authorisedElsewhere();
  await shop.ctx.services.stripe.paymentIntents.confirm(intentId, { return_url: 'http://shop.test/back' });
  const payload = webhook('payment_intent.amount_capturable_updated', { id: intentId, checkoutId });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => receiveWebhook(shop.ctx, { payload, signature: sign(payload) })),
  );
  expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
  await Promise.all([shop.runJobs(), placeOrder(shop.ctx, { cartId, totalsVersion }).catch(() => undefined)]);
  await shop.runJobs();
  expect(await ordersOf(checkoutId)).toBe(1);
  expect(await eventsOf(checkoutId, 'payment.reported')).toBe(1);

  const late = webhook('payment_intent.payment_failed', { id: intentId, checkoutId });
  await receiveWebhook(shop.ctx, { payload: late, signature: sign(late) });
  await shop.runJobs();
  expect(await ordersOf(checkoutId)).toBe(1);
});

test('a webhook about nothing of ours is kept and ignored', async () => {
  const payload = Buffer.from(
    JSON.stringify({
      id: 'evt_other',
      object: 'event',
      type: 'customer.created',
      data: { object: { id: 'cus_1', object: 'customer' } },
    }),
  );
  expect(await receiveWebhook(shop.ctx, { payload, signature: sign(payload) })).toEqual({ isNew: true });
  await shop.runJobs();
});
