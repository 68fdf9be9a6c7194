import { createDomain, type Domain } from '@souk/domain/app';
import { findUserByEmail } from '@souk/domain/identity';
import { createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinTrade } from '../seed/demo-prices.ts';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { createAccount, logIn } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';

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

const at = (path: string) => new URL(path, shop.shopUrl).href;
const price = (page: Page) => page.locator('main form [aria-live] span').first().textContent();
const MUG = '/p/harbour-mug';

describe.each([
  { scripts: true, viewport: 'desktop', colourScheme: 'dark' },
  { scripts: false, viewport: 'phone', colourScheme: 'light' },
] as const)('scripts: $scripts', ({ scripts, ...look }) => {
  const visit = async () => {
    const context = await newVisitor(browser, { scripts, ...look });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    return page;
  };
  const addToCart = async (page: Page) => {
    // a click before that is a plain post, which leads to the cart
    if (scripts) await page.locator('html[data-hydrated]').waitFor();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    if (scripts) await page.getByText('In your cart:').waitFor();
  };
  const isPhone = look.viewport === 'phone';
  const choose = async (page: Page, name: string) => {
    await page
      .locator(isPhone ? 'header summary' : 'header details summary:has-text("USD")')
      .first()
      .click();
    if (scripts) expect(await faults(page)).toEqual([]);
    await page.locator('header').getByRole('button', { name }).click();
  };

  test('shoppers choose where they shop, and every page follows', async () => {
    const page = await visit();
    await page.goto(at('/search?sort=price-asc&price_max=40'));
    await page.getByText('Up to $40.00').waitFor();
    await choose(page, 'European Union');
    await page.waitForURL('**/search?sort=price-asc');
    await page.getByText('All prices incl. VAT').waitFor();
    const listed = await page.locator('main article').allTextContents();
    for (const text of listed) expect(text).toMatch(/€\d+\.9[05]/);
    const amounts = listed.map((text) => Number(/€([\d.]+)/.exec(text)?.[1]));
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));

    await page.goto(at(MUG));
    expect(await price(page)).toBe('€19.95');
    await page.getByText('incl. VAT').first().waitFor();
    expect(await page.locator('script[type="application/ld+json"]').first().textContent()).toContain(
      '"priceCurrency":"EUR"',
    );
    const cookies = await page.context().cookies(shop.shopUrl);
    const { value, expires, httpOnly } = cookies.find(({ name }) => name === 'souk_region') ?? {};
    expect({ value, httpOnly }).toEqual({ value: 'eu', httpOnly: true });
    expect((expires ?? 0) - Date.now() / 1_000).toBeGreaterThan(360 * 24 * 3_600);

    await page.locator('footer').getByRole('button', { name: 'United States' }).click();
    await page.waitForURL(at(MUG));
    expect(await price(page)).toBe('$18.00');
    expect(await page.getByText('incl. VAT').count()).toBe(0);
  });

  test('the cart goes along', async () => {
    const page = await visit();
    await page.goto(at(MUG));
    await addToCart(page);
    await page.goto(at('/cart'));
    await page.getByText('$18.00').first().waitFor();
    await page.locator('footer').getByRole('button', { name: 'European Union' }).click();
    await page.getByText('€19.95').first().waitFor();
    expect(await page.locator('main').textContent()).not.toContain('$');
  });

  test('what is reduced says so honestly, and until when', async () => {
    const page = await visit();
    await page.goto(at('/c/candles'));
    const card = page.locator('main article', { hasText: 'Sale ends' }).first();
    const text = (await card.textContent()) ?? '';
    const [, now, before, percent] = /\$([\d.]+)was \$([\d.]+)\D*(\d+)% off/.exec(text) ?? [];
    expect(Number(percent)).toBe(Math.floor((1 - Number(now) / Number(before)) * 100 + 1e-9));
    await card.getByRole('link').click();
    await page.locator('main form').getByText('Sale ends').waitFor();
    if (scripts) expect(await faults(page)).toEqual([]);
  });

  test('who prefers euros shops in euros once they log in, unless they chose otherwise', async () => {
    const email = `euros-${scripts}@example.com`;
    await createAccount(shop, email);
    const first = await visit();
    await logIn(first, shop, email, undefined, '/account/profile');
    await first.getByLabel('Currency').selectOption('EUR');
    await first.getByLabel('Currency').locator('xpath=ancestor::form').getByRole('button').click();
    await first.goto(at(MUG));
    expect(await price(first)).toBe('$18.00');

    const second = await visit();
    await second.goto(at(MUG));
    await addToCart(second);
    await logIn(second, shop, email, undefined, MUG);
    expect(await price(second)).toBe('€19.95');
    await second.goto(at('/cart'));
    await second.getByText('€19.95').first().waitFor();

    const third = await visit();
    await third.goto(at(MUG));
    await choose(third, 'United States');
    await logIn(third, shop, email, undefined, MUG);
    expect(await price(third)).toBe('$18.00');
  });

  test('trade customers see their prices on cards and pages', async () => {
    const email = `trade-${scripts}@example.com`;
    await createAccount(shop, email);
    const ctx = domain.context({ actor: system });
    await joinTrade(ctx, email);
    expect(await findUserByEmail(ctx, email)).toBeDefined();
    const page = await visit();
    await logIn(page, shop, email, undefined, MUG);
    expect(await price(page)).toBe('$14.00');
    await page.goto(at('/search?q=harbour+mug'));
    expect(await page.locator('main article').first().textContent()).toContain('$14.00');
  });
});

test('pages of one region are kept from shoppers of another', async () => {
  for (const path of [MUG, `${MUG}.data`, '/search']) {
    const { headers } = await fetch(at(path), { headers: { accept: 'text/html' } });
    expect(headers.get('vary')?.toLowerCase()).toContain('cookie');
    expect(headers.get('cache-control') ?? 'private').not.toContain('public');
  }
});

test('a region that is none, and a page elsewhere to return to, lead nowhere', async () => {
  const post = (form: Record<string, string>) =>
    fetch(at('/region'), {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: new URL(shop.shopUrl).origin },
      body: new URLSearchParams(form),
    });
  const unknown = await post({ region: 'mars', returnTo: '/' });
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get('set-cookie')).toBeNull();
  const outside = await post({ region: 'eu', returnTo: '//evil.example/' });
  expect(outside.status).toBe(303);
  expect(outside.headers.get('location')).toBe('/');
});
