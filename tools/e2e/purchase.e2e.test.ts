import { aCard } from '@souk/domain/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { linkIn, mailTo } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { type Inside, lookInside, stockUpMugs } from './inside.ts';
import {
  addToCart,
  choosePayment,
  enterCard,
  fillAddress,
  fillCart,
  findProduct,
  orderNumber,
  pay,
  placeOrder,
  reachPayment,
  walkToPayment,
} from './page-shopper.ts';

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

const at = (path: string) => new URL(path, shop.shopUrl).href;

const sandboxState = z.object({ payment_intents_by_status: z.record(z.string(), z.number()) });

/** What somebody has bought, and how many payments there are of all together. */
async function bought(email: string) {
  const { db } = inside.ctx;
  const orders = await db.selectFrom('orders').select('number').where('email', '=', email).execute();
  const state = await (await fetch(new URL('/sandbox/state', shop.sandboxUrl))).json();
  const { requires_capture: held = 0, succeeded = 0 } = sandboxState.parse(state).payment_intents_by_status;
  return { numbers: orders.map(({ number }) => number), payments: held + succeeded };
}

describe.each([
  { scripts: true, viewport: 'desktop' },
  { scripts: false, viewport: 'phone' },
] as const)('with scripts: $scripts, on a $viewport', (visitor) => {
  let context: BrowserContext;
  let page: Page;
  let email: string;
  const problems: string[] = [];
  const open = async (from: BrowserContext) => {
    const opened = await from.newPage();
    opened.setDefaultTimeout(30_000);
    opened.on('pageerror', (error) => problems.push(error.message));
    opened.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    return opened;
  };
  beforeEach(async () => {
    problems.length = 0;
    email = `buyer-${buyers++}@example.com`;
    context = await newVisitor(browser, visitor);
    page = await open(context);
  });
  afterEach(() => context.close());

  test('from the home page to a paid order, its mail, and back to it by the link', async () => {
    await findProduct(page, shop.shopUrl);
    const title = (await page.getByRole('heading', { level: 1 }).textContent())?.trim() ?? '';
    await addToCart(page, shop.shopUrl);
    await page.getByRole('link', { name: title }).first().waitFor();
    await reachPayment(page, { address: { email } });
    await pay(page, aCard(), visitor);
    const number = await orderNumber(page);
    await page.getByText(title).first().waitFor();

    await page.goto(at('/cart'));
    await page.getByRole('heading', { name: 'Nothing in here yet.' }).waitFor();

    const link = linkIn(await mailTo(shop, email, new RegExp(`^Your order ${number}`)), `/orders/${number}`);
    const stranger = await newVisitor(browser, visitor);
    const theirs = await open(stranger);
    await theirs.goto(link);
    await theirs.getByText('12 Analytical Way').first().waitFor();
    expect(problems).toEqual([]);
    const forged = link.replace(/token=(.)/, (_, first) => `token=${first === 'A' ? 'B' : 'A'}`);
    for (const address of [forged, at(`/orders/${number}`)]) {
      await theirs.goto(address);
      expect(await theirs.getByText(/Analytical Way|Thank you/).count()).toBe(0);
    }
    await stranger.close();
  });

  /** From a mug in the cart to the review, by a way to pay for which it is the last step: a card with scripts, a transfer without. */
  const reachReview = async () => {
    await fillCart(page, shop);
    await page.goto(at('/checkout'));
    await walkToPayment(page, { address: { email } });
    if (visitor.scripts) await enterCard(page, aCard(), visitor);
    else await choosePayment(page, 'bank_transfer');
  };
  const payments = visitor.scripts ? 1 : 0;

  test('a double click on the button is one order, and one payment', async () => {
    const before = await bought(email);
    await reachReview();
    await page.locator('[name="terms"]').check();
    await page.getByRole('button', { name: /^Place order/ }).dblclick();
    const number = await orderNumber(page);
    expect(await bought(email)).toEqual({ numbers: [number], payments: before.payments + payments });
  });

  test('the same checkout placed in two tabs at once, and later in a third, is one order', async () => {
    const before = await bought(email);
    await reachReview();
    const [second, late] = [await open(context), await open(context)];
    for (const tab of [second, late]) await tab.goto(at('/checkout/review'));
    await Promise.all([placeOrder(page), placeOrder(second)]);
    const number = await orderNumber(page);
    expect(await orderNumber(second)).toBe(number);
    await placeOrder(late);
    expect(await orderNumber(late)).toBe(number);
    expect(await bought(email)).toEqual({ numbers: [number], payments: before.payments + payments });
  });

  test('Back after paying leads to nothing that could be paid again', async () => {
    const before = await bought(email);
    await reachReview();
    await placeOrder(page);
    const number = await orderNumber(page);
    await page.goBack();
    await page.getByRole('button', { name: /^Place order/ }).waitFor({ state: 'detached' });
    for (const step of ['address', 'shipping', 'payment', 'review']) {
      await page.goto(at(`/checkout/${step}`));
      expect(await page.getByRole('button', { name: /^Place order|^Continue|^Check your/ }).count()).toBe(0);
    }
    expect(await bought(email)).toEqual({ numbers: [number], payments: before.payments + payments });
  });

  test('each step may be loaded anew, and keeps what was entered', async () => {
    await fillCart(page, shop);
    await page.goto(at('/checkout/address'));
    await page.reload();
    await walkToPayment(page, { address: { email }, delivery: /Express/ });
    await page.reload();
    await page.goto(at('/checkout/address'));
    expect(await page.locator('[name="email"]').inputValue()).toBe(email);
    expect(await page.locator('[name="shippingAddress.city"]').inputValue()).toBe('Oakland');
    await page.goto(at('/checkout/shipping'));
    await page.reload();
    expect(await page.getByRole('radio', { name: /Express/ }).isChecked()).toBe(true);
    await page.goto(at('/checkout/payment'));
    await choosePayment(page, 'bank_transfer');
    await page.reload();
    await page.getByText('Bank transfer').first().waitFor();
    await placeOrder(page);
    const number = await orderNumber(page);
    await page.reload();
    expect(await orderNumber(page)).toBe(number);
    expect((await bought(email)).numbers).toEqual([number]);
  });

  test('a browser that is closed in the middle goes on where it was', async () => {
    await reachReview();
    const { cookies } = await context.storageState();
    await context.close();
    context = await newVisitor(browser, visitor);
    // those without a date are forgotten with the browser
    await context.addCookies(cookies.filter(({ expires }) => expires !== -1));
    page = await open(context);
    await page.goto(at('/checkout'));
    await page.waitForURL('**/checkout/review');
    await page.getByText(email).first().waitFor();
    await placeOrder(page);
    const number = await orderNumber(page);
    expect((await bought(email)).numbers).toEqual([number]);
  });

  test('who comes back from the bank without an answer may pay another way', async () => {
    await fillCart(page, shop);
    await page.goto(at('/checkout'));
    await walkToPayment(page, { address: { email } });
    await pay(page, aCard('threeDSecure'), visitor);
    await page.getByRole('button', { name: 'Complete authentication' }).waitFor();
    await page.goto(at('/checkout/review'));
    await page.getByRole('heading', { name: 'Your bank still waits for you.' }).waitFor();
    const bank = await page.getByRole('link', { name: 'Go on to your bank' }).getAttribute('href');
    expect(bank).toContain(visitor.scripts ? '/3ds/' : '/c/pay/');
    await page.getByRole('link', { name: 'Pay another way' }).click();
    await page.waitForURL('**/checkout/payment');
    await pay(page, aCard(), visitor);
    await orderNumber(page);
  });

  test('a form with mistakes keeps what was typed and says what is wrong, at the field and at the top', async () => {
    await fillCart(page, shop);
    await page.goto(at('/checkout/address'));
    await fillAddress(page, { postcode: '12' });
    await page.locator('[name="email"]').fill('not an address');
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.getByRole('alert').first().waitFor();
    for (const name of ['email', 'shippingAddress.postcode']) {
      const field = page.locator(`[name="${name}"][aria-invalid="true"]`);
      await field.waitFor();
      const note = await field.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${note?.split(' ').at(-1)}"]`).textContent()).toMatch(/\w{3}/);
    }
    expect(await page.locator('[name="shippingAddress.city"]').inputValue()).toBe('Oakland');
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.waitForURL('**/checkout/shipping');
  });

  test('searching forgives a typing error, and keeps what is looked for in the URL', async () => {
    await page.goto(shop.shopUrl);
    const search = page.getByRole('searchbox').first();
    await search.fill('candel');
    await search.press('Enter');
    await page.waitForURL('**/search?*q=candel*');
    expect(await page.locator('main a[href^="/p/"]').count()).toBeGreaterThan(0);
  });

  test('two brands chosen show the products of both: as many as the filter said', async () => {
    await page.goto(at('/search'));
    let expected = 0;
    for (const index of [0, 1]) {
      if (visitor.viewport === 'phone')
        await page.locator('main summary', { hasText: 'Filter' }).first().click();
      const boxes = page.locator('input[name="brand"]:visible');
      const unchosen = boxes.and(page.locator(':not(:checked)')).first();
      const label = page.locator(`label[for="${await unchosen.getAttribute('id')}"]`);
      expected += Number(await label.locator('span').last().textContent());
      await unchosen.check();
      if (!visitor.scripts) await page.locator('button:visible', { hasText: 'Show products' }).click();
      const chosen = index + 1;
      await page.waitForURL((url) => url.searchParams.getAll('brand').length === chosen);
    }
    await page
      .getByText(new RegExp(`\\b${expected} products`))
      .first()
      .waitFor();
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.getAll('brand').length === 1);
  });
});
