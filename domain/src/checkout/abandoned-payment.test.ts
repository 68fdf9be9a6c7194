import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { setStock, sweepReservations } from '../inventory/index.ts';
import { addSeconds } from '../kernel/index.ts';
import { getOrder } from '../orders/index.ts';
import {
  aCard,
  anAddress,
  answerBank,
  brokenInvariants,
  checkoutView,
  createTestDomain,
  fillCart,
  intentOf,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import { choosePayment, placementStatus, placeOrder, setCheckoutAddress, settleCheckout } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

/** Lets `meanwhile` happen just after the provider's next answer to `method`, before whoever asked acts on it. */
function afterAnswer(
  method: 'retrieve' | 'cancel',
  when: 'before' | 'after',
  meanwhile: () => Promise<void>,
) {
  const { paymentIntents } = shop.ctx.services.stripe;
  const real = paymentIntents[method].bind(paymentIntents);
  vi.spyOn(paymentIntents, method).mockImplementationOnce(async (id: string) => {
    if (when === 'before') await meanwhile();
    const answer = await real(id);
    if (when === 'after') await meanwhile();
    return answer;
  });
}

async function waitingForBank(stock: number) {
  const { variantId } = await sellProduct(shop.ctx, { stock });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.threeDSecure);
  const asked = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (asked.outcome !== 'action_required') throw new Error('expected the bank to ask');
  const { id: checkoutId } = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  const intentId = await intentOf(shop.ctx, cartId);
  return { variantId, cartId, checkoutId, intentId, bankUrl: asked.redirectUrl };
}

/** The order of a cart is there, and its money is taken. */
async function expectPaid(cartId: string, intentId: string) {
  await shop.runJobs();
  const placement = await placementStatus(shop.ctx, { cartId });
  if (placement.outcome !== 'placed') throw new Error(`expected an order, got ${placement.outcome}`);
  const order = await getOrder(shop.ctx, { number: placement.orderNumber, token: placement.token });
  expect(order.paymentStatus).toBe('paid');
  expect((await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).status).toBe('succeeded');
}

test('a shopper who gives up in one tab while the bank agrees in another has an order, and its money is not sent back', async () => {
  const { cartId, checkoutId, intentId, bankUrl } = await waitingForBank(1);
  afterAnswer('retrieve', 'after', async () => {
    await answerBank(bankUrl, 'complete');
    expect(await settleCheckout(shop.ctx, { checkoutId })).toMatchObject({ outcome: 'placed' });
  });
  expect(await settleCheckout(shop.ctx, { checkoutId, givesUp: true })).toMatchObject({ outcome: 'placed' });
  await expectPaid(cartId, intentId);
});

test('money that is sent back for want of stock is never that of an order that found some', async () => {
  const { variantId, cartId, checkoutId, intentId, bankUrl } = await waitingForBank(1);
  await shop.ctx.db
    .updateTable('reservations')
    .set({ expires_at: addSeconds(new Date(), -1) })
    .where('holder_id', '=', cartId)
    .execute();
  await sweepReservations(shop.ctx);
  const restock = (onHand: number) => shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand }]));
  await restock(0);
  await answerBank(bankUrl, 'complete');
  let other: Awaited<ReturnType<typeof settleCheckout>> | undefined;
  afterAnswer('cancel', 'before', async () => {
    await restock(1);
    other = await settleCheckout(shop.ctx, { checkoutId });
  });
  const first = await settleCheckout(shop.ctx, { checkoutId });
  await shop.runJobs();
  // whoever came second agrees with the first: there is no order, and the money is on its way back
  expect(first).toEqual({ outcome: 'declined', reason: 'out_of_stock' });
  expect(other?.outcome).not.toBe('placed');
  expect((await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).status).toBe('canceled');
});

test('money that the bank holds after the shopper turned away goes back', async () => {
  const { cartId, checkoutId, intentId, bankUrl } = await waitingForBank(1);
  await setCheckoutAddress(shop.ctx, {
    cartId,
    email: 'ada@example.com',
    shippingAddress: { ...anAddress, region: 'OR', postcode: '97201' },
    billingAddress: null,
  });
  await answerBank(bankUrl, 'complete');
  expect(await settleCheckout(shop.ctx, { checkoutId })).toMatchObject({ outcome: 'declined' });
  await shop.runJobs();
  expect((await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).status).toBe('canceled');
});

test('an answer of the bank that got lost is found again: one order, one charge', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  const { paymentIntents } = shop.ctx.services.stripe;
  const real = paymentIntents.confirm.bind(paymentIntents);
  vi.spyOn(paymentIntents, 'confirm').mockImplementationOnce(async (...input: Parameters<typeof real>) => {
    await real(...input);
    throw new Stripe.errors.StripeConnectionError({ message: 'lost', type: 'api_error' });
  });
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toEqual({ outcome: 'processing' });
  expect(await placementStatus(shop.ctx, { cartId })).toMatchObject({ outcome: 'placed' });
  await expectPaid(cartId, await intentOf(shop.ctx, cartId));
});

test('money that nobody sent back because a process died is sent back by its job', async () => {
  const { cartId, checkoutId, intentId } = await waitingForBank(1);
  expect(await settleCheckout(shop.ctx, { checkoutId, givesUp: true })).toMatchObject({
    outcome: 'declined',
  });
  await shop.runJobs();
  expect((await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).status).toBe('canceled');
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toMatchObject({ outcome: 'placed' });
});

test('a shopper who pays otherwise in another tab while the bank is being asked pays once: the bank lets go of the money', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
  const { paymentIntents } = shop.ctx.services.stripe;
  const real = paymentIntents.confirm.bind(paymentIntents);
  let intentId = '';
  let other: Awaited<ReturnType<typeof placeOrder>> | undefined;
  vi.spyOn(paymentIntents, 'confirm').mockImplementationOnce(async (...input: Parameters<typeof real>) => {
    intentId = input[0];
    await choosePayment(shop.ctx, { cartId, method: 'bank_transfer' });
    const view = await checkoutView(shop.ctx, cartId);
    other = await placeOrder(shop.ctx, { cartId, totalsVersion: view.totalsVersion });
    return real(...input);
  });
  const first = await placeOrder(shop.ctx, { cartId, totalsVersion });
  expect(other).toMatchObject({ outcome: 'placed' });
  expect(first).toEqual(other);
  await shop.runJobs();
  expect((await paymentIntents.retrieve(intentId)).status).toBe('canceled');
  if (other?.outcome !== 'placed') throw new Error('there is no order');
  const order = await getOrder(shop.ctx, { number: other.orderNumber, token: other.token });
  expect(order).toMatchObject({ paymentStatus: 'awaiting', payment: { method: 'bank_transfer' } });
});
