import { createDomain, type Domain } from '@souk/domain/app';
import { type Context, createLogger, loadDomainConfig, system, withActor } from '@souk/domain/kernel';
import { type OrderDraft, orderToken, receivePayment } from '@souk/domain/orders';
import { anAddress, plainDraft, signUp, someWares, type Wares, writeOrder } from '@souk/domain/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { launchBrowser, newVisitor } from './browser.ts';

let shop: Shop;
let browser: Browser;
let domain: Domain;
let ctx: Context;
let wares: Wares;
beforeAll(async () => {
  const environment = { SHOP_BANK_IBAN: 'DE89370400440532013000', SHOP_LEGAL_NAME: 'Souk Händler GmbH' };
  [shop, browser] = await Promise.all([startShop({ seedSize: 60, environment }), launchBrowser()]);
  domain = createDomain(loadDomainConfig({ ...shop.env, ...environment }), {
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  ctx = domain.context({ actor: system });
  wares = await someWares(ctx);
});
afterAll(async () => {
  await domain?.close();
  await browser?.close();
  await shop?.stop();
});

const at = (path: string) => new URL(path, shop.shopUrl).href;

async function anOrder(changes: Partial<OrderDraft> = {}) {
  const payment = { method: 'bank_transfer', status: 'awaiting', detail: null, dueAmount: 1_000 } as const;
  const order = await writeOrder(ctx, plainDraft(wares, { payment, ...changes }));
  return { ...order, path: `/orders/${order.number}?token=${orderToken(ctx, order.id)}` };
}

/** With all that an order can have: discounts, a gift, what comes later, tax in the price, a gift card. */
function richOrder() {
  const line = { ...wares, image: null, variantTitle: 'Blue, M', taxAmount: 380, taxRatePpm: 190_000 };
  const off = (amount: number) => ({
    discountAmount: amount,
    discounts: [{ promotionId: 'p', label: 'May sale', amount }],
  });
  return anOrder({
    currency: 'EUR',
    pricesIncludeTax: true,
    vatId: 'DE136695976',
    giftMessage: 'Happy birthday,\nGrace!',
    lines: [
      { ...line, sku: 'A', title: 'A jug that pours well', quantity: 2, unitAmount: 1_290, ...off(200) },
      {
        ...line,
        ...{ sku: 'B', title: 'Tea of the next harvest', quantity: 1, unitAmount: 2_380 },
        ...{ promise: 'preorder', shipsAt: '2027-05-01T00:00:00.000Z' },
      },
      {
        ...line,
        sku: 'C',
        title: 'A spoon',
        kind: 'gift',
        quantity: 1,
        unitAmount: 300,
        taxAmount: 0,
        ...off(300),
      },
    ],
    taxAmount: 760,
    taxes: [{ name: 'VAT', ratePpm: 190_000, amount: 760 }],
    promotions: [{ promotionId: 'p', code: 'MAY', label: 'May sale', amount: 500, on: 'items' }],
    giftCards: [{ giftCardId: crypto.randomUUID(), last4: 'K7QX', amount: 1_760 }],
    giftCardAmount: 1_760,
    payment: { method: 'bank_transfer', status: 'awaiting', detail: null, dueAmount: 3_000 },
    shippingMethod: {
      ...{ code: 'standard', kind: 'delivery', name: 'Standard', minDays: 2, maxDays: 4 },
      ...{ earliest: '2026-12-01', latest: '2026-12-03', pickup: null },
    },
  });
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(at(path));
  return page;
}

describe.each([
  { scripts: true, viewport: 'phone' },
  { scripts: false, viewport: 'desktop' },
] as const)('scripts: $scripts', ({ scripts, viewport }) => {
  test('a guest’s order says how to pay it, what is in it, and is cancelled by a button', async () => {
    const context = await newVisitor(browser, { scripts, viewport });
    const { path, number } = await richOrder();
    const page = await open(context, path);
    await page.getByRole('heading', { name: 'Almost there, Ada.' }).waitFor();
    await page.getByRole('heading', { name: /^Please pay €30\.00 by / }).waitFor();
    for (const said of [
      'DE89 3704 0044 0532 0130 00',
      'A gift for you',
      'Pre-ordered: leaves about May 1, 2027',
      'May sale (MAY)',
      'Includes VAT, 19%',
      'Gift card ending in K7QX',
      'Left to pay',
      'Happy birthday,',
      'Expected between December 1, 2026 and December 3, 2026.',
      'Keep it in an account?',
      'Order placed',
    ]) {
      expect(await page.getByText(said, { exact: false }).count(), said).toBeGreaterThan(0);
    }
    expect(await page.locator('dd', { hasText: number }).count()).toBe(1);
    if (scripts) expect(await faults(page)).toEqual([]);

    await page.getByText('Cancel this order').click();
    await page.getByRole('button', { name: 'Yes, cancel the order' }).click();
    await page.getByRole('heading', { name: 'This order was cancelled.' }).waitFor();
    await page.getByText('Nothing will be sent. Nothing was charged.').waitFor();
    await page.reload();
    expect(await page.getByText('Cancel this order').count()).toBe(0);
    if (scripts) expect(await faults(page)).toEqual([]);
    await context.close();
  });

  test('a link that opens nothing, and a lost one, come by mail', async () => {
    const context = await newVisitor(browser, { scripts, viewport });
    const { path, number } = await anOrder({ email: `grace-${viewport}@example.com` });
    const answer = await context.request.get(at(`${path}x`));
    expect(answer.status()).toBe(404);
    const page = await open(context, `/orders/${number}`);
    expect(new URL(page.url()).pathname).toBe('/orders');
    if (scripts) expect(await faults(page)).toEqual([]);
    expect(await page.getByLabel('Number of the order').inputValue()).toBe(number);
    await page.getByLabel('E-mail that you ordered with').fill(`grace-${viewport}@example.com`);
    await page.getByRole('button', { name: 'Mail me the link' }).click();
    await page.getByText('the link to it is on the way').waitFor();
    await expect
      .poll(async () => (await context.request.get(`${shop.mailboxUrl}/messages`)).text(), {
        timeout: 15_000,
      })
      .toContain(path.split('token=')[1]);
    await context.close();
  });

  test('orders of an account are listed, found, opened, and their papers downloaded', async () => {
    const context = await newVisitor(browser, { scripts, viewport });
    const { token, userId, email } = await signUp(domain.context(), { name: 'Ada Lovelace' });
    await context.addCookies([{ name: 'souk_session', value: token, url: shop.shopUrl, httpOnly: true }]);
    const page = await open(context, '/account/orders');
    await page.getByText('Nothing yet.').waitFor();
    const orders: { id: string; number: string }[] = [];
    for (let made = 0; made < 12; made += 1) orders.push(await anOrder({ userId, email }));
    const [first] = orders;
    if (!first) throw new Error('no order');
    await receivePayment(withActor(ctx, system), {
      orderId: first.id,
      amount: 1_000,
      reference: '',
      requestId: crypto.randomUUID(),
    });
    await page.reload();
    expect(await page.getByRole('link', { name: /^SK-/ }).count()).toBe(10);
    if (scripts) expect(await faults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Older orders' }).click();
    await page.getByRole('link', { name: 'To the latest' }).waitFor();
    await page.getByRole('link', { name: first.number }).waitFor();
    await page.getByLabel('Number').fill(first.number.slice(-4));
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.waitForURL('**/account/orders?*q=*');
    await page.getByRole('link', { name: first.number }).click();
    await page.getByRole('heading', { name: 'Thank you, Ada.' }).waitFor();
    await page.getByText('Paid: Bank transfer.').waitFor();
    await expect
      .poll(
        async () => {
          await page.reload();
          return page.getByRole('link', { name: /^Invoice/ }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    for (const paper of ['Invoice', 'Receipt']) {
      const href = await page.getByRole('link', { name: new RegExp(`^${paper}`) }).getAttribute('href');
      const answer = await context.request.get(at(href ?? ''));
      expect(answer.headers()['content-type']).toBe('application/pdf');
      expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
      const etag = answer.headers().etag ?? '';
      const again = await context.request.get(at(href ?? ''), { headers: { 'if-none-match': etag } });
      expect(again.status()).toBe(304);
    }
    const stranger = await newVisitor(browser);
    expect((await stranger.request.get(at(`/orders/${first.number}/invoice.pdf`))).status()).toBe(404);
    await stranger.close();
    await context.close();
  });
});

test('what is fetched tells where, when and what to say; a pay link has its button; prints without the shop around it', async () => {
  const context = await newVisitor(browser, { scripts: false });
  const fetched = await anOrder({
    payment: { method: 'cash_on_collection', status: 'awaiting', detail: null, dueAmount: 1_000 },
    shippingMethod: {
      ...{ code: 'pickup', kind: 'pickup', name: 'Souk on the Market', minDays: 0, maxDays: 1 },
      pickup: { name: 'Souk on the Market', address: anAddress, hours: ['Mon–Fri 9–18'] },
    },
  });
  const page = await open(context, fetched.path);
  for (const said of ['You pay when you fetch it', 'You fetch it at', 'Mon–Fri 9–18', 'Say this code:']) {
    await page.getByText(said).first().waitFor();
  }
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('header').first().isVisible()).toBe(false);
  expect(await page.getByText('Cancel this order').isVisible()).toBe(false);
  const link = await anOrder({
    payment: { method: 'pay_link', status: 'awaiting', detail: null, dueAmount: 1_000 },
  });
  const other = await open(context, link.path);
  expect(await other.getByRole('link', { name: 'Pay now' }).getAttribute('href')).toContain(
    `/orders/${link.number}/pay?token=`,
  );
  await context.close();
});
