import { aCard } from '@souk/domain/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import {
  addToCart,
  fillAddress,
  findProduct,
  orderNumber,
  pay,
  payAfterRefusal,
  reachPayment,
} from './page-shopper.ts';

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

describe.each([
  { scripts: true, viewport: 'desktop' },
  { scripts: false, viewport: 'phone' },
] as const)('with scripts: $scripts, on a $viewport', (visitor) => {
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  beforeEach(async () => {
    problems.length = 0;
    context = await newVisitor(browser, visitor);
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
  });
  afterEach(() => context.close());

  test('from the home page to a paid order, its mail, and back to it by the link', async () => {
    await findProduct(page, shop.shopUrl);
    const title = (await page.getByRole('heading', { level: 1 }).textContent())?.trim() ?? '';
    await addToCart(page, shop.shopUrl);
    await page.getByRole('link', { name: title }).first().waitFor();
    await reachPayment(page);
    await pay(page, aCard(), visitor);
    const number = await orderNumber(page);
    await page.getByText(title).first().waitFor();

    await page.goto(new URL('/cart', shop.shopUrl).href);
    await page.getByRole('heading', { name: 'Nothing in here yet.' }).waitFor();

    const mail = page.getByRole('link', { name: `Your order ${number} at Souk` });
    for (let tries = 0; tries < 40 && (await mail.count()) === 0; tries += 1) {
      await page.waitForTimeout(500);
      await page.goto(new URL('/dev/mailbox', shop.shopUrl).href);
    }
    await mail.click();
    const stranger = await (await newVisitor(browser, visitor)).newPage();
    const link = (await mailText(number)).match(/https?:\S+token=\S+/)?.[0] ?? '';
    await stranger.goto(link);
    await stranger.getByText(number).first().waitFor();
    await stranger.goto(link.replace(/token=./, 'token=_'));
    expect(await stranger.getByText(number).count()).toBe(0);
    await stranger.context().close();
    expect(problems).toEqual([]);
  });

  test('a declined card says why and what to do; another one then pays', async () => {
    await findProduct(page, shop.shopUrl);
    await addToCart(page, shop.shopUrl);
    await reachPayment(page);
    await pay(page, aCard('declined'), visitor);
    await payAfterRefusal(page, aCard(), /declined/i, visitor);
    await orderNumber(page);
  });

  test('3-D Secure: refused by the bank, then proven', async () => {
    await findProduct(page, shop.shopUrl);
    await addToCart(page, shop.shopUrl);
    await reachPayment(page);
    await pay(page, aCard('threeDSecure'), visitor);
    await page.getByRole('button', { name: 'Fail authentication' }).click();
    await payAfterRefusal(page, aCard('threeDSecure'), /confirm|authenticat/i, visitor);
    await page.getByRole('button', { name: 'Complete authentication' }).click();
    await orderNumber(page);
  });

  test('who comes back from the bank without an answer may pay another way', async () => {
    await findProduct(page, shop.shopUrl);
    await addToCart(page, shop.shopUrl);
    await reachPayment(page);
    await pay(page, aCard('threeDSecure'), visitor);
    await page.getByRole('button', { name: 'Complete authentication' }).waitFor();
    await page.goto(new URL('/checkout/review', shop.shopUrl).href);
    await page.getByRole('heading', { name: 'Your bank still waits for you.' }).waitFor();
    const bank = await page.getByRole('link', { name: 'Go on to your bank' }).getAttribute('href');
    expect(bank).toContain(visitor.scripts ? '/3ds/' : '/c/pay/');
    await page.getByRole('link', { name: 'Pay another way' }).click();
    await page.waitForURL('**/checkout/payment');
    await pay(page, aCard(), visitor);
    await orderNumber(page);
  });

  test('a form with mistakes keeps what was typed and says what is wrong, at the field and at the top', async () => {
    await findProduct(page, shop.shopUrl);
    await addToCart(page, shop.shopUrl);
    await page.getByRole('link', { name: 'Check out' }).click();
    await page.waitForURL('**/checkout/address');
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
    await page.goto(new URL('/search', shop.shopUrl).href);
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

const mailbox = z.object({ messages: z.array(z.object({ id: z.string(), subject: z.string() })) });

async function mailText(number: string): Promise<string> {
  const { messages } = mailbox.parse(await (await fetch(`${shop.mailboxUrl}/messages`)).json());
  const found = messages.find((mail) => mail.subject.includes(number));
  const mail = await fetch(`${shop.mailboxUrl}/messages/${found?.id}`);
  return z.object({ text: z.string() }).parse(await mail.json()).text;
}
