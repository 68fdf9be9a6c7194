import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answerBank,
  createTestDomain,
  enterInElement,
  payOnHostedPage,
  signUp,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  addCard,
  exportCards,
  finishAddingCard,
  forgetPaymentCustomer,
  hostedCardReturned,
  makeDefaultCard,
  paymentCustomerOf,
  readSavedCard,
  removeSavedCard,
  savedCards,
  startHostedCard,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const returnUrl = 'http://shop.test/account/payment-methods/return';
const stripe = () => shop.ctx.services.stripe;

async function withCard(card: string = testCards.success) {
  const user = await signUp(shop.ctx);
  const confirmationToken = await enterInElement(user.ctx, { card });
  return { ...user, added: await addCard(user.ctx, { confirmationToken, returnUrl }) };
}

test('fifty requests at once make one customer, which tells nothing of who it is', async () => {
  const { ctx, userId } = await signUp(shop.ctx);
  const ids = await Promise.all(Array.from({ length: 50 }, () => paymentCustomerOf(ctx)));
  expect(new Set(ids).size).toBe(1);
  const customer = await stripe().customers.retrieve(ids[0] ?? '');
  expect(customer).toMatchObject({ email: null, name: null, metadata: { user_id: userId } });
});

test('a guest has neither customer nor cards', async () => {
  const guest = shop.domain.context();
  await expect(paymentCustomerOf(guest)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(savedCards(guest)).rejects.toMatchObject({ code: 'unauthenticated' });
});

describe('adding a card', () => {
  test('saves it at once when the bank agrees; sent twice it is one card', async () => {
    const { ctx } = await signUp(shop.ctx);
    const input = { confirmationToken: await enterInElement(ctx, { card: testCards.success }), returnUrl };
    expect(await addCard(ctx, input)).toEqual({ outcome: 'added' });
    await addCard(ctx, input).catch(() => undefined);
    expect(await savedCards(ctx)).toEqual([
      {
        id: expect.stringMatching(/^pm_/),
        brand: 'visa',
        last4: '4242',
        expiryMonth: 4,
        expiryYear: 2044,
        isExpired: false,
        isDefault: false,
      },
    ]);
    expect(await exportCards(ctx)).toEqual([
      { brand: 'visa', last4: '4242', expiryMonth: 4, expiryYear: 2044, isDefault: false },
    ]);
  });

  test('tells why when the bank refuses, and keeps nothing', async () => {
    const { ctx } = await signUp(shop.ctx);
    const confirmationToken = await enterInElement(ctx, { card: testCards.declined });
    await expect(addCard(ctx, { confirmationToken, returnUrl })).rejects.toMatchObject({
      code: 'payment_declined',
      data: { reason: 'generic_decline' },
    });
    expect(await savedCards(ctx)).toEqual([]);
  });

  test('waits for the cardholder where the bank asks for them', async () => {
    const { ctx, added } = await withCard(testCards.threeDSecure);
    if (added.outcome !== 'action_required') throw new Error('expected the bank to ask');
    const customer = await paymentCustomerOf(ctx);
    const [intent] = (await stripe().setupIntents.list({ customer, limit: 1 })).data;
    const setupIntentId = intent?.id ?? '';
    await answerBank(added.redirectUrl, 'complete');
    await finishAddingCard(ctx, { setupIntentId });
    expect(await savedCards(ctx)).toHaveLength(1);
    const other = await signUp(shop.ctx);
    await expect(finishAddingCard(other.ctx, { setupIntentId })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('works on a page without scripts, too', async () => {
    const { ctx } = await signUp(shop.ctx);
    const { url } = await startHostedCard(ctx, { successUrl: returnUrl, cancelUrl: returnUrl });
    expect(await payOnHostedPage(url, testCards.success)).toBe(returnUrl);
    await hostedCardReturned(ctx);
    expect(await savedCards(ctx)).toHaveLength(1);
  });

  test('is no way to test stolen cards', async () => {
    const { ctx } = await signUp(shop.ctx);
    const outcomes: string[] = [];
    for (let tried = 0; tried < 12; tried += 1) {
      const confirmationToken = await enterInElement(ctx, { card: testCards.insufficientFunds });
      const refusal = await addCard(ctx, { confirmationToken, returnUrl }).catch((error: unknown) => error);
      outcomes.push(refusal instanceof Error && 'code' in refusal ? String(refusal.code) : 'added');
    }
    expect(outcomes.filter((code) => code === 'payment_declined')).toHaveLength(6);
    expect(outcomes.at(-1)).toBe('rate_limited');
  });
});

test('the default comes first; a card that is removed is gone everywhere', async () => {
  const { ctx } = await withCard();
  const confirmationToken = await enterInElement(ctx, { card: '5555555555554444' });
  await addCard(ctx, { confirmationToken, returnUrl });
  const visa = (await savedCards(ctx)).find((card) => card.brand === 'visa');
  await makeDefaultCard(ctx, { cardId: visa?.id ?? '' });
  expect((await savedCards(ctx)).map(({ brand, isDefault }) => [brand, isDefault])).toEqual([
    ['visa', true],
    ['mastercard', false],
  ]);
  await removeSavedCard(ctx, { cardId: visa?.id ?? '' });
  expect((await savedCards(ctx)).map(({ brand }) => brand)).toEqual(['mastercard']);
  await expect(removeSavedCard(ctx, { cardId: visa?.id ?? '' })).rejects.toMatchObject({ code: 'not_found' });
});

test("somebody else's card is not there", async () => {
  const { ctx } = await withCard();
  const cardId = (await savedCards(ctx))[0]?.id ?? '';
  expect(await readSavedCard(ctx, { cardId })).toMatchObject({ type: 'card', last4: '4242' });
  const { ctx: other } = await withCard();
  for (const id of [cardId, 'pm_card_visa', 'pm_unknown', '', '../customers/cus_1']) {
    for (const use of [readSavedCard, removeSavedCard, makeDefaultCard]) {
      await expect(use(other, { cardId: id })).rejects.toMatchObject({ code: 'not_found' });
    }
  }
  expect(await savedCards(ctx)).toHaveLength(1);
});

test('an account that is erased leaves no customer behind, not even one that was just being made', async () => {
  const { ctx, userId } = await withCard();
  const customerId = await paymentCustomerOf(ctx);
  const erase = () => shop.ctx.transaction((tx) => forgetPaymentCustomer(tx, { userId }));
  await erase();
  await erase();
  await shop.runJobs();
  expect(await stripe().customers.retrieve(customerId)).toMatchObject({ deleted: true });

  const late = await signUp(shop.ctx);
  const { customers } = stripe();
  const real = customers.create.bind(customers);
  let madeId = '';
  customers.create = async (...given) => {
    const made = await real(...given);
    madeId = made.id;
    await shop.ctx.transaction((tx) => forgetPaymentCustomer(tx, { userId: late.userId }));
    return made;
  };
  await expect(paymentCustomerOf(late.ctx)).rejects.toMatchObject({ code: 'unauthenticated' });
  customers.create = real;
  expect(await stripe().customers.retrieve(madeId)).toMatchObject({ deleted: true });
});
