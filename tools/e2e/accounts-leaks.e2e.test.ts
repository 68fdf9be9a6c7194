import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCard } from '@souk/domain/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createAccount, linkIn, logIn, mailTo, PASSWORD, sessionOf } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { addToCart, fillCart, findProduct, orderNumber, pay, reachPayment } from './page-shopper.ts';

const ada = 'ada.private@example.com';
const newcomer = {
  name: 'Planted Newcomer',
  email: 'planted.newcomer@example.com',
  password: 'planted market password',
};
let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([
    startShop({ seedSize: 60, environment: { LOG_LEVEL: 'trace' } }),
    launchBrowser(),
  ]);
  await createAccount(shop, ada, { name: 'Ada Privacy' });
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

async function loggedIn() {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await logIn(page, shop, ada);
  return { context, page };
}

/** Posts a form as somebody who has never been here. */
async function send(path: string, form: Record<string, string>): Promise<void> {
  const context = await newVisitor(browser);
  await context.request.post(new URL(path, shop.shopUrl).href, {
    form,
    headers: { origin: new URL(shop.shopUrl).origin },
  });
  await context.close();
}

/** Registers somebody who is to be found nowhere in the logs, and mistypes things on the way. */
async function register(): Promise<string> {
  const { name, email, password } = newcomer;
  await send('/register', { name, email, password: 'short' });
  await send('/register', { name, email, password });
  const link = linkIn(await mailTo(shop, email, /^Confirm your e-mail/), '/verify-email/');
  await send(new URL(link).pathname, { password: 'mistyped secret' });
  await send(new URL(link).pathname, { password });
  await send('/login', { email, password: 'mistyped secret' });
  await send('/login', { email, password });
  return link.split('/').at(-1) ?? '';
}

function askForReset(): Promise<void> {
  return send('/forgot-password', { email: ada });
}

test('a copy of Postgres and Redis opens no session and no link', async () => {
  const { context } = await loggedIn();
  const session = (await sessionOf(context, shop)) ?? '';
  await askForReset();
  const reset =
    linkIn(await mailTo(shop, ada, /new password/), '/reset-password/')
      .split('/')
      .at(-1) ?? '';
  const dump = await everythingStored();
  expect(dump).toContain('"token_hash"'); // what is searched is there
  for (const secret of [session, reset, PASSWORD]) {
    expect(secret.length).toBeGreaterThan(15);
    expect(dump.includes(secret)).toBe(false);
  }
  await context.close();
});

/** Fills a cart as a guest, and opens a link to it. @returns what opens either */
async function shareCart() {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await fillCart(page, shop);
  await page.goto(new URL('/cart', shop.shopUrl).href);
  await page.getByRole('button', { name: 'Share this cart by a link' }).click();
  const link = await page.getByLabel('Link to your cart').inputValue();
  await page.goto(link);
  await page.getByRole('heading', { name: 'A shared cart' }).waitFor();
  const cookies = await context.cookies(shop.shopUrl);
  await context.close();
  const cart = cookies.find(({ name }) => name === 'souk_cart')?.value ?? 'no-cart-in-the-cookies';
  return { guestCart: cart, sharedCart: link.split('/').at(-1) ?? '' };
}

test('nothing personal and no token is in the logs after all that, a shared cart, and a purchase', async () => {
  const registration = await register();
  const carts = await shareCart();
  expect(carts.guestCart.length).toBeGreaterThan(40);
  const { context, page } = await loggedIn();
  await findProduct(page, shop.shopUrl);
  await addToCart(page, shop.shopUrl);
  await reachPayment(page);
  await pay(page, aCard(), { scripts: true });
  const number = await orderNumber(page);
  const orderToken = new URL(page.url()).searchParams.get('token') ?? 'no-token-in-the-address';
  await mailTo(shop, 'ada@example.com', new RegExp(number)).catch(() =>
    mailTo(shop, ada, new RegExp(number)),
  );
  const cookies = await context.cookies(shop.shopUrl);
  const logs = everythingLogged();
  expect(logs.split('\n').length).toBeGreaterThan(200);
  expect(logs).toContain('/account'); // requests are logged
  const planted = {
    ...Object.fromEntries(cookies.map(({ name, value }) => [name, value])),
    ...newcomer,
    ...carts,
    mistyped: 'mistyped secret',
    registration,
    orderToken,
    ada,
    adaName: 'Ada Privacy',
    buyer: 'ada@example.com',
    street: 'Market Street',
    password: PASSWORD,
  };
  expect(
    Object.entries(planted)
      .filter(([, value]) => value !== '' && logs.includes(value))
      .map(([what]) => what),
  ).toEqual([]);
  expect(logs.match(/\/(reset-password|verify-email|confirm-email|undo)\/[\w-]{20,}/)).toBeNull();
  await context.close();
});

/** All rows of all tables, those of the queue too, and all of Redis. */
async function everythingStored(): Promise<string> {
  const client = new pg.Client({ connectionString: shop.databaseUrl });
  await client.connect();
  const tables = await client.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker')
  `);
  const parts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
    parts.push(name, ...rows.map(({ row }) => row));
  }
  await client.end();
  const redis = new Redis(shop.env.REDIS_URL ?? '');
  for (const key of await redis.keys('*')) {
    parts.push(key, (await redis.type(key)) === 'string' ? ((await redis.get(key)) ?? '') : '');
  }
  redis.disconnect();
  return parts.join('\n');
}

/** What the shop's programs have written, the stores' logs included. */
function everythingLogged(): string {
  const folder = join(shop.stack.instance.directory, 'logs');
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}
