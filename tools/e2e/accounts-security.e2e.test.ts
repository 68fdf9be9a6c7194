import { request as rawRequest } from 'node:http';
import { createDatabase } from '@souk/domain/kernel';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createAccount, linkIn, logIn, mailTo, PASSWORD, sessionOf } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';

const ada = 'ada.private@example.com';
const eve = 'eve.private@example.com';
let shop: Shop;
let browser: Browser;
let database: ReturnType<typeof createDatabase>;

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  database = createDatabase({ url: shop.databaseUrl, poolSize: 2 });
  await createAccount(shop, ada, { name: 'Ada Privacy' });
  await createAccount(shop, eve, { name: 'Eve Privacy' });
});
afterAll(async () => {
  await database?.db.destroy();
  await browser?.close();
  await shop?.stop();
});

async function loggedIn(email: string) {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await logIn(page, shop, email);
  return { context, page };
}

/** Posts a form as a browser would, without following where it leads. */
function post(
  context: BrowserContext,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) {
  return context.request.post(new URL(path, shop.shopUrl).href, {
    form,
    headers: { origin: new URL(shop.shopUrl).origin, ...headers },
    maxRedirects: 0,
  });
}

describe('forged requests', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s from another site changes nothing', async (method) => {
    const { context } = await loggedIn(ada);
    for (const path of [
      '/account/profile',
      '/account/sessions',
      '/account/security',
      '/account/privacy',
      '/logout',
    ]) {
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: new URL(shop.shopUrl).origin, 'sec-fetch-site': 'cross-site' },
        { origin: new URL(shop.shopUrl).origin, 'sec-fetch-site': 'same-site' },
      ]) {
        const answer = await context.request.fetch(new URL(path, shop.shopUrl).href, {
          method,
          headers,
          form: { name: 'Mallory', confirmation: 'DELETE' },
          maxRedirects: 0,
        });
        expect(`${path}: ${answer.status()}`).toBe(`${path}: 403`);
      }
    }
    expect(await nameOf(ada)).toBe('Ada Privacy');
    expect(await sessionOf(context, shop)).toBeDefined();
    await context.close();
  });
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
])('a log-in does not lead to %s', async (returnTo) => {
  const context = await newVisitor(browser);
  const answer = await post(context, `/login?returnTo=${encodeURIComponent(returnTo)}`, {
    email: ada,
    password: PASSWORD,
    returnTo,
  });
  expect(answer.status()).toBe(303);
  const { origin, pathname } = new URL(answer.headers().location ?? '', shop.shopUrl);
  expect(origin).toBe(new URL(shop.shopUrl).origin);
  expect(pathname).not.toContain('evil');
  await context.close();
});

describe('a session', () => {
  test('that was planted before the log-in is not the one after it', async () => {
    const attacker = await loggedIn(eve);
    const planted = (await sessionOf(attacker.context, shop)) ?? '';
    const victim = await newVisitor(browser);
    await victim.addCookies([{ name: 'souk_session', value: planted, url: shop.shopUrl }]);
    const answer = await post(victim, '/login', { email: ada, password: PASSWORD });
    expect(answer.status()).toBe(303);
    const own = await sessionOf(victim, shop);
    expect(own).toBeDefined();
    expect(own).not.toBe(planted);
    // and the planted one is over
    await attacker.page.goto(new URL('/account', shop.shopUrl).href);
    expect(new URL(attacker.page.url()).pathname).toBe('/login');
    await attacker.context.close();
    await victim.close();
  });

  test("made up by somebody is nobody's", async () => {
    const stranger = await newVisitor(browser);
    await stranger.addCookies([{ name: 'souk_session', value: 'a'.repeat(43), url: shop.shopUrl }]);
    const page = await stranger.newPage();
    await page.goto(new URL('/account', shop.shopUrl).href);
    expect(new URL(page.url()).pathname).toBe('/login');
    await stranger.close();
  });

  test('is kept from scripts and from other sites, and ends at the log-out for good', async () => {
    const { context } = await loggedIn(ada);
    const [cookie] = (await context.cookies(shop.shopUrl)).filter(({ name }) => name === 'souk_session');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    await post(context, '/logout', {});
    expect(await sessionOf(context, shop)).toBeUndefined();
    await context.addCookies([{ name: 'souk_session', value: cookie?.value ?? '', url: shop.shopUrl }]);
    const page = await context.newPage();
    await page.goto(new URL('/account', shop.shopUrl).href);
    expect(new URL(page.url()).pathname).toBe('/login');
    await context.close();
  });
});

test('whatever host is asked, links in mails lead to the shop', async () => {
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const body = new URLSearchParams({ email: eve }).toString();
    const { hostname, port } = new URL(shop.shopUrl);
    const request = rawRequest(
      {
        hostname,
        port,
        path: '/forgot-password',
        method: 'POST',
        headers: {
          host: 'evil.example',
          'x-forwarded-host': 'evil.example',
          origin: 'http://evil.example',
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': body.length,
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
  const context = await newVisitor(browser);
  await post(context, '/forgot-password', { email: eve }, { 'x-forwarded-host': 'evil.example' });
  const text = await mailTo(shop, eve, /new password/);
  expect(text).not.toContain('evil.example');
  expect(linkIn(text, '/reset-password/')).toContain(new URL(shop.shopUrl).host);
  expect(answer).toBeDefined();
  await context.close();
});

describe('fields that no form has', () => {
  test('do not make an admin, nor move an account', async () => {
    const { context } = await loggedIn(ada);
    const before = await userRow(ada);
    await post(context, '/account/profile', {
      name: 'Ada Privacy',
      phone: '',
      role: 'admin',
      'roles[0].role': 'super_admin',
      email: 'mallory@example.com',
      userId: '00000000-0000-7000-8000-000000000000',
      status: 'erased',
    });
    expect(await userRow(ada)).toMatchObject({ id: before?.id, email: ada, status: 'active' });
    const roles = await database.db
      .selectFrom('user_roles')
      .select('role')
      .where('user_id', '=', before?.id ?? '')
      .execute();
    expect(roles).toEqual([]);
    await context.close();
  });

  test('are refused by the bff, which names them', async () => {
    const { context } = await loggedIn(ada);
    const response = await fetch(new URL('/trpc/identity.register', shop.bffUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        json: { name: 'M', email: 'm@example.com', password: PASSWORD, role: 'admin' },
      }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('role');
    await context.close();
  });
});

describe('what belongs to somebody else', () => {
  test('is not found', async () => {
    const owner = await loggedIn(ada);
    await owner.page.goto(new URL('/account/addresses/new?country=US', shop.shopUrl).href);
    const ids = await plantFor(ada);
    const thief = await loggedIn(eve);
    for (const path of [`/account/addresses/${ids.address}`, `/account/wishlists/${ids.wishlist}`]) {
      const mine = await owner.page.goto(new URL(path, shop.shopUrl).href);
      expect(`${path}: ${mine?.status()}`).toBe(`${path}: 200`);
      const theirs = await thief.page.goto(new URL(path, shop.shopUrl).href);
      expect(`${path}: ${theirs?.status()}`).toBe(`${path}: 404`);
    }
    await post(thief.context, '/account/sessions', { sessionId: ids.session });
    expect(await sessionOf(owner.context, shop)).toBeDefined();
    await owner.page.goto(new URL('/account', shop.shopUrl).href);
    expect(new URL(owner.page.url()).pathname).toBe('/account');
    await owner.context.close();
    await thief.context.close();
  });
});

const userRow = (email: string) =>
  database.db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();

async function nameOf(email: string): Promise<string | undefined> {
  return (await userRow(email))?.name;
}

/** An address, a wishlist and a session of somebody. */
async function plantFor(email: string) {
  const userId = (await userRow(email))?.id ?? '';
  const now = new Date();
  const [address, wishlist] = [crypto.randomUUID(), crypto.randomUUID()];
  const times = { created_at: now, updated_at: now };
  await database.db
    .insertInto('addresses')
    .values({
      id: address,
      user_id: userId,
      full_name: 'Ada Privacy',
      line1: '1 Market Street',
      city: 'San Francisco',
      region: 'CA',
      postcode: '94105',
      country: 'US',
      ...times,
    })
    .execute();
  await database.db
    .insertInto('wishlists')
    .values({ id: wishlist, user_id: userId, name: 'Planted', ...times })
    .execute();
  const session = await database.db
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  return { address, wishlist, session: session.id };
}
