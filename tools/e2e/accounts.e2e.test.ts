import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createAccount, linkIn, logIn, mailTo, PASSWORD, sessionOf } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

const path = (page: Page) => new URL(page.url()).pathname;
const send = (page: Page) => page.locator('main form button[type="submit"]').first().click();

describe.each([
  { scripts: true, viewport: 'desktop' },
  { scripts: false, viewport: 'phone' },
] as const)('with scripts: $scripts, on a $viewport', ({ scripts, viewport }) => {
  const email = `grace.${scripts ? 'on' : 'off'}@example.com`;

  async function visit(to: string): Promise<Page> {
    const context = await newVisitor(browser, { scripts, viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(new URL(to, shop.shopUrl).href);
    return page;
  }

  test('somebody registers, confirms by mail, and is where they wanted to go', async () => {
    const page = await visit('/account/addresses');
    expect(path(page)).toBe('/login');
    await page
      .locator('main')
      .getByRole('link', { name: /create an account|register/i })
      .first()
      .click();
    await page.waitForURL('**/register**');
    await page.locator('input[name="name"]').fill('Grace Hopper');
    await page.locator('input[name="email"]').fill(email);
    await page.locator('input[name="password"]').fill('short');
    await send(page);
    await page.getByRole('alert').first().waitFor();
    await page.locator('input[name="password"]').fill(PASSWORD);
    await send(page);
    await page
      .getByText(/look at your mail|check your mail|sent/i)
      .first()
      .waitFor();
    expect(await sessionOf(page.context(), shop)).toBeUndefined();

    await page.goto(linkIn(await mailTo(shop, email, /^Confirm your e-mail/), '/verify-email/'));
    await page.locator('input[name="password"]').fill(PASSWORD);
    await send(page);
    await page.waitForURL('**/account/addresses');
    expect(await sessionOf(page.context(), shop)).toBeDefined();
    await page.context().close();
  });

  test('registering again says the same, and the mail tells its owner', async () => {
    const page = await visit('/register');
    await page.locator('input[name="name"]').fill('Somebody');
    await page.locator('input[name="email"]').fill(email.toUpperCase());
    await page.locator('input[name="password"]').fill(PASSWORD);
    await send(page);
    await page
      .getByText(/look at your mail|check your mail|sent/i)
      .first()
      .waitFor();
    await mailTo(shop, email, /^You already have an account/);
    await page.context().close();
  });

  test('a wrong password and an unknown address are told the same', async () => {
    const said: (string | null)[] = [];
    for (const who of [email, 'nobody@example.com']) {
      const page = await visit('/login');
      await page.locator('input[name="email"]').fill(who);
      await page.locator('input[name="password"]').fill('not the password');
      await send(page);
      const alert = page.getByRole('alert').first();
      await alert.waitFor();
      said.push(await alert.textContent());
      expect(await page.locator('input[name="email"]').inputValue()).toBe(who);
      if (!scripts) expect(await page.locator('input[name="password"]').inputValue()).toBe('');
      await page.context().close();
    }
    expect(said[0]).toBe(said[1]);
  });

  test('who has forgotten the password sets a new one, and other devices are logged out', async () => {
    const other = await visit('/');
    await logIn(other, shop, email);
    const page = await visit('/login');
    await page.getByRole('link', { name: /forgot/i }).click();
    // The field of the log-in has the same name, and the address changes before the page does.
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.locator('input[name="email"]').fill(email);
    await send(page);
    await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();
    const link = linkIn(await mailTo(shop, email, /^Choose a new password/), '/reset-password/');
    await page.goto(link);
    const fresh = 'another quiet morning';
    await page.locator('input[name="password"]').fill(fresh);
    await send(page);
    await page.waitForURL('**/login**');
    await other.reload();
    expect(path(other)).toBe('/login');
    await logIn(page, shop, email, fresh);
    await page.goto(link);
    expect(await page.locator('input[name="password"]').count()).toBe(0);
    await mailTo(shop, email, /password .* was changed/);
    await page.context().close();
    await other.context().close();
  });

  test('sees where they are logged in, and logs another device out', async () => {
    const owner = `devices.${scripts}@example.com`;
    await createAccount(shop, owner);
    const one = await visit('/');
    await logIn(one, shop, owner);
    const two = await visit('/');
    await logIn(two, shop, owner);
    await one.goto(new URL('/account/sessions', shop.shopUrl).href);
    expect(await one.locator('main li').filter({ hasText: 'Last seen' }).count()).toBe(2);
    await one
      .getByRole('button', { name: /^Log out\b.*Chrome/ })
      .first()
      .click();
    await one.locator('main li').filter({ hasText: 'Last seen' }).nth(1).waitFor({ state: 'detached' });
    await two.goto(new URL('/account', shop.shopUrl).href);
    expect(path(two)).toBe('/login');
    await one.goto(new URL('/account', shop.shopUrl).href);
    await one.getByRole('button', { name: 'Log out' }).locator('visible=true').first().click();
    await one.waitForURL((url) => url.pathname !== '/account');
    expect(await sessionOf(one.context(), shop)).toBeUndefined();
    await one.context().close();
    await two.context().close();
  });

  test('changes the password, and takes it back by the mail about it', async () => {
    const owner = `password.${scripts}@example.com`;
    await createAccount(shop, owner);
    const page = await visit('/');
    await logIn(page, shop, owner);
    const before = await sessionOf(page.context(), shop);
    await page.goto(new URL('/account/security', shop.shopUrl).href);
    await page.locator('input[name="currentPassword"]').fill(PASSWORD);
    await page.locator('input[name="newPassword"]').fill('a louder market evening');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    const after = await sessionOf(page.context(), shop);
    expect(after).toBeDefined();
    expect(after).not.toBe(before);

    await page.goto(linkIn(await mailTo(shop, owner, /password .* was changed/), '/undo/'));
    await send(page);
    await page.getByText('Your account is safe').waitFor();
    await page.goto(new URL('/account', shop.shopUrl).href);
    expect(path(page)).toBe('/login');
    await mailTo(shop, owner, /^Choose a new password/);
    await page.context().close();
  });

  test('moves to another address once both addresses have confirmed it', async () => {
    const [from, to] = [`from.${scripts}@example.com`, `to.${scripts}@example.com`];
    await createAccount(shop, from);
    const page = await visit('/');
    await logIn(page, shop, from);
    await page.goto(new URL('/account/security', shop.shopUrl).href);
    await page.locator('input[name="email"]').fill(to);
    await page.getByRole('button', { name: 'Change e-mail' }).click();
    await page.getByText('Look in your mail').waitFor();
    const approve = linkIn(await mailTo(shop, from, /^Approve your new e-mail/), '/confirm-email/');
    const verify = linkIn(await mailTo(shop, to, /^Confirm your new e-mail/), '/confirm-email/');
    await page.goto(verify);
    await send(page);
    await page.getByText('Thank you, that is yours').waitFor();
    await page.goto(new URL('/account', shop.shopUrl).href);
    await page.getByText(from).first().waitFor();
    await page.goto(approve);
    await send(page);
    await page.getByText('Your e-mail has changed').waitFor();
    await page.goto(new URL('/account', shop.shopUrl).href);
    await page.getByText(to).first().waitFor();
    await mailTo(shop, from, /e-mail address .* was changed/);
    const elsewhere = await visit('/');
    await logIn(elsewhere, shop, to);
    await elsewhere.context().close();
    await page.context().close();
  });
});
