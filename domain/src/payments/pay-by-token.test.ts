import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withActor } from '../kernel/index.ts';
import {
  aCard,
  answerBank,
  createTestDomain,
  enterInElement,
  signUp,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  openIntent,
  paymentCustomerOf,
  readConfirmationToken,
  readIntent,
  savedCards,
  updateIntent,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const returnUrl = 'http://shop.test/checkout/return';

type Request = Parameters<typeof openIntent>[1];

function request(more: Partial<Request> = {}): Request {
  return {
    checkoutId: shop.ctx.ids.next(),
    totalsVersion: 1,
    attempt: 1,
    amount: 4_200,
    currency: 'USD',
    returnUrl,
    ...more,
  };
}

/** Asks the bank for the first time, with what was entered. */
async function open(
  entered: Parameters<typeof enterInElement>[1],
  more: Partial<Request> = {},
  ctx = shop.ctx,
) {
  const asked = request({ ...more, confirmationToken: await enterInElement(ctx, entered) });
  const state = await openIntent(ctx, asked);
  if (state.status === 'refused') throw new Error(`refused: ${state.error}`);
  return { asked, state };
}

/** An intent that a card was refused for, and that waits for another. */
const refusedOnce = (more: Partial<Request> = {}, ctx = shop.ctx) =>
  open({ card: aCard('declined') }, more, ctx);

test('a token tells what it would pay with, and whose card it is stays the same', async () => {
  const [first, second] = await Promise.all(
    [1, 2].map(async () =>
      readConfirmationToken(shop.ctx, await enterInElement(shop.ctx, { card: testCards.success })),
    ),
  );
  expect(first).toEqual({
    type: 'card',
    brand: 'visa',
    last4: '4242',
    wallet: null,
    fingerprint: expect.any(String),
  });
  expect(second?.fingerprint).toBe(first?.fingerprint);
  const klarna = await readConfirmationToken(shop.ctx, await enterInElement(shop.ctx, { type: 'klarna' }));
  expect(klarna).toMatchObject({ type: 'klarna', brand: null, last4: null, fingerprint: null });
});

test.each(['', 'nonsense', 'ctoken_unknown', 'pm_card_visa', '../customers'])(
  'what is no token of ours is refused: %j',
  async (token) => {
    await expect(readConfirmationToken(shop.ctx, token)).rejects.toMatchObject({
      code: 'payment_mismatch',
      data: { reason: 'token_unknown' },
    });
  },
);

describe('asking the bank', () => {
  test('holds the money; asked again with the same attempt it is the same answer', async () => {
    const { asked, state } = await open({ card: testCards.success });
    expect(state).toMatchObject({
      status: 'authorised',
      amount: 4_200,
      currency: 'USD',
      checkoutId: asked.checkoutId,
      totalsVersion: 1,
      attempt: 1,
      detail: { type: 'card', brand: 'visa', last4: '4242', fingerprint: expect.any(String) },
    });
    const repeated = await Promise.all(Array.from({ length: 5 }, () => openIntent(shop.ctx, asked)));
    expect(new Set(repeated.map(({ intentId }) => intentId))).toEqual(new Set([state.intentId]));
    const { intentId } = state;
    expect(await confirmIntent(shop.ctx, { ...asked, intentId, attempt: 2 })).toMatchObject({
      status: 'authorised',
    });
    await expect(readConfirmationToken(shop.ctx, asked.confirmationToken ?? '')).rejects.toMatchObject({
      data: { reason: 'token_used' },
    });
  });

  test('a refusal is a state; another token pays with the same intent', async () => {
    const { asked, state } = await open({ card: testCards.insufficientFunds });
    expect(state).toMatchObject({ status: 'needs_card', error: 'insufficient_funds' });
    const { intentId } = state;
    const stale = await confirmIntent(shop.ctx, { ...asked, intentId, attempt: 2 });
    expect(stale).toMatchObject({ status: 'needs_card', error: 'payment_details_expired' });
    const confirmationToken = await enterInElement(shop.ctx, { card: testCards.success });
    const paid = await confirmIntent(shop.ctx, { ...asked, intentId, attempt: 3, confirmationToken });
    expect(paid).toMatchObject({ intentId, status: 'authorised' });
    expect(await confirmIntent(shop.ctx, { ...asked, intentId, attempt: 3, confirmationToken })).toEqual(
      paid,
    );
  });

  test('what was entered and cannot be used makes no intent', async () => {
    const { asked } = await open({ card: testCards.success });
    const { confirmationToken = null } = asked;
    expect(await openIntent(shop.ctx, request({ confirmationToken }))).toEqual({
      intentId: null,
      status: 'refused',
      error: 'payment_details_expired',
    });
  });

  test('for a sum that no bank is asked for is refused with a reason', async () => {
    const confirmationToken = await enterInElement(shop.ctx, { card: testCards.success });
    await expect(openIntent(shop.ctx, request({ amount: 1, confirmationToken }))).rejects.toMatchObject({
      code: 'payment_declined',
      data: { reason: 'amount_too_small' },
    });
  });

  test.each([
    ['a card of 3-D Secure', { card: testCards.threeDSecure }, 'card'],
    ['Klarna', { type: 'klarna' }, 'klarna'],
    ['PayPal', { type: 'paypal' }, 'paypal'],
    ['Afterpay', { type: 'afterpay_clearpay' }, 'afterpay_clearpay'],
  ] as const)('%s asks the shopper on a page that needs no scripts', async (_name, entered, type) => {
    const { state } = await open(entered);
    expect(state).toMatchObject({
      status: 'needs_action',
      actionUrl: expect.any(String),
    });
    await answerBank(state.actionUrl ?? '', 'complete');
    expect(await readIntent(shop.ctx, state.intentId)).toMatchObject({
      status: 'authorised',
      detail: { type },
    });
  });

  test('a shopper who fails at their bank may try again', async () => {
    const { state } = await open({ card: testCards.threeDSecure });
    await answerBank(state.actionUrl ?? '', 'fail');
    expect(await readIntent(shop.ctx, state.intentId)).toMatchObject({
      status: 'needs_card',
      error: 'payment_intent_authentication_failure',
    });
  });
});

describe('an intent that a card was refused for', () => {
  test('is brought to another sum', async () => {
    const { asked, state } = await refusedOnce();
    const { intentId } = state;
    expect(
      await updateIntent(shop.ctx, intentId, { ...asked, totalsVersion: 2, attempt: 2, amount: 5_000 }),
    ).toMatchObject({ intentId, amount: 5_000, totalsVersion: 2, attempt: 2 });
  });

  test('cannot become one of another currency, nor anything once it is over', async () => {
    const { asked, state } = await refusedOnce();
    const { intentId } = state;
    expect(await updateIntent(shop.ctx, intentId, { ...asked, currency: 'EUR' })).toBeNull();
    await cancelIntent(shop.ctx, intentId);
    expect(await updateIntent(shop.ctx, intentId, asked)).toBeNull();
  });

  test('cannot become a sum that no bank is asked for', async () => {
    const { asked, state } = await refusedOnce();
    await expect(updateIntent(shop.ctx, state.intentId, { ...asked, amount: 1 })).rejects.toMatchObject({
      code: 'payment_declined',
      data: { reason: 'amount_too_small' },
    });
  });
});

describe('keeping a card', () => {
  test('for somebody who wants it pays for their next order, too', async () => {
    const { userId, ctx } = await signUp(shop.ctx);
    expect(userId).not.toBe('');
    const customerId = await paymentCustomerOf(ctx);
    await open({ card: testCards.success }, { customerId, savesCard: true }, ctx);
    const [card] = await savedCards(ctx);
    expect(card).toMatchObject({ brand: 'visa', last4: '4242', expiryYear: 2044 });
    const paid = await openIntent(ctx, request({ customerId, paymentMethodId: card?.id ?? '' }));
    expect(paid).toMatchObject({ status: 'authorised', detail: { last4: '4242' } });
  });

  test('ends when the shopper changes their mind', async () => {
    const { ctx } = await signUp(shop.ctx);
    const customerId = await paymentCustomerOf(ctx);
    const { asked, state } = await refusedOnce({ customerId, savesCard: true }, ctx);
    const { intentId } = state;
    await updateIntent(ctx, intentId, { ...asked, savesCard: false, attempt: 2 });
    const confirmationToken = await enterInElement(ctx, { card: testCards.success });
    await confirmIntent(ctx, { ...asked, intentId, attempt: 2, confirmationToken });
    expect(await savedCards(ctx)).toEqual([]);
  });

  test('never happens for a guest', async () => {
    const guest = withActor(shop.ctx, shop.domain.context().actor);
    const { state } = await open({ card: testCards.success }, { savesCard: true }, guest);
    const { paymentIntents } = shop.ctx.services.stripe;
    expect((await paymentIntents.retrieve(state.intentId)).setup_future_usage).toBeNull();
  });
});

test('capturing and giving up are repeatable, and the first of them counts', async () => {
  const { state: taken } = await open({ card: testCards.success });
  await Promise.all(Array.from({ length: 5 }, () => captureIntent(shop.ctx, taken.intentId)));
  expect(await cancelIntent(shop.ctx, taken.intentId)).toMatchObject({ status: 'captured' });
  const { state: given } = await open({ card: testCards.success });
  await Promise.all(Array.from({ length: 5 }, () => cancelIntent(shop.ctx, given.intentId)));
  expect(await captureIntent(shop.ctx, given.intentId)).toMatchObject({ status: 'cancelled' });
});
