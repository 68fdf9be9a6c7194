import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withActor } from '../kernel/index.ts';
import {
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
  paymentCustomerOf,
  prepareIntent,
  readConfirmationToken,
  readIntent,
  savedCards,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const returnUrl = 'http://shop.test/checkout/return';

function request(more: Partial<Parameters<typeof prepareIntent>[1]> = {}) {
  return {
    checkoutId: shop.ctx.ids.next(),
    totalsVersion: 1,
    amount: 4_200,
    currency: 'USD' as const,
    currentIntentId: null,
    ...more,
  };
}

async function pay(entered: Parameters<typeof enterInElement>[1], attempt = 1) {
  const { intentId } = await prepareIntent(shop.ctx, request());
  const confirmationToken = await enterInElement(shop.ctx, entered);
  const confirm = { intentId, attempt, returnUrl, confirmationToken };
  return { confirm, state: await confirmIntent(shop.ctx, confirm) };
}

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
    const { confirm, state } = await pay({ card: testCards.success });
    expect(state).toMatchObject({
      status: 'authorised',
      amount: 4_200,
      currency: 'USD',
      detail: { type: 'card', brand: 'visa', last4: '4242', fingerprint: expect.any(String) },
    });
    expect(await confirmIntent(shop.ctx, confirm)).toMatchObject({ status: 'authorised' });
    expect(await confirmIntent(shop.ctx, { ...confirm, attempt: 2 })).toMatchObject({ status: 'authorised' });
    await expect(readConfirmationToken(shop.ctx, confirm.confirmationToken)).rejects.toMatchObject({
      data: { reason: 'token_used' },
    });
  });

  test('a refusal is a state; another token pays with the same intent', async () => {
    const { confirm, state } = await pay({ card: testCards.insufficientFunds });
    expect(state).toMatchObject({ status: 'needs_card', error: 'insufficient_funds' });
    const stale = await confirmIntent(shop.ctx, { ...confirm, attempt: 2 });
    expect(stale).toMatchObject({ status: 'needs_card', error: 'payment_details_expired' });
    const confirmationToken = await enterInElement(shop.ctx, { card: testCards.success });
    expect(await confirmIntent(shop.ctx, { ...confirm, attempt: 3, confirmationToken })).toMatchObject({
      status: 'authorised',
    });
  });

  test.each([
    ['a card of 3-D Secure', { card: testCards.threeDSecure }, 'card'],
    ['Klarna', { type: 'klarna' }, 'klarna'],
    ['PayPal', { type: 'paypal' }, 'paypal'],
    ['Afterpay', { type: 'afterpay_clearpay' }, 'afterpay_clearpay'],
  ] as const)('%s asks the shopper on a page that needs no scripts', async (_name, entered, type) => {
    const { state } = await pay(entered);
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
    const { state } = await pay({ card: testCards.threeDSecure });
    await answerBank(state.actionUrl ?? '', 'fail');
    expect(await readIntent(shop.ctx, state.intentId)).toMatchObject({
      status: 'needs_card',
      error: 'payment_intent_authentication_failure',
    });
  });
});

describe('preparing an intent', () => {
  test('again, with the same version, is the same intent; with another sum it is brought to that', async () => {
    const first = request();
    const { intentId } = await prepareIntent(shop.ctx, first);
    expect((await prepareIntent(shop.ctx, first)).intentId).toBe(intentId);
    const more = await prepareIntent(shop.ctx, {
      ...first,
      totalsVersion: 2,
      amount: 5_000,
      currentIntentId: intentId,
    });
    expect(more).toMatchObject({ intentId, amount: 5_000, totalsVersion: 2 });
  });

  test('in another currency, or after it is over, is another intent', async () => {
    const first = request();
    const { intentId } = await prepareIntent(shop.ctx, first);
    const euros = { ...first, totalsVersion: 2, currency: 'EUR' as const, currentIntentId: intentId };
    const second = await prepareIntent(shop.ctx, euros);
    expect(second.intentId).not.toBe(intentId);
    expect(second.currency).toBe('EUR');
    await cancelIntent(shop.ctx, second.intentId);
    const third = await prepareIntent(shop.ctx, {
      ...euros,
      totalsVersion: 3,
      currentIntentId: second.intentId,
    });
    expect(third.intentId).not.toBe(second.intentId);
  });

  test('for somebody who saves their card keeps it for their next order', async () => {
    const { userId, ctx } = await signUp(shop.ctx);
    expect(userId).not.toBe('');
    const customerId = await paymentCustomerOf(ctx);
    const first = request({ customerId, savesCard: true });
    const { intentId } = await prepareIntent(ctx, first);
    const confirmationToken = await enterInElement(ctx, { card: testCards.success });
    await confirmIntent(ctx, { intentId, attempt: 1, returnUrl, confirmationToken });
    const [card] = await savedCards(ctx);
    expect(card).toMatchObject({ brand: 'visa', last4: '4242', expiryYear: 2044 });

    const again = await prepareIntent(ctx, request({ customerId }));
    const paid = await confirmIntent(ctx, {
      intentId: again.intentId,
      attempt: 1,
      returnUrl,
      paymentMethodId: card?.id ?? '',
    });
    expect(paid).toMatchObject({ status: 'authorised', detail: { last4: '4242' } });
  });

  test('no longer saves the card when the shopper changes their mind', async () => {
    const { ctx } = await signUp(shop.ctx);
    const customerId = await paymentCustomerOf(ctx);
    const first = request({ customerId, savesCard: true });
    const { intentId } = await prepareIntent(ctx, first);
    await prepareIntent(ctx, { ...first, savesCard: false, currentIntentId: intentId });
    const confirmationToken = await enterInElement(ctx, { card: testCards.success });
    await confirmIntent(ctx, { intentId, attempt: 1, returnUrl, confirmationToken });
    expect(await savedCards(ctx)).toEqual([]);
  });

  test('for a guest never saves anything', async () => {
    const guest = withActor(shop.ctx, shop.domain.context().actor);
    const { intentId } = await prepareIntent(guest, request({ savesCard: true }));
    expect((await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).setup_future_usage).toBeNull();
  });

  test('of a sum that no bank is asked for is refused with a reason', async () => {
    await expect(prepareIntent(shop.ctx, request({ amount: 1 }))).rejects.toMatchObject({
      code: 'payment_declined',
      data: { reason: 'amount_too_small' },
    });
  });
});

test('capturing and giving up are repeatable, and the first of them counts', async () => {
  const { state: taken } = await pay({ card: testCards.success });
  await Promise.all(Array.from({ length: 5 }, () => captureIntent(shop.ctx, taken.intentId)));
  expect(await cancelIntent(shop.ctx, taken.intentId)).toMatchObject({ status: 'captured' });
  const { state: given } = await pay({ card: testCards.success });
  await Promise.all(Array.from({ length: 5 }, () => cancelIntent(shop.ctx, given.intentId)));
  expect(await captureIntent(shop.ctx, given.intentId)).toMatchObject({ status: 'cancelled' });
});
