import { aCard } from '@souk/domain/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createReviewer } from './accessibility.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import {
  addToCart,
  choosePayment,
  enterCard,
  fillCart,
  findProduct,
  orderNumber,
  placeOrder,
  walkToPayment,
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

const LONG = 300_000;

test('axe finds nothing on the pages of the shop, and none is wider than a phone', {
  timeout: LONG,
}, async () => {
  const { page, found, look, visit } = await createReviewer(browser, shop);
  await visit('/', '/search?q=mug', '/search?q=zzzzqqqq', '/cart', '/nowhere', '/orders', '/dev/mailbox');
  await visit('/help/delivery', '/help/terms', '/help/returns', '/help/privacy', '/help/contact');
  await findProduct(page, shop.shopUrl);
  await look();
  await page.goBack();
  await look();
  await page.goForward();
  await addToCart(page, shop.shopUrl);
  await look();
  await page.context().close();
  expect(found).toEqual([]);
});

test('nor on the way from the cart to the order, and to paying it by a link', { timeout: LONG }, async () => {
  const { page, found, look, visit } = await createReviewer(browser, shop);
  await fillCart(page, shop);
  await visit('/checkout/address');
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.getByRole('alert').first().waitFor();
  await look();
  await page.reload();
  await walkToPayment(page);
  await visit('/checkout/address', '/checkout/shipping', '/checkout/payment');
  await enterCard(page, aCard('threeDSecure'), { scripts: true });
  await look();
  await placeOrder(page);
  await page.getByRole('button', { name: 'Complete authentication' }).waitFor();
  await visit('/checkout/processing', '/checkout/payment');
  await choosePayment(page, 'pay_link');
  await placeOrder(page);
  await orderNumber(page);
  await look();
  await page.getByRole('link', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: 'Go on to pay' }).waitFor();
  await look();
  await page.context().close();
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
