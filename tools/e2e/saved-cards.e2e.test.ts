import { aCard, testCards } from '@souk/domain/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { createAccount, logIn } from './account-shopper.ts';
import { launchBrowser, newVisitor, type VisitorOptions } from './browser.ts';
import { fillCart, orderNumber, pay, placeOrder, walkToPayment } from './page-shopper.ts';

const PAGE = '/account/payment-methods';
const MASTERCARD = '5555555555554444';

let shop: Shop;
let browser: Browser;
let visitors = 0;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Somebody on their page of cards. */
async function visitor(options: VisitorOptions = {}) {
  const email = `cards-${visitors++}@example.com`;
  await createAccount(shop, email);
  const context = await newVisitor(browser, options);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => {
    if (/content security policy|hydrat/i.test(line.text())) problems.push(line.text());
  });
  return { context, page, problems, email };
}

async function open(page: Page, email: string): Promise<void> {
  await logIn(page, shop, email, undefined, PAGE);
}

/** The provider's fields, in their frame. */
const fields = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]');

async function enter(page: Page, number: string): Promise<void> {
  const frame = fields(page);
  await page.locator('[aria-busy="false"] iframe').waitFor();
  await frame.getByLabel('Card number').fill(number);
  await frame.getByLabel(/expir/i).fill('0444');
  await frame.getByLabel(/security code|cvc/i).fill('123');
  const postcode = frame.getByLabel(/zip|postcode|postal/i);
  if (await postcode.isVisible()) await postcode.fill('94601');
}

/** By the keyboard: right after a scroll, Chromium may hand a click to the frame that was there before. */
const save = (page: Page) => page.getByRole('button', { name: 'Save a card' }).press('Enter');
const cards = (page: Page) => page.locator('main li h2').allInnerTexts();
const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

describe('with scripts', () => {
  test('a card is entered in the fields of the provider, and only its last digits are ever ours', async () => {
    const { page, problems, email } = await visitor();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(shop.shopUrl)) sent.push(request.url() + (request.postData() ?? ''));
    });
    await open(page, email);
    await enter(page, testCards.success);
    await save(page);
    await shows(page, 'Visa ending in 4242');
    await shows(page, 'Expires 04/44');
    expect(await cards(page)).toEqual(['Visa ending in 4242']);
    expect(sent.filter((text) => text.replaceAll(/\s/g, '').includes(testCards.success))).toEqual([]);
    expect([...problems, ...(await faults(page))]).toEqual([]);

    await enter(page, MASTERCARD);
    await save(page);
    await shows(page, 'Mastercard ending in 4444');
    await page.getByRole('button', { name: 'Use first Mastercard ending in 4444' }).click();
    await shows(page, 'Used first');
    await page.getByText('Remove Visa ending in 4242').click();
    await page.getByRole('button', { name: 'Yes, remove it' }).first().click();
    await page.getByText('Visa ending in 4242').first().waitFor({ state: 'detached' });
    expect(await cards(page)).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('what is missing is told by the fields; a card that the bank refuses by the page, and another one is taken', async () => {
    const { page, email } = await visitor();
    await open(page, email);
    await enter(page, '');
    await save(page);
    await fields(page)
      .getByText(/incomplete/i)
      .first()
      .waitFor();
    expect(await cards(page)).toEqual([]);
    await enter(page, testCards.insufficientFunds);
    await save(page);
    await shows(page, 'There is not enough money on the card.');
    await enter(page, testCards.success);
    await save(page);
    await shows(page, 'Visa ending in 4242');
  });

  test('a card whose bank asks for its cardholder is there after that, or not', async () => {
    const { page, email } = await visitor();
    await open(page, email);
    await enter(page, testCards.threeDSecure);
    await save(page);
    await page.getByRole('button', { name: /fail/i }).click();
    await shows(page, 'Your bank could not confirm that it is you.');
    await enter(page, testCards.threeDSecure);
    await save(page);
    await page.getByRole('button', { name: /complete|authenticate|confirm/i }).click();
    await shows(page, 'Visa ending in 3220');
  });

  test('who comes by a link within another page gets the fields, too', async () => {
    const { page, problems, email } = await visitor();
    await logIn(page, shop, email);
    await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Cards' }).click();
    await fields(page).getByLabel('Card number').waitFor();
    expect(problems).toEqual([]);
  });

  test('a card is kept while an order is paid, and pays the next one', async () => {
    const { page, email } = await visitor();
    await logIn(page, shop, email);
    const reachPayment = async () => {
      await fillCart(page, shop);
      await page.goto(new URL('/checkout', shop.shopUrl).href);
      await walkToPayment(page, { address: { email } });
    };
    await reachPayment();
    await page.getByLabel('Keep this card for my next order').check();
    await pay(page, aCard(), { scripts: true });
    const first = await orderNumber(page);

    await reachPayment();
    expect(await page.locator('[name="method"][value^="saved:"]').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Check your order' }).click();
    await page.waitForURL('**/checkout/review');
    await placeOrder(page);
    await page.waitForURL((url) => url.pathname.startsWith('/orders/') && !url.pathname.endsWith(first));
    await shows(page, /Visa ending in \d{4}/);
  });

  test('where something keeps the script away, the page of the provider takes the card', async () => {
    const { page, email } = await visitor();
    await page.route(/\/v3\/stripe\.js/, (route) => route.abort());
    await open(page, email);
    await shows(page, 'The payment form did not load');
    expect(await faults(page)).toEqual([]);
    await save(page);
    await page.waitForURL((url) => url.origin === new URL(shop.sandboxUrl).origin);
  });
});

test.each([{ scripts: false }, { scripts: false, viewport: 'phone' as const }])(
  'without scripts a card is saved on the page of the provider, preferred and removed: %j',
  async (options) => {
    const { page, email } = await visitor(options);
    await open(page, email);
    await shows(page, 'You enter the card on the page of our payment service');
    await save(page);
    await page.waitForURL((url) => url.origin === new URL(shop.sandboxUrl).origin);
    await page.locator(`button[value="${testCards.success}"]`).first().click();
    await shows(page, 'Visa ending in 4242');
    await page.getByRole('button', { name: 'Use first Visa ending in 4242' }).click();
    await shows(page, 'Used first');
    await page.getByText('Remove Visa ending in 4242').click();
    await page.getByRole('button', { name: 'Yes, remove it' }).click();
    await page.getByText('Visa ending in 4242').first().waitFor({ state: 'detached' });
  },
);
