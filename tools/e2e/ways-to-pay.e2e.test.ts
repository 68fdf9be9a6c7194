import { aCard, signUp } from '@souk/domain/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { type Inside, lookInside, stockUpMugs } from './inside.ts';
import { fillCart, orderNumber, pay, walkToPayment } from './page-shopper.ts';
import { type OrderRow, orderOnce, waysToPay } from './ways-to-pay.ts';

let shop: Shop;
let browser: Browser;
let inside: Inside;
let buyers = 0;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  inside = lookInside(shop);
  await stockUpMugs(inside);
});
afterAll(async () => {
  await inside?.close();
  await browser?.close();
  await shop?.stop();
});

const checkout = () => new URL('/checkout', shop.shopUrl).href;

describe.each([
  { scripts: true, viewport: 'desktop', isKnown: false },
  { scripts: true, viewport: 'phone', isKnown: true },
  { scripts: false, viewport: 'phone', isKnown: false },
  { scripts: false, viewport: 'desktop', isKnown: true },
] as const)('with scripts: $scripts, known: $isKnown', ({ isKnown, ...visitor }) => {
  /** Somebody with a mug in the cart, who has an account if they are known. */
  async function arrive() {
    const context = await newVisitor(browser, visitor);
    const email = `buyer-${buyers++}@example.com`;
    const user = isKnown ? await signUp(inside.domain.context(), { email }) : null;
    if (user) {
      const session = { name: 'souk_session', value: user.token, httpOnly: true };
      await context.addCookies([{ ...session, url: shop.shopUrl }]);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await fillCart(page, shop);
    const { ctx } = inside;
    return { shop, ctx, browser, page, means: visitor, email, userId: user?.userId ?? null };
  }

  test.concurrent.each(Object.entries(waysToPay))('%s', async (_, way) => {
    const buyer = await arrive();
    const { ctx, page, email, userId } = buyer;
    await way.fill?.(buyer);
    await page.goto(checkout());
    await walkToPayment(page, { address: { ...way.address, email } });
    await way.pay(buyer);

    const number = await orderNumber(page);
    const expected: Partial<OrderRow> & Pick<OrderRow, 'payment_status'> = {
      ...{ email, user_id: userId, status: 'placed', payment_method: 'card', payment_status: 'paid' },
      ...{ currency: 'USD', prices_include_tax: false, subtotal_amount: 1_800, discount_amount: 0 },
      ...way.order,
    };
    const order = await orderOnce(ctx, number, expected.payment_status);
    expect(order).toMatchObject(expected);
    const { subtotal_amount: subtotal, discount_amount: discount, shipping_amount: shipping } = order;
    const tax = order.prices_include_tax ? 0 : order.tax_amount;
    expect(order.total_amount).toBe(subtotal - discount + shipping + tax);
    await way.after?.(buyer, order);
    const all = await ctx.db.selectFrom('orders').select('number').where('email', '=', email).execute();
    expect(all).toEqual([{ number }]);
    await page.context().close();
  });
});

test('something keeps the script of the payment service away: its page takes the card', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.route(/\/v3\/stripe\.js/, (route) => route.abort());
  await fillCart(page, shop);
  await page.goto(checkout());
  await walkToPayment(page);
  await page.getByText('The payment form did not load').waitFor();
  await pay(page, aCard(), { scripts: false });
  await orderOnce(inside.ctx, await orderNumber(page), 'paid');
  await context.close();
});
