import { createDomain, type Domain } from '@souk/domain/app';
import { insertUser, startSession } from '@souk/domain/identity';
import { createLogger, loadDomainConfig } from '@souk/domain/kernel';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { addToCart, findProduct } from './page-shopper.ts';

let shop: Shop;
let browser: Browser;
let domain: Domain;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  const config = loadDomainConfig({ ...shop.env, DATABASE_POOL_SIZE: '2' });
  domain = createDomain(config, { logger: createLogger({ name: 'test', level: 'silent' }) });
});
afterAll(async () => {
  await domain?.close();
  await browser?.close();
  await shop?.stop();
});

/** Gives a browser the session of somebody new. @returns their e-mail address */
async function logIn(context: BrowserContext): Promise<string> {
  const ctx = domain.context();
  const email = `${ctx.ids.next()}@example.com`;
  const { token } = await ctx.transaction(async (tx) => {
    const { id } = await insertUser(tx, { email, name: 'Ada Lovelace', passwordHash: null, locale: 'en' });
    return startSession(tx, { userId: id, kind: 'web' });
  });
  await context.addCookies([{ name: 'souk_session', value: token, url: shop.shopUrl }]);
  return email;
}

describe.each([
  { scripts: true, viewport: 'desktop', colourScheme: 'light' },
  { scripts: false, viewport: 'phone', colourScheme: 'light' },
  { scripts: true, viewport: 'phone', colourScheme: 'dark' },
] as const)('with scripts: $scripts, on a $viewport, $colourScheme', (visitor) => {
  let context: BrowserContext;
  let page: Page;
  let email: string;
  const problems: string[] = [];
  beforeEach(async () => {
    problems.length = 0;
    context = await newVisitor(browser, visitor);
    email = await logIn(context);
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(() => context.close());

  const open = (path: string) => page.goto(new URL(path, shop.shopUrl).href);
  const look = async () => {
    if (visitor.scripts) problems.push(...(await faults(page)));
  };
  const choose = async (country: string) => {
    await page.getByLabel('Country').selectOption(country);
    if (!visitor.scripts) await page.getByRole('button', { name: 'Show its fields' }).click();
    await page.waitForURL(`**?country=${country}`);
    // the address changes before the fields do
    await page.locator(`input[name="country"][value="${country}"]`).waitFor({ state: 'attached' });
  };

  test('an address book from its first address to its last', async () => {
    await open('/account/addresses');
    await look();
    await page.getByRole('link', { name: 'Add an address' }).click();
    await page.getByRole('heading', { name: 'Add an address' }).waitFor();

    await page.getByLabel('Full name').fill('Ada King');
    await choose('IN');
    await look();
    await page.getByLabel('PIN code').fill('12');
    if (visitor.scripts) expect(await page.getByLabel('Full name').inputValue()).toBe('Ada King');
    await page.getByRole('button', { name: 'Save address' }).click();
    await page.getByRole('link', { name: 'Enter a PIN code such as 110034' }).waitFor();
    await look();
    if (visitor.scripts) expect(await page.locator(':focus').getAttribute('role')).toBe('alert');
    expect(await page.getByLabel('PIN code').inputValue()).toBe('12');
    await page.getByLabel('Street and house number').fill('1 Lodhi Road');
    await page.getByLabel('Town or city').fill('New Delhi');
    await page.getByLabel('State').selectOption('Delhi');
    await page.getByLabel('PIN code').fill('110003');
    await page.getByRole('button', { name: 'Save address' }).click();
    await page.waitForURL('**/account/addresses');
    await page.getByText('New Delhi 110003').waitFor();
    await page.getByText('Default delivery').waitFor();
    await page.getByText('We do not deliver there yet.').waitFor();

    await page.getByRole('link', { name: 'Add an address' }).click();
    await choose('DE');
    await page.getByLabel('Street and house number').fill('Kantstr. 1');
    await page.getByLabel('Postcode').fill('10623');
    await page.getByLabel('Town or city').fill('Berlin');
    await page.getByRole('button', { name: 'Save address' }).click();
    await page.getByText('10623 Berlin').waitFor();
    await look();
    await page.getByRole('button', { name: /^Deliver here by default.*Kantstr/ }).click();
    await page.getByRole('listitem').filter({ hasText: 'Berlin' }).getByText('Default delivery').waitFor();

    await page.getByRole('link', { name: 'Change Ada Lovelace, Kantstr. 1' }).click();
    await page.getByLabel('Street and house number').fill('Kantstr. 2');
    await page.getByRole('button', { name: 'Save address' }).click();
    await page.getByText('Kantstr. 2').first().waitFor();

    for (const city of ['New Delhi', 'Berlin']) {
      const card = page.getByRole('listitem').filter({ hasText: city });
      await card.locator('summary').click();
      await card.getByRole('button', { name: 'Yes, remove it' }).click();
      await card.waitFor({ state: 'detached' });
    }
    await page.getByRole('heading', { name: 'No addresses yet' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('profile and preferences are kept', async () => {
    await open('/account/profile');
    await look();
    await page.getByLabel('Full name').fill('Ada King');
    await page.getByRole('textbox', { name: /^Phone/ }).fill('12');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.getByRole('link', { name: /^Enter a phone number such as/ }).waitFor();
    await page.getByRole('textbox', { name: /^Phone/ }).fill('(415) 555-2671');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await page.getByRole('textbox', { name: /^Phone/ }).inputValue()).toBe('+1 415 555 2671');
    await page.getByLabel('Back in stock').check();
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', { name: 'Save preferences' }).click();
    await page.waitForURL('**saved=preferences');
    await look();
    await open('/account/profile');
    expect(await page.getByLabel('Back in stock').isChecked()).toBe(true);
    expect(await page.getByLabel('News').isChecked()).toBe(false);
    expect(problems).toEqual([]);
  });

  test('the checkout keeps a new address, and offers it the next time', async () => {
    await findProduct(page, shop.shopUrl);
    await addToCart(page, shop.shopUrl);
    await open('/checkout/address');
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    await page.getByLabel('Full name').first().fill('Ada King');
    await page.locator('[name="shippingAddress.line1"]').fill('12 Analytical Way');
    await page.locator('[name="shippingAddress.city"]').fill('Oakland');
    await page.locator('[name="shippingAddress.state"]').selectOption('CA');
    await page.locator('[name="shippingAddress.postcode"]').fill('94601');
    await page.getByLabel('Keep this address in my address book').check();
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.waitForURL('**/checkout/shipping');

    await open('/checkout/address');
    await look();
    const kept = page.getByRole('radio', { name: /12 Analytical Way/ });
    expect(await kept.isChecked()).toBe(true);
    const street = page.locator('[name="shippingAddress.line1"]');
    expect(await street.isVisible()).toBe(false);
    await page.getByRole('radio', { name: 'Another address' }).check();
    expect(await street.isVisible()).toBe(true);
    await street.fill('2 Elsewhere');
    await kept.check();
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.waitForURL('**/checkout/shipping');
    await open('/account/addresses');
    await page.getByText('12 Analytical Way').first().waitFor();
    expect(await page.getByText('2 Elsewhere').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
