import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePayment, placeOrder } from '@souk/domain/checkout';
import {
  abandonIntent,
  addCard,
  compareBooks,
  expireHostedPayment,
  finishAddingCard,
  forgetPaymentCustomer,
  hostedCardReturned,
  makeDefaultCard,
  openIntent,
  paymentCustomerOf,
  refundPayment,
  releasePayment,
  removeSavedCard,
  savedCards,
  settleOrderPayment,
  startHostedCard,
  startHostedPayment,
  startOrderPayment,
  updateIntent,
} from '@souk/domain/payments';
import {
  aCard,
  answerBank,
  checkoutView,
  createTestDomain,
  enterInElement,
  fillCart,
  payOnHostedPage,
  payWith,
  sellProduct,
  signUp,
  type TestDomain,
} from '@souk/domain/testing';
import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, type MockInstance, test, vi } from 'vitest';
import { repository } from '../stack/paths.ts';
import type { JournalEntry } from './journal.ts';
import { readJournal } from './testing/journal.ts';
import { readStripeDescription } from './testing/openapi.ts';
import { startStripeMock } from './testing/stripe-mock.ts';
import { startTestSandbox, type TestSandbox } from './testing/test-sandbox.ts';

const mock = await startStripeMock();
afterAll(() => mock?.close());

let sandbox: TestSandbox;
let shop: TestDomain;
let sent: readonly JournalEntry[];
let made: ReadonlyMap<string, number>;
beforeAll(async () => {
  const { dataDir, stop } = await startTestSandbox();
  await stop();
  const journal = join(dataDir, 'journal.jsonl');
  sandbox = await startTestSandbox({ dataDir, journal });
  shop = await createTestDomain({ env: { STRIPE_API_BASE: sandbox.url } });
  const spies = await spyOnCalls(shop.ctx.services.stripe);
  await payByCard();
  await payBySavedCard();
  await payOnPages();
  await payLater();
  await changeOneIntent();
  await moveMoneyBack();
  await keepCards();
  // before the tests begin: the runner clears the spies for each
  made = new Map([...spies].map(([name, spy]) => [name, spy.mock.calls.length]));
  sent = (await readJournal(journal)).filter((entry) => !entry.isPublishable);
}, 180_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await shop?.close();
  await sandbox?.close();
});

/** Every `resource.method(` of Stripe's SDK that the payments of Souk have in their source, watched. */
async function spyOnCalls(stripe: Stripe): Promise<Map<string, MockInstance>> {
  const folder = join(repository, 'domain/src/payments');
  const names = (await readdir(folder)).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const sources = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const found = new Map<string, MockInstance>();
  for (const [, resource = '', method = ''] of sources.join('\n').matchAll(/\b(\w+)\s*\.(\w+)\(/g)) {
    const owner: unknown = Reflect.get(resource === 'sessions' ? stripe.checkout : stripe, resource);
    const name = `${resource}.${method}`;
    if (resource === 'webhooks' || found.has(name) || !hasMethod(owner, method)) continue;
    found.set(name, vi.spyOn(owner, method));
  }
  return found;
}

function hasMethod<Name extends string>(
  owner: unknown,
  method: Name,
): owner is Record<Name, (...given: unknown[]) => unknown> {
  return typeof owner === 'object' && owner !== null && typeof Reflect.get(owner, method) === 'function';
}

const cardReturn = 'http://shop.test/account/payment-methods/return';
const pages = { successUrl: 'http://shop.test/orders/paid', cancelUrl: 'http://shop.test/orders/not-paid' };

async function aCart(): Promise<string> {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  return fillCart(shop.ctx, variantId);
}

async function place(cartId: string, ctx = shop.ctx) {
  const { totalsVersion } = await checkoutView(ctx, cartId);
  return placeOrder(ctx, { cartId, totalsVersion });
}

async function orderOf(cartId: string) {
  const { id, due } = await shop.ctx.db
    .selectFrom('orders')
    .innerJoin('checkouts', 'checkouts.id', 'orders.checkout_id')
    .select(['orders.id', 'orders.total_amount as due'])
    .where('checkouts.cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  return { orderId: id, amount: due, currency: 'USD' as const };
}

/** By a guest: refused, then by a card whose bank asks; by Klarna; at once. */
async function payByCard(): Promise<void> {
  const cartId = await aCart();
  await payWith(shop.ctx, cartId, aCard('declined'));
  await place(cartId);
  await payWith(shop.ctx, cartId, aCard('threeDSecure'));
  const asked = await place(cartId);
  if (asked.outcome !== 'action_required') throw new Error(`expected the bank to ask, not ${asked.outcome}`);
  await answerBank(asked.redirectUrl, 'complete');
  expect((await place(cartId)).outcome).toBe('placed');
  const other = await aCart();
  const confirmationToken = await enterInElement(shop.ctx, { type: 'klarna' });
  await choosePayment(shop.ctx, { cartId: other, method: 'card', confirmationToken });
  await place(other);
  await shop.runJobs();
}

/** By a customer: a card that is kept, then that card. */
async function payBySavedCard(): Promise<void> {
  const { ctx } = await signUp(shop.ctx);
  const first = await aCart();
  const confirmationToken = await enterInElement(ctx, { card: aCard() });
  await choosePayment(ctx, { cartId: first, method: 'card', confirmationToken, savesCard: true });
  expect((await place(first, ctx)).outcome).toBe('placed');
  const [card] = await savedCards(ctx);
  const second = await aCart();
  await choosePayment(ctx, { cartId: second, method: 'card', savedMethodId: card?.id ?? '' });
  expect((await place(second, ctx)).outcome).toBe('placed');
  await shop.runJobs();
}

/** On the provider's page, by a guest and by a customer, and on one that is closed. */
async function payOnPages(): Promise<void> {
  const cartId = await aCart();
  await choosePayment(shop.ctx, { cartId, method: 'hosted' });
  const sentThere = await place(cartId);
  if (sentThere.outcome !== 'action_required') throw new Error(`expected a page, not ${sentThere.outcome}`);
  await payOnHostedPage(sentThere.redirectUrl, aCard());
  await place(cartId);
  await shop.runJobs();
  const { ctx } = await signUp(shop.ctx);
  const { sessionId } = await startHostedPayment(ctx, {
    ...{ checkoutId: ctx.ids.next(), totalsVersion: 1, attempt: 1, amount: 4_200, currency: 'EUR' },
    ...{ email: 'ada@example.com', customerId: await paymentCustomerOf(ctx), ...pages },
  });
  await expireHostedPayment(ctx, sessionId);
}

/** By the link of an order, twice: what came last goes back. */
async function payLater(): Promise<void> {
  const cartId = await aCart();
  await choosePayment(shop.ctx, { cartId, method: 'pay_link' });
  await place(cartId);
  const order = { ...(await orderOf(cartId)), email: 'ada@example.com', ...pages };
  const page = await startOrderPayment(shop.ctx, order);
  if (page.status !== 'open') throw new Error('expected a page');
  await payOnHostedPage(page.url, aCard());
  await shop.ctx.db
    .updateTable('payments')
    .set({ status: 'cancelled' })
    .where('order_id', '=', order.orderId)
    .execute();
  await settleOrderPayment(shop.ctx, order, async () => undefined);
}

/** An intent that a card is refused for, whose totals change, which is to keep a card and then is not, and which is given up. */
async function changeOneIntent(): Promise<void> {
  const { ctx } = await signUp(shop.ctx);
  const customerId = await paymentCustomerOf(ctx);
  const request = { checkoutId: ctx.ids.next(), amount: 4_200, currency: 'EUR', customerId } as const;
  const { intentId } = await openIntent(ctx, {
    ...{ ...request, totalsVersion: 1, attempt: 1, savesCard: true, returnUrl: cardReturn },
    confirmationToken: await enterInElement(ctx, { card: aCard('declined') }),
  });
  if (intentId === null) throw new Error('expected an intent');
  for (const savesCard of [true, false]) {
    await updateIntent(ctx, intentId, { ...request, totalsVersion: 2, attempt: 2, savesCard });
  }
  await shop.ctx.transaction((tx) => abandonIntent(tx, intentId));
  await shop.runJobs();
}

/** A part of an order's money, then all of it; and the books. */
async function moveMoneyBack(): Promise<void> {
  const cartId = await aCart();
  await payWith(shop.ctx, cartId, aCard());
  await place(cartId);
  await shop.runJobs();
  const { orderId } = await orderOf(cartId);
  await refundPayment(shop.ctx, { orderId, amount: 100, key: 'a-part', reason: 'too small' });
  await releasePayment(shop.ctx, { orderId });
  // one that the provider does not list for that time, and so is asked for by itself
  await shop.ctx.db
    .updateTable('payments')
    .set({ intent_id: 'pi_unheard_of' })
    .where('order_id', '=', orderId)
    .execute();
  const now = Date.now();
  await compareBooks(shop.ctx, { since: new Date(now - 3_600_000), until: new Date(now + 60_000) });
}

/** Cards of an account, in the shop and on the provider's page, until the account is erased. */
async function keepCards(): Promise<void> {
  const { ctx, userId } = await signUp(shop.ctx);
  const confirmationToken = await enterInElement(ctx, { card: aCard('threeDSecure') });
  const added = await addCard(ctx, { confirmationToken, returnUrl: cardReturn });
  if (added.outcome !== 'action_required') throw new Error('expected the bank to ask');
  await answerBank(added.redirectUrl, 'complete');
  const customer = await paymentCustomerOf(ctx);
  const [setup] = (await sandbox.stripe.setupIntents.list({ customer })).data;
  await finishAddingCard(ctx, { setupIntentId: setup?.id ?? '' });
  const { url } = await startHostedCard(ctx, { successUrl: cardReturn, cancelUrl: cardReturn });
  await payOnHostedPage(url, aCard());
  await hostedCardReturned(ctx);
  const [one, other] = await savedCards(ctx);
  await makeDefaultCard(ctx, { cardId: one?.id ?? '' });
  await removeSavedCard(ctx, { cardId: other?.id ?? '' });
  await shop.ctx.transaction((tx) => forgetPaymentCustomer(tx, { userId }));
  await shop.runJobs();
}

test('the walk makes every call that the source of Souk has', () => {
  expect(made.size).toBeGreaterThanOrEqual(20);
  expect([...made].filter(([, times]) => times === 0)).toEqual([]);
});

test('whatever Souk sends is as Stripe describes it', () => {
  const description = readStripeDescription();
  expect(sent.length).toBeGreaterThan(made.size);
  expect(
    sent.flatMap((entry) =>
      description.problemsOfCall(entry).map((problem) => `${entry.method} ${entry.path}${problem}`),
    ),
  ).toEqual([]);
});

test.skipIf(!mock)('stripe-mock takes whatever Souk sends', async () => {
  expect(await mock?.refusalsOf(sent)).toEqual([]);
});

test('whatever changes something at Stripe carries an idempotency key, or may be repeated as it is', () => {
  const repeatable =
    /^\/v1\/(payment_intents\/\w+(\/(capture|cancel))?|customers\/\w+|payment_methods\/\w+\/detach|checkout\/sessions\/\w+\/expire)$/;
  const bare = sent.filter(
    ({ method, idempotencyKey, path }) =>
      method === 'POST' && idempotencyKey === null && !repeatable.test(path),
  );
  expect(bare.map(({ path }) => path)).toEqual([]);
});
