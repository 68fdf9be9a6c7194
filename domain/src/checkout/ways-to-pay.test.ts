import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterCode } from '../cart/index.ts';
import { system, withActor } from '../kernel/index.ts';
import { cancelOrder, getOrder } from '../orders/index.ts';
import { createPromotion, giftCardToIssue, issueGiftCard, promotionInput } from '../promotions/index.ts';
import {
  aCard,
  brokenInvariants,
  checkoutView,
  chooseDelivery,
  createTestDomain,
  fillCart,
  payOnHostedPage,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  choosePayment,
  payOrder,
  placementStatus,
  placeOrder,
  receiveOrderPayment,
  setCheckoutAddress,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  await shop.runJobs();
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

/** The order of a cart that is to be paid by `method`. */
async function orderBy(cartId: string, method: Parameters<typeof choosePayment>[1]['method']) {
  await choosePayment(shop.ctx, { cartId, method });
  const { totalsVersion } = await checkoutView(shop.ctx, cartId);
  const placement = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (placement.outcome !== 'placed') throw new Error(`expected an order, not ${placement.outcome}`);
  const find = () => getOrder(shop.ctx, { number: placement.orderNumber, token: placement.token });
  return { find, ...(await find()), token: placement.token };
}

describe('on the page of the provider', () => {
  test('the shopper is sent there and comes back to an order; its money is taken once', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
    const cartId = await fillCart(shop.ctx, variantId);
    await choosePayment(shop.ctx, { cartId, method: 'hosted' });
    const { totalsVersion } = await checkoutView(shop.ctx, cartId);
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => placeOrder(shop.ctx, { cartId, totalsVersion })),
    );
    const pages = new Set(
      sent.map((one) => (one.outcome === 'action_required' ? one.redirectUrl : one.outcome)),
    );
    expect(pages.size).toBe(1);
    const [page = ''] = pages;
    await payOnHostedPage(page, testCards.success);
    const placed = await placementStatus(shop.ctx, { cartId });
    if (placed.outcome !== 'placed') throw new Error(`expected an order, not ${placed.outcome}`);
    await shop.runJobs();
    const order = await getOrder(shop.ctx, { number: placed.orderNumber, token: placed.token });
    expect(order).toMatchObject({
      paymentStatus: 'paid',
      payment: { method: 'card', detail: { last4: '4242' } },
    });
  });

  test('who comes back without having paid may pay in another way', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
    const cartId = await fillCart(shop.ctx, variantId);
    await choosePayment(shop.ctx, { cartId, method: 'hosted' });
    const { totalsVersion } = await checkoutView(shop.ctx, cartId);
    const sent = await placeOrder(shop.ctx, { cartId, totalsVersion });
    if (sent.outcome !== 'action_required') throw new Error('expected the page of the provider');
    const card = await payWith(shop.ctx, cartId, testCards.success);
    await expect(payOnHostedPage(sent.redirectUrl, testCards.success)).rejects.toThrow();
    expect(await placeOrder(shop.ctx, { cartId, totalsVersion: card.totalsVersion })).toMatchObject({
      outcome: 'placed',
    });
  });
});

describe('paid later', () => {
  test('a bank transfer is awaited, comes in parts, and pays the order', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
    const order = await orderBy(await fillCart(shop.ctx, variantId), 'bank_transfer');
    expect(order).toMatchObject({ paymentStatus: 'awaiting', payment: { method: 'bank_transfer' } });
    expect(order.payment.transfer?.reference).toContain(order.number);
    const due = order.payment.due.amount;
    const receive = (amount: number) =>
      receiveOrderPayment(shop.ctx, {
        orderId: order.id,
        amount,
        reference: 'statement 12',
        requestId: shop.ctx.ids.next(),
      });
    expect(await receive(due - 500)).toEqual({ openAmount: 500, isPaid: false });
    await expect(receive(501)).rejects.toMatchObject({ code: 'conflict', data: { reason: 'overpaid' } });
    expect(await receive(500)).toEqual({ openAmount: 0, isPaid: true });
    expect((await order.find()).paymentStatus).toBe('paid');
  });

  test('a link leads to the provider’s page, which pays the order once', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
    const order = await orderBy(await fillCart(shop.ctx, variantId), 'pay_link');
    const { redirectUrl } = await payOrder(shop.ctx, order);
    expect((await payOrder(shop.ctx, order)).redirectUrl).toBe(redirectUrl);
    await payOnHostedPage(redirectUrl, testCards.success);
    await shop.runJobs();
    // what the webhook would bring about
    const { settleOrder } = await import('./pay-later.ts');
    await settleOrder(shop.ctx, order.id);
    await settleOrder(shop.ctx, order.id);
    expect(await order.find()).toMatchObject({
      paymentStatus: 'paid',
      payment: { detail: { last4: '4242' } },
    });
  });

  test('cash is for what is fetched only', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
    const delivered = await fillCart(shop.ctx, variantId);
    await expect(
      choosePayment(shop.ctx, { cartId: delivered, method: 'cash_on_collection' }),
    ).rejects.toMatchObject({
      code: 'method_unavailable',
    });
    const fetched = await fillCart(shop.ctx, variantId);
    await chooseDelivery(shop.ctx, fetched, 'pickup');
    const order = await orderBy(fetched, 'cash_on_collection');
    expect(order).toMatchObject({ paymentStatus: 'awaiting', shippingMethod: { kind: 'pickup' } });
  });
});

describe('gift cards and codes', () => {
  test('a gift card pays a part, the bank card the rest; a cancelled order gives both back', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1, amount: 4_000 });
    const cartId = await fillCart(shop.ctx, variantId);
    const card = await giftCard(2_000);
    await shop.ctx.db
      .insertInto('cart_gift_cards')
      .values({ cart_id: cartId, gift_card_id: card, added_at: new Date() })
      .execute();
    // 40.00, express 14.95, 7.25 % of the goods
    const { total, totalsVersion } = await payWith(shop.ctx, cartId, aCard());
    expect(total).toBe(4_000 + 1_495 + 290 - 2_000);
    const placed = await placeOrder(shop.ctx, { cartId, totalsVersion });
    if (placed.outcome !== 'placed') throw new Error(`expected an order, not ${placed.outcome}`);
    expect(await balanceOf(card)).toBe(0);
    await shop.runJobs();
    const order = await getOrder(shop.ctx, { number: placed.orderNumber, token: placed.token });
    expect(order).toMatchObject({ paymentStatus: 'paid', giftCards: [{ amount: { amount: 2_000 } }] });
    await cancelOrder(shop.ctx, { orderId: order.id, reason: 'requested', requestId: shop.ctx.ids.next() });
    await shop.runJobs();
    expect(await balanceOf(card)).toBe(2_000);
    expect(
      (await getOrder(shop.ctx, { number: placed.orderNumber, token: placed.token })).paymentStatus,
    ).toBe('refunded');
    const level = await shop.ctx.db
      .selectFrom('stock_levels')
      .select(['reserved', 'allocated'])
      .where('variant_id', '=', variantId)
      .executeTakeFirstOrThrow();
    expect(level).toEqual({ reserved: 0, allocated: 0 });
  });

  test('a gift card that pays for all of it needs no bank', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1, amount: 1_000 });
    const cartId = await fillCart(shop.ctx, variantId);
    const card = await giftCard(10_000);
    await shop.ctx.db
      .insertInto('cart_gift_cards')
      .values({ cart_id: cartId, gift_card_id: card, added_at: new Date() })
      .execute();
    const order = await orderBy(cartId, 'gift_card');
    expect(order).toMatchObject({
      paymentStatus: 'paid',
      payment: { method: 'gift_card', due: { amount: 0 } },
    });
    expect(await balanceOf(card)).toBe(10_000 - order.total.amount);
  });

  test('200 buyers and a code for 10: exactly 10 pay less', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 500, amount: 2_000 });
    const { code } = await promotion({ maxUses: 10 });
    const carts = await inTens(200, async () => {
      const cartId = await fillCart(shop.ctx, variantId);
      await enterCode(shop.ctx, { cartId, code });
      await setCheckoutAddress(shop.ctx, { ...(await addressOf(cartId)), email: `${cartId}@example.com` });
      await choosePayment(shop.ctx, { cartId, method: 'bank_transfer' });
      return { cartId, totalsVersion: (await checkoutView(shop.ctx, cartId)).totalsVersion };
    });
    const outcomes = await Promise.allSettled(carts.map((cart) => placeOrder(shop.ctx, cart)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'promotion_exhausted' });
    }
  }, 120_000);

  test('a declined payment gives the use of a code back', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 5, amount: 2_000 });
    const { code } = await promotion({ maxUses: 1 });
    const cartId = await fillCart(shop.ctx, variantId);
    await enterCode(shop.ctx, { cartId, code });
    const declined = await payWith(shop.ctx, cartId, testCards.declined);
    expect(await placeOrder(shop.ctx, { cartId, ...declined })).toMatchObject({ outcome: 'declined' });
    const other = await fillCart(shop.ctx, variantId);
    await enterCode(shop.ctx, { cartId: other, code });
    const paid = await payWith(shop.ctx, other, aCard());
    expect(await placeOrder(shop.ctx, { cartId: other, ...paid })).toMatchObject({ outcome: 'placed' });
  });
});

async function inTens<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < times) done.push(...(await Promise.all(Array.from({ length: 10 }, work))));
  return done;
}

async function addressOf(cartId: string) {
  const { shippingAddress } = await checkoutView(shop.ctx, cartId);
  if (shippingAddress === null) throw new Error('no address');
  return { cartId, shippingAddress, billingAddress: null };
}

async function promotion(limits: { maxUses: number }): Promise<{ code: string }> {
  const code = `TEN-${shop.ctx.ids.next().slice(-8).toUpperCase()}`;
  await createPromotion(withActor(shop.ctx, system), {
    requestId: shop.ctx.ids.next(),
    codes: [code],
    status: 'active',
    promotion: promotionInput.parse({
      name: 'Ten off',
      label: '10 % off',
      trigger: 'code',
      action: { type: 'percent', percent: 10 },
      ...limits,
    }),
  });
  return { code };
}

async function giftCard(amount: number): Promise<string> {
  const input = giftCardToIssue.parse({ requestId: shop.ctx.ids.next(), amount, currency: 'USD' });
  return (await issueGiftCard(withActor(shop.ctx, system), input)).giftCard.id;
}

async function balanceOf(giftCardId: string): Promise<number> {
  const { balance_amount } = await shop.ctx.db
    .selectFrom('gift_cards')
    .select('balance_amount')
    .where('id', '=', giftCardId)
    .executeTakeFirstOrThrow();
  return balance_amount;
}
