import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDomain } from '../app/index.ts';
import { addToCart, getCart, setLineQuantity } from '../cart/index.ts';
import { setStock, sweepReservations } from '../inventory/index.ts';
import {
  addSeconds,
  countStatements,
  guest,
  isDomainError,
  loadDomainConfig,
  withActor,
} from '../kernel/index.ts';
import { getOrder } from '../orders/index.ts';
import { cardKeyOf, noteDeclined, readConfirmationToken } from '../payments/index.ts';
import {
  aCard,
  anAddress,
  answerBank,
  brokenInvariants,
  checkoutView,
  createTestDomain,
  enterInElement,
  fillCart,
  intentOf,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  choosePayment,
  chooseShipping,
  getCheckout,
  placementStatus,
  placeOrder,
  setCheckoutAddress,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

async function levelOf(variantId: string) {
  return shop.ctx.db
    .selectFrom('stock_levels')
    .select(['on_hand', 'reserved', 'allocated'])
    .where('variant_id', '=', variantId)
    .executeTakeFirstOrThrow();
}

function intent(id: string) {
  return shop.ctx.services.stripe.paymentIntents.retrieve(id);
}

async function placed(promise: ReturnType<typeof placeOrder>) {
  const placement = await promise;
  if (placement.outcome !== 'placed') throw new Error(`expected an order, got ${JSON.stringify(placement)}`);
  return placement;
}

test('a card that works gives an order, its stock allocated, its money taken once by a job', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5, amount: 2_000 });
  const cartId = await fillCart(shop.ctx, variantId, 2);
  const { totalsVersion, total } = await payWith(shop.ctx, cartId, testCards.success);
  expect(await levelOf(variantId)).toEqual({ on_hand: 5, reserved: 2, allocated: 0 });

  const placement = await placed(placeOrder(shop.ctx, { cartId, totalsVersion }));
  expect(await levelOf(variantId)).toEqual({ on_hand: 5, reserved: 0, allocated: 2 });
  const order = await getOrder(shop.ctx, { number: placement.orderNumber, token: placement.token });
  // 2 x 20.00, express 14.95, 7.25 % sales tax of the goods
  expect(order).toMatchObject({
    subtotal: { amount: 4_000 },
    shipping: { amount: 1_495 },
    tax: { amount: 290 },
    total: { amount: 5_785, currency: 'USD' },
    paymentStatus: 'authorised',
    card: { brand: 'visa', last4: '4242' },
  });
  expect(total).toBe(5_785);
  expect(await getCart(shop.ctx, { cartId })).toBeNull();

  await shop.runJobs();
  const paid = await getOrder(shop.ctx, { number: placement.orderNumber, token: placement.token });
  expect(paid.paymentStatus).toBe('paid');
  expect(paid.history.map((event) => event.type)).toEqual([
    'ORDER_CREATED',
    'PAYMENT_AUTHORIZED',
    'PAYMENT_CAPTURED',
  ]);
  expect(await intent(await intentOf(shop.ctx, cartId))).toMatchObject({
    status: 'succeeded',
    amount_received: 5_785,
  });
});

test('the usual way to an order takes no more statements than this, and no lock before the money is asked for', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 100 });
  const buy = async (): Promise<number[]> => {
    const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 1 });
    const cartId = cart.id;
    const address = { email: 'ada@example.com', shippingAddress: anAddress, billingAddress: null };
    const addressed = await countStatements(() => setCheckoutAddress(shop.ctx, { cartId, ...address }));
    const optionId = addressed.result.shippingOptions[0]?.id ?? '';
    const shipped = await countStatements(() => chooseShipping(shop.ctx, { cartId, optionId }));
    const confirmationToken = await enterInElement(shop.ctx, { card: aCard() });
    const chosen = await countStatements(() =>
      choosePayment(shop.ctx, { cartId, method: 'card', confirmationToken }),
    );
    const { totalsVersion } = chosen.result;
    const placed = await countStatements(() => placeOrder(shop.ctx, { cartId, totalsVersion }));
    expect(placed.result.outcome).toBe('placed');
    return [addressed, shipped, chosen, placed].map(({ statements }) => statements);
  };
  // three each of the first and the third are remembered, which this shop does without
  expect(await buy()).toEqual([5, 1, 6, 3]);
});

test('a way to ship that was offered for another cart is looked at anew', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  const cartId = await fillCart(shop.ctx, variantId);
  const view = await checkoutView(shop.ctx, cartId);
  const [first, other] = view.shippingOptions;
  await addToCart(shop.ctx, { cartId, variantId, quantity: 1 });
  const { statements } = await countStatements(() =>
    chooseShipping(shop.ctx, { cartId, optionId: other?.id ?? '' }),
  );
  expect(statements).toBeGreaterThan(2);
  await expect(chooseShipping(shop.ctx, { cartId, optionId: 'never-offered' })).rejects.toMatchObject({
    code: 'no_shipping',
  });
  expect(first?.id).not.toBe(other?.id);
  expect((await checkoutView(shop.ctx, cartId)).shippingOptions.find(({ isChosen }) => isChosen)?.id).toBe(
    other?.id,
  );
});

test('a try that is turned away for those before it asks nobody, leaves the checkout open, and works once they are over', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
  for (const tried of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await noteDeclined(shop.ctx, { key: `${cartId}:before-${tried}`, cartId, card: null });
  }
  const asked = vi.spyOn(shop.ctx.services.stripe.paymentIntents, 'create');
  await expect(placeOrder(shop.ctx, { cartId, totalsVersion })).rejects.toMatchObject({
    code: 'rate_limited',
  });
  expect(asked).not.toHaveBeenCalled();
  const { id, status, nextStep } = await checkoutView(shop.ctx, cartId);
  expect({ status, nextStep }).toEqual({ status: 'open', nextStep: 'review' });
  const own = shop.ctx.db.selectFrom('payment_attempts').select('key').where('key', 'like', `${id}:%`);
  expect(await own.execute()).toEqual([]);
  await shop.ctx.db.deleteFrom('payment_attempts').where('key', 'like', `${cartId}:before-%`).execute();
  await placed(placeOrder(shop.ctx, { cartId, totalsVersion }));
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
});

test('a try is counted by its card, and what the provider knows the card by is kept nowhere', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const confirmationToken = await enterInElement(shop.ctx, { card: aCard('declined') });
  const { fingerprint } = await readConfirmationToken(shop.ctx, confirmationToken);
  const { totalsVersion } = await choosePayment(shop.ctx, { cartId, method: 'card', confirmationToken });
  const checkout = await shop.ctx.db
    .selectFrom('checkouts')
    .selectAll()
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  expect(fingerprint).toEqual(expect.stringMatching(/./));
  expect(JSON.stringify(checkout)).not.toContain(fingerprint);
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion })).toMatchObject({ outcome: 'declined' });
  const tries = shop.ctx.db
    .selectFrom('payment_attempts')
    .select(['card', 'is_declined'])
    .where('key', '=', `${checkout.id}:1`);
  expect(await tries.execute()).toEqual([{ card: cardKeyOf(shop.ctx, fingerprint), is_declined: true }]);
});

test('an order is shown to nobody without its own token', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  const first = await fillCart(shop.ctx, variantId);
  const second = await fillCart(shop.ctx, variantId);
  const a = await placed(
    placeOrder(shop.ctx, { cartId: first, ...(await payWith(shop.ctx, first, testCards.success)) }),
  );
  const b = await placed(
    placeOrder(shop.ctx, { cartId: second, ...(await payWith(shop.ctx, second, testCards.success)) }),
  );
  await expect(
    getOrder(withActor(shop.ctx, guest), { number: a.orderNumber, token: b.token }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(getOrder(shop.ctx, { number: 'SK-2026-999999', token: b.token })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a declined card charges nothing, keeps the stock held, and another card then works', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const first = await payWith(shop.ctx, cartId, testCards.insufficientFunds);
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion: first.totalsVersion })).toEqual({
    outcome: 'declined',
    reason: 'insufficient_funds',
  });
  const view = await getCheckout(shop.ctx, { cartId });
  expect(view).toMatchObject({
    status: 'open',
    nextStep: 'payment',
    paymentError: 'insufficient_funds',
    payment: null,
  });
  expect(await levelOf(variantId)).toEqual({ on_hand: 1, reserved: 1, allocated: 0 });

  const firstIntent = await intentOf(shop.ctx, cartId);
  const second = await payWith(shop.ctx, cartId, testCards.success);
  await placed(placeOrder(shop.ctx, { cartId, totalsVersion: second.totalsVersion }));
  expect(await intentOf(shop.ctx, cartId)).toBe(firstIntent);
});

test('3-D Secure: the order is placed when the cardholder comes back, and not when the bank says no', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.threeDSecure);
  const asked = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (asked.outcome !== 'action_required') throw new Error(`expected the bank's page, got ${asked.outcome}`);
  expect(await placementStatus(shop.ctx, { cartId })).toEqual(asked);
  await answerBank(asked.redirectUrl, 'complete');
  expect(await placementStatus(shop.ctx, { cartId })).toMatchObject({ outcome: 'placed' });

  const other = await fillCart(shop.ctx, variantId);
  const refused = await placeOrder(shop.ctx, {
    cartId: other,
    ...(await payWith(shop.ctx, other, testCards.threeDSecure)),
  });
  if (refused.outcome !== 'action_required')
    throw new Error(`expected the bank's page, got ${refused.outcome}`);
  await answerBank(refused.redirectUrl, 'fail');
  expect(await placementStatus(shop.ctx, { cartId: other })).toMatchObject({
    outcome: 'declined',
    reason: 'payment_intent_authentication_failure',
  });
});

test('a shopper who turns away from the bank may change the address and pay anew, with another intent', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const first = await payWith(shop.ctx, cartId, testCards.threeDSecure);
  expect(await placeOrder(shop.ctx, { cartId, totalsVersion: first.totalsVersion })).toMatchObject({
    outcome: 'action_required',
  });
  const firstIntent = await intentOf(shop.ctx, cartId);
  await setCheckoutAddress(shop.ctx, {
    cartId,
    email: 'ada@example.com',
    shippingAddress: { ...anAddress, region: 'OR', postcode: '97201' },
    billingAddress: null,
  });
  await shop.runJobs();
  expect((await intent(firstIntent)).status).toBe('canceled');
  const second = await payWith(shop.ctx, cartId, testCards.success);
  const placement = await placed(placeOrder(shop.ctx, { cartId, totalsVersion: second.totalsVersion }));
  expect(await intentOf(shop.ctx, cartId)).not.toBe(firstIntent);
  const order = await getOrder(shop.ctx, { number: placement.orderNumber, token: placement.token });
  expect(order.tax.amount).toBe(0);
});

test('the same order placed 20 times at once is one order and one charge', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 50 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion, total } = await payWith(shop.ctx, cartId, testCards.success);
  const placements = await Promise.all(
    Array.from({ length: 20 }, () => placed(placeOrder(shop.ctx, { cartId, totalsVersion }))),
  );
  expect(new Set(placements.map((placement) => placement.orderNumber)).size).toBe(1);
  await shop.runJobs();
  const charged = await intent(await intentOf(shop.ctx, cartId));
  expect(charged).toMatchObject({ status: 'succeeded', amount_received: total });
  expect(await levelOf(variantId)).toEqual({ on_hand: 50, reserved: 0, allocated: 1 });
});

test('a stock of 10 and 40 buyers at once: exactly 10 orders', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 10 });
  const carts = await Promise.all(Array.from({ length: 40 }, () => fillCart(shop.ctx, variantId)));
  const results = await Promise.allSettled(
    carts.map(async (cartId) => {
      const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
      return placed(placeOrder(shop.ctx, { cartId, totalsVersion }));
    }),
  );
  const orders = results.filter((result) => result.status === 'fulfilled');
  const refusals = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  expect(orders).toHaveLength(10);
  expect(
    refusals.every((error) => isDomainError(error, 'out_of_stock') || isDomainError(error, 'cart_changed')),
  ).toBe(true);
  expect(await levelOf(variantId)).toEqual({ on_hand: 10, reserved: 0, allocated: 10 });
});

test('what the shopper did not agree to is not charged', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  await expect(placeOrder(shop.ctx, { cartId, totalsVersion: totalsVersion + 1 })).rejects.toMatchObject({
    code: 'totals_changed',
  });
  const cart = await getCart(shop.ctx, { cartId });
  await setLineQuantity(shop.ctx, { cartId, lineId: cart?.lines[0]?.id ?? '', quantity: 3 });
  await expect(placeOrder(shop.ctx, { cartId, totalsVersion })).rejects.toMatchObject({
    code: 'cart_changed',
  });
});

test('a price that rises before payment stops the checkout until the shopper has seen it', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5, amount: 1_000 });
  const cartId = await fillCart(shop.ctx, variantId);
  await shop.ctx.db
    .updateTable('prices')
    .set({ amount: 1_200 })
    .where('variant_id', '=', variantId)
    .execute();
  await expect(payWith(shop.ctx, cartId, testCards.success)).rejects.toMatchObject({
    code: 'cart_changed',
  });
  const cart = await getCart(shop.ctx, { cartId });
  expect(cart).toMatchObject({
    canCheckOut: false,
    lines: [
      { unitPrice: { amount: 1_200 }, problems: [{ code: 'PRICE_CHANGED', previous: { amount: 1_000 } }] },
    ],
  });
});

test('stock that lapsed while the bank was asked is found again, or the money goes back', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.threeDSecure);
  const asked = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (asked.outcome !== 'action_required') throw new Error('expected the bank to ask');
  const intentId = await intentOf(shop.ctx, cartId);

  await shop.ctx.db
    .updateTable('reservations')
    .set({ expires_at: addSeconds(new Date(), -1) })
    .where('holder_id', '=', cartId)
    .execute();
  expect(await sweepReservations(shop.ctx)).toBe(1);
  await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 0 }]));
  await answerBank(asked.redirectUrl, 'complete');

  expect(await placementStatus(shop.ctx, { cartId })).toEqual({
    outcome: 'declined',
    reason: 'out_of_stock',
  });
  await shop.runJobs();
  expect((await intent(intentId)).status).toBe('canceled');
  expect(await getCheckout(shop.ctx, { cartId })).toMatchObject({ status: 'open', payment: null });
});

test('money for totals that are not those agreed to makes no order: it goes back', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.threeDSecure);
  const asked = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (asked.outcome !== 'action_required') throw new Error('expected the bank to ask');
  const intentId = await intentOf(shop.ctx, cartId);
  await shop.ctx.db
    .updateTable('checkouts')
    .set({ totals_version: totalsVersion + 1 })
    .where('cart_id', '=', cartId)
    .execute();
  await answerBank(asked.redirectUrl, 'complete');
  expect(await placementStatus(shop.ctx, { cartId })).toEqual({
    outcome: 'declined',
    reason: 'payment_mismatch',
  });
  await shop.runJobs();
  expect((await intent(intentId)).status).toBe('canceled');
  const paid = await payWith(shop.ctx, cartId, testCards.success);
  await placed(placeOrder(shop.ctx, { cartId, totalsVersion: paid.totalsVersion }));
});

test('what a card was entered for once pays for nothing else', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  const mine = await fillCart(shop.ctx, variantId);
  const other = await fillCart(shop.ctx, variantId);
  const confirmationToken = await enterInElement(shop.ctx, { card: testCards.success });
  await choosePayment(shop.ctx, { cartId: mine, method: 'card', confirmationToken });
  const { totalsVersion } = (await getCheckout(shop.ctx, { cartId: mine })) ?? { totalsVersion: 0 };
  await placed(placeOrder(shop.ctx, { cartId: mine, totalsVersion }));
  await expect(
    choosePayment(shop.ctx, { cartId: other, method: 'card', confirmationToken }),
  ).rejects.toMatchObject({ code: 'payment_mismatch' });
});

test('a provider that cannot be reached charges nothing, and the checkout can be tried again', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const cutOff = createDomain(loadDomainConfig({ ...shop.env, STRIPE_API_BASE: 'http://127.0.0.1:9' }), {
    logger: shop.ctx.logger,
  });
  const confirmationToken = await enterInElement(shop.ctx, { card: testCards.success });
  await expect(
    choosePayment(cutOff.context(), { cartId, method: 'card', confirmationToken }),
  ).rejects.toMatchObject({ code: 'unavailable' });
  await cutOff.close();
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  await placed(placeOrder(shop.ctx, { cartId, totalsVersion }));
});
