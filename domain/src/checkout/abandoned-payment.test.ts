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
import { handlePaymentReport } from './reconcile.ts';

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

/** A cart whose next step is to place the order. */
async function readyToPay(card: string) {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, card);
  return { variantId, cartId, totalsVersion };
}

type Made = Promise<Stripe.Response<Stripe.PaymentIntent>>;

/** Has `work` stand between the shop and the provider the next time that an intent is made. */
function onAsking(work: (ask: (changes?: Partial<Stripe.PaymentIntentCreateParams>) => Made) => Made) {
  const { paymentIntents } = shop.ctx.services.stripe;
  const real = paymentIntents.create.bind(paymentIntents);
  vi.spyOn(paymentIntents, 'create').mockImplementationOnce((params, options) =>
    work((changes) => real({ ...params, ...changes }, options)),
  );
}

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
  const { cartId, totalsVersion } = await readyToPay(testCards.success);
  onAsking(async (ask) => {
    await ask();
    throw new Stripe.errors.StripeConnectionError({ message: 'lost', type: 'api_error' });
  });
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toEqual({ outcome: 'processing' });
  expect(await placementStatus(shop.ctx, { cartId })).toEqual({ outcome: 'processing' });
  await makeOld(cartId);
  expect(await placementStatus(shop.ctx, { cartId })).toMatchObject({ outcome: 'placed' });
  await expectPaid(cartId, await intentOf(shop.ctx, cartId));
});

/** A placement whose answer got lost, and what the provider made of it. */
async function lostAnswer(card: Parameters<typeof payWith>[2]) {
  const { cartId, totalsVersion } = await readyToPay(card);
  let intentId = '';
  onAsking(async (ask) => {
    intentId = (await ask()).id;
    throw new Stripe.errors.StripeConnectionError({ message: 'lost', type: 'api_error' });
  });
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toEqual({ outcome: 'processing' });
  const { id: checkoutId } = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  return { cartId, checkoutId, intentId };
}

const makeOld = (cartId: string) =>
  shop.ctx.db
    .updateTable('checkouts')
    .set({ placing_since: addSeconds(new Date(), -30) })
    .where('cart_id', '=', cartId)
    .execute();

const statusOf = async (intentId: string) =>
  (await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).status;

test('a lost answer that the provider reports by itself makes the order at once', async () => {
  const { cartId, checkoutId, intentId } = await lostAnswer(aCard());
  await handlePaymentReport(shop.ctx, { checkoutId, intentId });
  await expectPaid(cartId, intentId);
});

test('a lost answer is looked at as it is now: an intent that was cancelled since pays for nothing', async () => {
  const { cartId, intentId } = await lostAnswer(aCard());
  await shop.ctx.services.stripe.paymentIntents.cancel(intentId);
  await makeOld(cartId);
  expect(await placementStatus(shop.ctx, { cartId })).toMatchObject({ outcome: 'declined' });
  const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toMatchObject({ outcome: 'placed' });
});

test('the bank asks the shopper, but nobody heard: they are sent there when it is asked again', async () => {
  const { cartId, intentId } = await lostAnswer(aCard('threeDSecure'));
  await makeOld(cartId);
  const asked = await placementStatus(shop.ctx, { cartId });
  if (asked.outcome !== 'action_required') throw new Error('expected the bank to ask');
  await answerBank(asked.redirectUrl, 'complete');
  expect(await placementStatus(shop.ctx, { cartId })).toMatchObject({ outcome: 'placed' });
  await expectPaid(cartId, intentId);
});

test('a payment whose answer got lost and whose shopper turned away is sent back when the provider reports it, and never that of the next try', async () => {
  const { cartId, checkoutId, intentId } = await lostAnswer(aCard());
  expect(await settleCheckout(shop.ctx, { checkoutId, givesUp: true })).toMatchObject({
    outcome: 'declined',
  });
  const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
  onAsking(async (ask) => {
    await handlePaymentReport(shop.ctx, { checkoutId, intentId });
    return ask();
  });
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toMatchObject({ outcome: 'placed' });
  const paying = await intentOf(shop.ctx, cartId);
  expect(paying).not.toBe(intentId);
  await expectPaid(cartId, paying);
  expect(await statusOf(intentId)).toBe('canceled');
});

test('goods that are gone when the bank holds the money for them: it is sent back, though its intent was not noted yet', async () => {
  const { variantId, cartId, totalsVersion } = await readyToPay(aCard());
  let intentId = '';
  onAsking(async (ask) => {
    const made = await ask();
    intentId = made.id;
    await shop.ctx.db
      .updateTable('reservations')
      .set({ expires_at: addSeconds(new Date(), -1) })
      .where('holder_id', '=', cartId)
      .execute();
    await sweepReservations(shop.ctx);
    await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 0 }]));
    return made;
  });
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toEqual({
    outcome: 'declined',
    reason: 'out_of_stock',
  });
  await shop.runJobs();
  expect(await statusOf(intentId)).toBe('canceled');
});

test('an intent that is over by the time of the next try is let go, and another one pays', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const first = await payWith(shop.ctx, cartId, aCard('declined'));
  expect(await placeOrder(shop.ctx, { cartId, ...first })).toMatchObject({ outcome: 'declined' });
  const over = await intentOf(shop.ctx, cartId);
  await shop.ctx.services.stripe.paymentIntents.cancel(over);
  const second = await payWith(shop.ctx, cartId, aCard());
  expect(await placeOrder(shop.ctx, { cartId, ...second })).toMatchObject({ outcome: 'placed' });
  const paying = await intentOf(shop.ctx, cartId);
  expect(paying).not.toBe(over);
  await expectPaid(cartId, paying);
  expect(await statusOf(over)).toBe('canceled');
});

test('a sum that no bank is asked for is a refusal: the checkout is open, and another way to pay is chosen', async () => {
  const { cartId, totalsVersion } = await readyToPay(aCard());
  onAsking((ask) => ask({ amount: 1 }));
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toEqual({
    outcome: 'declined',
    reason: 'amount_too_small',
  });
  const chosen = await choosePayment(shop.ctx, { cartId, method: 'bank_transfer' });
  expect(await placeOrder(shop.ctx, { cartId, ...chosen })).toMatchObject({ outcome: 'placed' });
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
  const { cartId, totalsVersion } = await readyToPay(aCard());
  let intentId = '';
  let other: Awaited<ReturnType<typeof placeOrder>> | undefined;
  onAsking(async (ask) => {
    await choosePayment(shop.ctx, { cartId, method: 'bank_transfer' });
    const view = await checkoutView(shop.ctx, cartId);
    other = await placeOrder(shop.ctx, { cartId, totalsVersion: view.totalsVersion });
    const made = await ask();
    intentId = made.id;
    return made;
  });
  const first = await placeOrder(shop.ctx, { cartId, totalsVersion });
  expect(other).toMatchObject({ outcome: 'placed' });
  expect(first).toEqual(other);
  await shop.runJobs();
  expect(await statusOf(intentId)).toBe('canceled');
  if (other?.outcome !== 'placed') throw new Error('there is no order');
  const order = await getOrder(shop.ctx, { number: other.orderNumber, token: other.token });
  expect(order).toMatchObject({ paymentStatus: 'awaiting', payment: { method: 'bank_transfer' } });
});
