import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDomain, payOnHostedPage, type TestDomain, testCards } from '../testing/index.ts';
import { captureIntent, expireHostedPayment, readHostedPayment, startHostedPayment } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

function request() {
  return {
    checkoutId: shop.ctx.ids.next(),
    totalsVersion: 3,
    attempt: 1,
    amount: 4_200,
    currency: 'USD' as const,
    email: 'ada@example.com',
    customerId: null,
    successUrl: 'http://shop.test/checkout/return?session_id={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://shop.test/checkout/payment',
  };
}

test('a page without scripts holds the very sum for the checkout, and nothing is taken before its order', async () => {
  const asked = request();
  const { sessionId, url } = await startHostedPayment(shop.ctx, asked);
  expect(await readHostedPayment(shop.ctx, sessionId)).toEqual({
    sessionId,
    status: 'open',
    intent: null,
    url,
  });
  const back = await payOnHostedPage(url, testCards.success);
  expect(back).toBe(`http://shop.test/checkout/return?session_id=${sessionId}`);
  const paid = await readHostedPayment(shop.ctx, sessionId);
  expect(paid).toMatchObject({
    status: 'complete',
    url: null,
    intent: {
      status: 'authorised',
      checkoutId: asked.checkoutId,
      totalsVersion: 3,
      amount: 4_200,
      currency: 'USD',
      detail: { type: 'card', last4: '4242' },
    },
  });
  expect(await captureIntent(shop.ctx, paid.intent?.intentId ?? '')).toMatchObject({ status: 'captured' });
});

test('opened twice at once it is one page; the next attempt is another', async () => {
  const asked = request();
  const pages = await Promise.all(Array.from({ length: 8 }, () => startHostedPayment(shop.ctx, asked)));
  expect(new Set(pages.map(({ sessionId }) => sessionId)).size).toBe(1);
  const next = await startHostedPayment(shop.ctx, { ...asked, attempt: 2 });
  expect(next.sessionId).not.toBe(pages[0]?.sessionId);
});

test('a page that is closed takes no money; one that was paid on stays paid', async () => {
  const closed = await startHostedPayment(shop.ctx, request());
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => expireHostedPayment(shop.ctx, closed.sessionId)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['expired']));
  await expect(payOnHostedPage(closed.url, testCards.success)).rejects.toThrow();

  const paid = await startHostedPayment(shop.ctx, request());
  await payOnHostedPage(paid.url, testCards.success);
  expect(await expireHostedPayment(shop.ctx, paid.sessionId)).toMatchObject({
    status: 'complete',
    intent: { status: 'authorised' },
  });
});

test('an unknown page is told as such', async () => {
  await expect(readHostedPayment(shop.ctx, 'cs_test_unknown')).rejects.toMatchObject({ code: 'not_found' });
});
