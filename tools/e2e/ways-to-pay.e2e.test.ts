import { createDomain, type Domain } from '@souk/domain/app';
import { type Context, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { giftCardToIssue, issueGiftCard } from '@souk/domain/promotions';
import { aCard } from '@souk/domain/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createAccount, logIn } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import {
  addToCart,
  choosePayment,
  enterCard,
  enterCode,
  orderNumber,
  pay,
  payOnHostedPage,
  placeOrder,
  reachPayment,
  toPayment,
} from './page-shopper.ts';

const MUG = '/p/harbour-mug';
const inBerlin = { country: 'DE', region: '', line1: 'Kantstr. 1', city: 'Berlin', postcode: '10623' };

let shop: Shop;
let browser: Browser;
let domain: Domain;
let ctx: Context;
let buyers = 0;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  const config = loadDomainConfig({ ...shop.env, DATABASE_POOL_SIZE: '2' });
  domain = createDomain(config, { logger: createLogger({ name: 'test', level: 'silent' }) });
  ctx = domain.context({ actor: system });
});
afterAll(async () => {
  await domain?.close();
  await browser?.close();
  await shop?.stop();
});

const at = (path: string) => new URL(path, shop.shopUrl).href;
const newEmail = () => `buyer-${buyers++}@example.com`;

const orderOf = (number: string) =>
  ctx.db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

/** A gift card that nobody else spends. @returns its code */
async function giftCard(amount: number): Promise<string> {
  const card = giftCardToIssue.parse({ amount, currency: 'USD', requestId: crypto.randomUUID() });
  return (await issueGiftCard(ctx, card)).code;
}

describe.each([
  { scripts: true, viewport: 'desktop' },
  { scripts: false, viewport: 'phone' },
] as const)('with scripts: $scripts, on a $viewport', (visitor) => {
  let context: BrowserContext;
  let page: Page;
  let email: string;
  beforeEach(async () => {
    email = newEmail();
    context = await newVisitor(browser, visitor);
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
  });
  afterEach(() => context.close());

  const fillCart = async () => {
    await page.goto(at(MUG));
    await addToCart(page, shop.shopUrl);
  };
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor();

  test('a code and a gift card take off what they say, and the card pays the rest', async () => {
    await fillCart();
    await enterCode(page, shop, 'WELCOME10');
    const code = await giftCard(1_000);
    await enterCode(page, shop, code);
    await reachPayment(page, { address: { email } });
    await enterCard(page, aCard(), visitor);
    const place = await page.getByRole('button', { name: /^Place order/ }).textContent();
    await placeOrder(page);
    if (!visitor.scripts) await payOnHostedPage(page, aCard());
    const order = await orderOf(await orderNumber(page));
    expect(order).toMatchObject({ subtotal_amount: 1_800, discount_amount: 180, gift_card_amount: 1_000 });
    const { total_amount: total, shipping_amount: shipping, tax_amount: tax } = order;
    expect(total).toBe(1_800 - 180 + shipping + tax);
    const due = `$${((total - 1_000) / 100).toFixed(2)}`;
    expect(place).toContain(due);
    await says('(WELCOME10)');
    await says(`Gift card ending in ${code.slice(-4)}`);
    await says(due);
  });

  test('a gift card that covers all of it needs no card at all', async () => {
    await fillCart();
    await enterCode(page, shop, await giftCard(20_000));
    await reachPayment(page, { address: { email } });
    await says('There is nothing left to pay.');
    await page.getByRole('button', { name: 'Check your order' }).click();
    await page.waitForURL('**/checkout/review');
    await placeOrder(page);
    const order = await orderOf(await orderNumber(page));
    expect(order).toMatchObject({ payment_method: 'gift_card', payment_status: 'paid' });
    expect(order.gift_card_amount).toBe(order.total_amount);
  });

  test('euros: prices with VAT in them, from the product to the order', async () => {
    await page.goto(at(MUG));
    await page.locator('footer').getByRole('button', { name: 'European Union' }).click();
    await says('€19.95');
    await fillCart();
    await reachPayment(page, { address: { ...inBerlin, email } });
    await enterCard(page, aCard(), visitor);
    const summary = page.getByText(/^Includes .* 19 %$/).and(page.locator(':visible'));
    if (visitor.viewport === 'phone') await page.getByText('Show order').click();
    await summary.first().waitFor();
    expect(await page.locator('main').textContent()).not.toContain('$');
    await placeOrder(page);
    if (!visitor.scripts) await payOnHostedPage(page, aCard());
    const order = await orderOf(await orderNumber(page));
    await says(/^Includes .*19%$/);
    const { total_amount: total, shipping_amount: shipping, tax_amount: tax } = order;
    expect(order).toMatchObject({ currency: 'EUR', region_code: 'eu', prices_include_tax: true });
    expect(total).toBe(1_995 + shipping);
    expect(tax).toBeGreaterThan(0);
    expect(Math.abs(tax - (total * 19) / 119)).toBeLessThan(1);
  });

  test('bank transfer: the order says where to send the money', async () => {
    await fillCart();
    await reachPayment(page, { address: { email } });
    await choosePayment(page, 'bank_transfer');
    await placeOrder(page);
    const number = await orderNumber(page);
    await page.getByRole('heading', { name: /^Please pay \$/ }).waitFor();
    await says('GB33 BUKB 2020 1555 5555 55');
    expect(await orderOf(number)).toMatchObject({
      payment_method: 'bank_transfer',
      payment_status: 'awaiting',
    });
  });

  test('a pay link: the order waits until it is paid there', async () => {
    await fillCart();
    await reachPayment(page, { address: { email } });
    await choosePayment(page, 'pay_link');
    await placeOrder(page);
    const number = await orderNumber(page);
    expect(await orderOf(number)).toMatchObject({ payment_method: 'pay_link', payment_status: 'awaiting' });
    await page.getByRole('link', { name: 'Pay now' }).click();
    await page.waitForURL('**/orders/*/pay*');
    await page.getByRole('button', { name: 'Go on to pay' }).click();
    await payOnHostedPage(page, aCard());
    await orderNumber(page);
    await expect
      .poll(async () => (await orderOf(number)).payment_status, { timeout: 20_000, interval: 250 })
      .toBe('paid');
    await page.reload();
    await page.getByRole('heading', { name: 'Thank you, Ada.' }).waitFor();
    expect(await page.getByRole('link', { name: 'Pay now' }).count()).toBe(0);
  });

  test('cash is for those who fetch it', async () => {
    await fillCart();
    await reachPayment(page, { address: { email } });
    expect(await page.locator('[name="method"][value="cash_on_collection"]').count()).toBe(0);
    await page.goto(at('/checkout/shipping'));
    await page.getByRole('radio', { name: /Pick-up/ }).check();
    await toPayment(page);
    await choosePayment(page, 'cash_on_collection');
    await placeOrder(page);
    const number = await orderNumber(page);
    await says('You pay when you fetch it');
    expect(await orderOf(number)).toMatchObject({
      ...{ payment_method: 'cash_on_collection', payment_status: 'awaiting', shipping_amount: 0 },
    });
  });

  test('a customer buys: the order is theirs', async () => {
    await createAccount(shop, email);
    await logIn(page, shop, email);
    await fillCart();
    await reachPayment(page, { address: { email } });
    await pay(page, aCard(), visitor);
    const order = await orderOf(await orderNumber(page));
    expect(order).toMatchObject({ email, user_id: expect.any(String) });
  });
});

test('a customer keeps a card, and pays the next order with it', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const email = newEmail();
  await createAccount(shop, email);
  await logIn(page, shop, email);
  const reach = async () => {
    await page.goto(at(MUG));
    await addToCart(page, shop.shopUrl);
    await reachPayment(page, { address: { email } });
  };
  await reach();
  await page.getByLabel('Keep this card for my next order').check();
  await pay(page, aCard(), { scripts: true });
  await orderNumber(page);

  await reach();
  const kept = page.locator('[name="method"][value^="saved:"]');
  expect(await kept.isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Check your order' }).click();
  await page.waitForURL('**/checkout/review');
  await placeOrder(page);
  expect((await orderOf(await orderNumber(page))).payment_method).toBe('card');
  await context.close();
});

test('something keeps the script of the payment service away: its page takes the card', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.route(/\/v3\/stripe\.js/, (route) => route.abort());
  await page.goto(at(MUG));
  await addToCart(page, shop.shopUrl);
  await reachPayment(page);
  await page.getByText('The payment form did not load').waitFor();
  await pay(page, aCard(), { scripts: false });
  expect((await orderOf(await orderNumber(page))).payment_method).toBe('card');
  await context.close();
});
