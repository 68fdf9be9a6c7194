import { readFile } from 'node:fs/promises';
import { createDomain, type Domain } from '@souk/domain/app';
import { createLogger, loadDomainConfig } from '@souk/domain/kernel';
import { signUp } from '@souk/domain/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { findProduct } from './page-shopper.ts';

let shop: Shop;
let browser: Browser;
let domain: Domain;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  domain = createDomain(loadDomainConfig(shop.env), {
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
});
afterAll(async () => {
  await domain?.close();
  await browser?.close();
  await shop?.stop();
});

/** Logs the browser in, as the log-in's pages would. */
async function logIn(context: BrowserContext, name = 'Ada Lovelace'): Promise<void> {
  const { token } = await signUp(domain.context(), { name });
  await context.addCookies([{ name: 'souk_session', value: token, url: shop.shopUrl, httpOnly: true }]);
}

const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

const at = (path: string) => new URL(path, shop.shopUrl).href;

describe.each([
  { scripts: true, viewport: 'phone' },
  { scripts: false, viewport: 'desktop' },
] as const)('scripts: $scripts', ({ scripts, viewport }) => {
  test('a wish is kept over the log-in, lists are shared, and their things bought', async () => {
    const context = await newVisitor(browser, { scripts, viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await findProduct(page, shop.shopUrl);
    const title = (await page.locator('h1').textContent()) ?? '';
    await page.getByRole('button', { name: 'Save to wishlist' }).click();
    await page.waitForURL('**/login?returnTo=*');
    const returnTo = new URL(page.url()).searchParams.get('returnTo') ?? '';
    await logIn(context);
    await page.goto(at(returnTo));
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByRole('button', { name: 'Save it' }).click();
    await page.waitForURL(/\/account\/wishlists\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: title }).first().waitFor();

    await page.goto(at('/account/wishlists'));
    await page.getByLabel('Name').fill('Gifts');
    await page.getByRole('button', { name: 'Make the list' }).click();
    await page.getByRole('heading', { name: 'Gifts', level: 1 }).waitFor();
    await page.goto(at('/account/wishlists'));
    await page.getByLabel('Name').fill('gifts');
    await page.getByRole('button', { name: 'Make the list' }).click();
    await page.getByText('You have one of this name already').waitFor();
    await page.getByRole('link', { name: 'Wishlist', exact: true }).click();
    await page.getByLabel('Another list for').selectOption({ label: 'Gifts' });
    await page.getByRole('button', { name: /^Move .* to that list$/ }).click();
    await page.getByText('This list is empty').waitFor();
    await page.goto(at('/account/wishlists'));
    await page.getByRole('link', { name: 'Gifts' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByLabel('Link to this list').inputValue();

    const friend = await newVisitor(browser, { scripts, viewport });
    const shared = await friend.newPage();
    const answer = await shared.goto(at(new URL(link).pathname));
    expect(answer?.headers()).toMatchObject({ 'x-robots-tag': 'noindex', 'referrer-policy': 'same-origin' });
    await shared.getByText('Ada shares a wishlist').waitFor();
    expect(await shared.content()).not.toContain('Lovelace');
    await shared.getByRole('button', { name: 'Add all that is available' }).click();
    await shared.waitForURL('**/cart');
    await shared.getByRole('link', { name: title }).first().waitFor();

    await page.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByRole('button', { name: 'Make a link' }).waitFor();
    expect((await shared.goto(at(new URL(link).pathname)))?.status()).toBe(404);
    await page.getByRole('button', { name: 'Move to cart' }).click();
    await page.waitForURL('**/cart');
    await page.getByRole('link', { name: title }).first().waitFor();
    await Promise.all([friend.close(), context.close()]);
  });

  test('what was viewed before stands quietly on the next product page', async () => {
    for (const isCustomer of [false, true]) {
      // a browser that calls itself headless counts as a robot
      const context = await browser.newContext({ javaScriptEnabled: scripts, userAgent });
      if (isCustomer) await logIn(context);
      const page = await context.newPage();
      await findProduct(page, shop.shopUrl);
      const first = new URL(page.url()).pathname;
      // scripts tell of the view beside the page: a guest's cookie must be there before the next page is asked for
      const noted = scripts
        ? page.waitForResponse((response) => response.url().endsWith('/recently-viewed'))
        : undefined;
      await page.locator('section[aria-labelledby=related] a[href^="/p/"]').first().click();
      await page.waitForURL((url) => url.pathname !== first);
      await noted;
      const row = page.locator('section[aria-labelledby=recently-viewed]');
      await row.locator(`a[href="${first}"]`).waitFor();
      const second = new URL(page.url()).pathname;
      await expect
        .poll(async () => {
          await page.goto(at(first));
          return row.locator(`a[href="${second}"]`).count();
        })
        .toBe(1);
      expect(await row.locator(`a[href="${first}"]`).count()).toBe(0);
      await context.close();
    }
  });

  test('somebody takes a copy of their data and deletes the account', async () => {
    const context = await newVisitor(browser, { scripts, viewport });
    await logIn(context, 'Grace Hopper');
    const page = await context.newPage();
    await page.goto(at('/account/privacy'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d[.]json$/);
    const copy: unknown = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(copy).toMatchObject({
      format: 'souk-personal-data',
      version: 1,
      account: { name: 'Grace Hopper' },
    });
    await page.getByLabel('Type DELETE to confirm').fill('no');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('alert').getByText('Type DELETE to confirm').waitFor();
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.waitForURL('**/goodbye');
    await page.goto(at('/account'));
    await page.waitForURL('**/login?*');
    await context.close();
  });
});

test('prefetching and robots leave no trace', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await findProduct(page, shop.shopUrl);
  const url = page.url();
  const cookiesOf = async (headers: Record<string, string>) =>
    (await fetch(url, { headers: { accept: 'text/html', ...headers } })).headers.getSetCookie();
  const agent = { 'user-agent': userAgent };
  expect(await cookiesOf(agent)).toMatchObject([
    expect.stringMatching(/^souk_viewed=[a-z0-9-]+; .*HttpOnly/),
  ]);
  expect(await cookiesOf({ ...agent, 'sec-purpose': 'prefetch' })).toEqual([]);
  expect(await cookiesOf({ 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })).toEqual([]);
  const bent = await cookiesOf({ ...agent, cookie: 'souk_viewed=A.b_c..x-y.<script>' });
  expect(bent[0]).not.toMatch(/script|b_c/);
  await context.close();
});

test.each([
  { viewport: 'phone', colourScheme: 'dark' },
  { viewport: 'desktop', colourScheme: 'light' },
] as const)('axe finds nothing: $viewport, $colourScheme', async (visitor) => {
  const context = await newVisitor(browser, visitor);
  await logIn(context);
  const page = await context.newPage();
  const found: string[] = [];
  await findProduct(page, shop.shopUrl);
  await page.getByRole('button', { name: 'Save to wishlist' }).click();
  await page.getByText('Saved to your list:').waitFor();
  found.push(...(await faults(page)));
  await page.getByRole('link', { name: 'View list' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('Link to this list').inputValue();
  found.push(...(await faults(page)));
  for (const path of ['/account/wishlists', '/account/privacy', new URL(link).pathname, '/goodbye']) {
    await page.goto(at(path));
    found.push(...(await faults(page)));
  }
  await context.close();
  expect(found).toEqual([]);
});
