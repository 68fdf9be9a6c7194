import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createReviewer } from './accessibility.ts';
import { createAccount, linkIn, logIn, mailTo, sessionOf } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';

const email = 'axe@example.com';
let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  await createAccount(shop, email);
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

const beforeLogin = [
  '/login',
  '/login?again=1&returnTo=/account',
  '/register',
  '/forgot-password',
  '/reset-password/none',
  '/verify-email/none',
  '/confirm-email/none',
  '/undo/none',
  '/dev/mails',
];
const afterLogin = [
  '/account',
  '/account/profile',
  '/account/security',
  '/account/security/totp',
  '/account/security/passkeys',
  '/account/sessions',
  '/account/addresses',
  '/account/addresses/new?country=JP',
  '/account/orders',
  '/account/payment-methods',
  '/account/wishlists',
  '/account/privacy',
];

const LONG = 300_000;

test('axe finds nothing on the doors of accounts, and none is wider than a phone', {
  timeout: LONG,
}, async () => {
  const { page, found, look, visit } = await createReviewer(browser, shop);
  await visit(...beforeLogin);
  for (const path of ['/login', '/register']) {
    await page.goto(new URL(path, shop.shopUrl).href);
    await page.locator('main form button[type="submit"]').first().click();
    await page.getByRole('alert').first().waitFor();
    await look();
  }
  await page.context().close();
  expect(found).toEqual([]);
});

test('nor on the pages behind them', { timeout: LONG }, async () => {
  const { page, found, visit } = await createReviewer(browser, shop);
  await logIn(page, shop, email);
  await visit(...afterLogin);
  await page.context().close();
  expect(found).toEqual([]);
});

test('a keyboard is enough to log in, and the summary of mistakes takes the focus', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(new URL('/login', shop.shopUrl).href);
  await page.locator('input[name="email"]').focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').first().waitFor();
  await page.locator('[role="alert"]:focus').waitFor();
  expect(await sessionOf(context, shop)).toBeUndefined();
  await context.close();
});

test('forms tell password managers what they are for', async () => {
  const context = await newVisitor(browser, { scripts: false });
  const page = await context.newPage();
  const completesOf = async (path: string) => {
    await page.goto(new URL(path, shop.shopUrl).href);
    const inputs = await page.locator('main form input[autocomplete]').all();
    return Promise.all(inputs.map((input) => input.getAttribute('autocomplete')));
  };
  const login = await completesOf('/login');
  expect(login.some((value) => value?.includes('username'))).toBe(true);
  expect(login).toContain('current-password');
  const register = await completesOf('/register');
  expect(register).toEqual(expect.arrayContaining(['name', 'new-password']));
  await context.request.post(new URL('/forgot-password', shop.shopUrl).href, {
    form: { email },
    headers: { origin: new URL(shop.shopUrl).origin },
  });
  const reset = linkIn(await mailTo(shop, email, /^Choose a new password/), '/reset-password/');
  expect(await completesOf(new URL(reset).pathname)).toEqual(
    expect.arrayContaining(['username', 'new-password']),
  );
  await context.close();
});
