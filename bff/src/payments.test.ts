import { withActor } from '@souk/domain/kernel';
import {
  answerBank,
  createTestDomain,
  enterInElement,
  payOnHostedPage,
  signUp,
  type TestDomain,
  testCards,
} from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCaller } from './testing/caller.ts';

/** Saved cards and the books, call by call, each held to its budget. */
let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '', STRIPE_PUBLISHABLE_KEY: 'pk_test_souk' } });
});
afterAll(() => shop.close());

async function somebody(role?: 'admin') {
  const { ctx } = await signUp(shop.ctx, role ? { role } : {});
  const { payments } = testCaller(withActor(shop.ctx, ctx.actor));
  return { ctx, payments };
}

const newCard = (number: string) => enterInElement(shop.ctx, { card: number });

test('a page is told what the Payment Element needs, and null where it is off', async () => {
  const { payments } = testCaller(shop.domain.context());
  expect(await payments.element()).toEqual({
    publishableKey: 'pk_test_souk',
    scriptUrl: 'https://js.stripe.com/endive/stripe.js',
  });
});

test('a customer adds, prefers and removes cards', async () => {
  const { payments } = await somebody();
  expect(await payments.cards()).toEqual([]);
  const added = await payments.addCard({ confirmationToken: await newCard(testCards.success) });
  expect(added).toEqual({ outcome: 'added' });
  const { url } = await payments.startHostedCard();
  expect(await payOnHostedPage(url, '5555555555554444')).toBe(
    'http://shop.test/account/payment-methods/return',
  );
  await payments.hostedCardReturned();
  const visa = (await payments.cards()).find((card) => card.brand === 'visa');
  await payments.makeDefaultCard({ cardId: visa?.id ?? '' });
  expect((await payments.cards()).map((card) => card.brand)).toEqual(['visa', 'mastercard']);
  await payments.removeCard({ cardId: visa?.id ?? '' });
  expect((await payments.cards()).map((card) => card.brand)).toEqual(['mastercard']);
});

test("a card whose bank asks first is there once its cardholder is through, and nobody else's business", async () => {
  const ada = await somebody();
  const asked = await ada.payments.addCard({ confirmationToken: await newCard(testCards.threeDSecure) });
  if (asked.outcome !== 'action_required') throw new Error('expected the bank to ask');
  await answerBank(asked.redirectUrl, 'complete');
  const { data } = await shop.ctx.services.stripe.setupIntents.list({ limit: 10 });
  const setupIntentId = data.find((intent) => intent.metadata?.user_id === ada.ctx.actor.id)?.id ?? '';
  await ada.payments.finishAddingCard({ setupIntentId });
  expect(await ada.payments.cards()).toHaveLength(1);
  const bob = await somebody();
  await expect(bob.payments.finishAddingCard({ setupIntentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a card that the bank refuses is told as such', async () => {
  const { payments } = await somebody();
  await expect(
    payments.addCard({ confirmationToken: await newCard(testCards.declined) }),
  ).rejects.toMatchObject({ message: expect.stringContaining('refused') });
});

test('staff list and settle what differs', async () => {
  const { payments } = await somebody('admin');
  await shop.ctx.db
    .insertInto('payment_discrepancies')
    .values({
      id: shop.ctx.ids.next(),
      kind: 'money_without_order',
      subject: 'pi_1',
      intent_id: 'pi_1',
      currency: 'USD',
      provider_amount: 500,
      first_seen_at: new Date(),
      last_seen_at: new Date(),
    })
    .execute();
  const { items } = await payments.discrepancies();
  expect(items).toMatchObject([{ kind: 'money_without_order', providerAmount: 500, ourAmount: null }]);
  await payments.resolveDiscrepancy({ id: items[0]?.id ?? '', note: 'paid back by hand' });
  expect((await payments.discrepancies({ isOpen: false })).items).toHaveLength(1);
});
