import { createDatabase } from '@souk/domain/kernel';
import { aCard } from '@souk/domain/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { addToCart, enterCard, findProduct, reachPayment } from './page-shopper.ts';

let shop: Shop;
let browser: Browser;
let database: ReturnType<typeof createDatabase>;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  database = createDatabase({ url: shop.databaseUrl, poolSize: 2 });
});
afterAll(async () => {
  await database?.db.destroy();
  await browser?.close();
  await shop?.stop();
});

const orders = () => database.db.selectFrom('orders').selectAll().execute();

/** Posts a form as the visitor's browser would, without following where it leads. */
async function post(
  context: BrowserContext,
  path: string,
  form: Record<string, string>,
  origin = shop.shopUrl,
) {
  return context.request.post(new URL(path, shop.shopUrl).href, {
    form,
    headers: { origin: new URL(origin).origin },
    maxRedirects: 0,
  });
}

async function visitorAtReview() {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await findProduct(page, shop.shopUrl);
  await addToCart(page, shop.shopUrl);
  await reachPayment(page);
  await enterCard(page, aCard(), { scripts: true });
  const totalsVersion = await page.locator('input[name="totalsVersion"]').inputValue();
  return { context, page, totalsVersion };
}

test('the review form posted 20 times at once is one order', async () => {
  const before = (await orders()).length;
  const { context, totalsVersion } = await visitorAtReview();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post(context, '/checkout/review', { totalsVersion, terms: 'on' })),
  );
  const places = new Set(
    answers.map((answer) => new URL(answer.headers().location ?? '', shop.shopUrl).pathname),
  );
  expect(answers.map((answer) => answer.status())).toEqual(Array.from({ length: 20 }, () => 303));
  expect((await orders()).length).toBe(before + 1);
  expect([...places].filter((place) => place.startsWith('/orders/'))).toHaveLength(1);
  await context.close();
});

test('a form from another site is refused', async () => {
  const before = (await orders()).length;
  const { context, totalsVersion } = await visitorAtReview();
  const answer = await post(
    context,
    '/checkout/review',
    { totalsVersion, terms: 'on' },
    'https://evil.example',
  );
  expect(answer.status()).toBe(403);
  expect((await orders()).length).toBe(before);
  await context.close();
});

test('a made-up version of the totals, price or quantity buys nothing', async () => {
  const before = (await orders()).length;
  const { context, page } = await visitorAtReview();
  for (const totalsVersion of ['0', '999', '-1', 'NaN', '']) {
    const answer = await post(context, '/checkout/review', {
      ...{ totalsVersion, terms: 'on', total: '1', price: '1' },
    });
    expect(answer.headers().location ?? '').not.toContain('/orders/');
  }
  expect((await orders()).length).toBe(before);

  await page.goto(new URL('/cart', shop.shopUrl).href);
  const subtotal = () => page.locator('[aria-labelledby="summary"]').textContent();
  const untouched = await subtotal();
  const lineId = await page.locator('input[name="lineId"]').first().inputValue();
  for (const quantity of ['-1', '0', '1.5', '100000', 'many', '']) {
    const answer = await post(context, '/cart', { intent: 'quantity', lineId, quantity, price: '1' });
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(answer.status()).toBeLessThan(500);
  }
  await page.reload();
  expect(await subtotal()).toBe(untouched);
  await context.close();
});

test('a cart cookie that was tampered with opens no other cart', async () => {
  const { context, page } = await visitorAtReview();
  const cookie = (await context.cookies(shop.shopUrl)).find((candidate) => candidate.name === 'souk_cart');
  if (!cookie) throw new Error('there is no cart cookie');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  const stranger = await newVisitor(browser);
  await stranger.addCookies([{ ...cookie, value: `${cookie.value.slice(0, -2)}xx` }]);
  const other = await stranger.newPage();
  await other.goto(new URL('/cart', shop.shopUrl).href);
  await other.getByRole('heading', { name: 'Nothing in here yet.' }).waitFor();
  await page.context().close();
  await stranger.close();
});

test('text from outside is shown as text', async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  let isRun = false;
  page.on('dialog', (dialog) => {
    isRun = true;
    void dialog.dismiss();
  });
  const attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  for (const path of [
    `/search?q=${encodeURIComponent(attack)}`,
    `/p/${encodeURIComponent(attack)}`,
    `/checkout/payment?error=${encodeURIComponent(attack)}`,
  ]) {
    await page.goto(new URL(path, shop.shopUrl).href);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  }
  expect(isRun).toBe(false);
  await context.close();
});

test('every page comes with the headers that keep it safe', async () => {
  for (const path of ['/', '/search', '/cart', '/nowhere']) {
    const { headers } = await fetch(new URL(path, shop.shopUrl));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src [^;]*'nonce-/);
    expect(policy).not.toMatch(/script-src [^;]*'unsafe-/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBeTruthy();
    expect(headers.get('permissions-policy')).toBeTruthy();
  }
});

test('the search engine killed: search still answers, filters and all, and it comes back', async () => {
  const meilisearch = shop.stack.services.find((service) => /meili/i.test(service.name))?.supervised;
  if (!meilisearch) throw new Error('the search engine is not ours to kill');
  const engineOf = async () => {
    const response = await fetch(
      new URL('/trpc/search.products?input=%7B%22json%22%3A%7B%7D%7D', shop.bffUrl),
    );
    return (await response.text()).match(/"engine":"(\w+)"/)?.[1];
  };
  expect(await engineOf()).toBe('meilisearch');
  await meilisearch.stop();
  const page = await fetch(new URL('/search?q=lamp', shop.shopUrl));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('href="/p/');
  expect(await engineOf()).toBe('postgres');
  await meilisearch.start();
  for (let tries = 0; tries < 40 && (await engineOf()) !== 'meilisearch'; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(await engineOf()).toBe('meilisearch');
});
