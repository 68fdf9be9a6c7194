import { aCard } from '@souk/domain/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import {
  addToCart,
  enterCard,
  findProduct,
  orderNumber,
  pay,
  placeOrder,
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

test.each([
  { viewport: 'phone', colourScheme: 'light' },
  { viewport: 'phone', colourScheme: 'dark' },
  { viewport: 'desktop', colourScheme: 'light' },
  { viewport: 'desktop', colourScheme: 'dark' },
] as const)('axe finds nothing on any page: $viewport, $colourScheme', async (visitor) => {
  const context = await newVisitor(browser, visitor);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const found: string[] = [];
  const look = async () => {
    found.push(...(await faults(page)));
  };
  const visit = async (path: string) => {
    await page.goto(new URL(path, shop.shopUrl).href);
    await look();
  };
  for (const path of [
    '/',
    '/search?q=mug',
    '/search?q=zzzzqqqq',
    '/cart',
    '/nowhere',
    '/help/delivery',
    '/dev/mailbox',
  ]) {
    await visit(path);
  }
  await findProduct(page, shop.shopUrl);
  await look();
  await page.goBack();
  await look();
  await page.goForward();
  await addToCart(page, shop.shopUrl);
  await look();
  await visit('/checkout/address');
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.getByRole('alert').first().waitFor();
  await look();
  await page.goto(new URL('/cart', shop.shopUrl).href);
  await reachPayment(page);
  for (const path of ['/checkout/address', '/checkout/shipping', '/checkout/payment']) await visit(path);
  await enterCard(page, aCard('threeDSecure'), { scripts: true });
  await look();
  await placeOrder(page);
  await page.getByRole('button', { name: 'Complete authentication' }).waitFor();
  await visit('/checkout/processing');
  await page.goto(new URL('/checkout/payment', shop.shopUrl).href);
  await pay(page, aCard(), { scripts: true });
  await orderNumber(page);
  await look();
  await context.close();
  expect(found).toEqual([]);
});

test('the whole way to the cart can be walked by keyboard', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await page.goto(shop.shopUrl);
  await page.keyboard.press('Tab');
  const first = page.locator(':focus');
  expect(await first.textContent()).toMatch(/skip/i);
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement?.closest("main") !== null')).toBe(true);
  await findProduct(page, shop.shopUrl);
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').textContent()) === 'Add to cart') break;
  }
  await page.keyboard.press('Enter');
  await page.getByText('In your cart').first().waitFor();
  await context.close();
});
