import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { createAccount, logIn, mailTo, PASSWORD, sessionOf } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';

/** A provider with GitHub's addresses and an account of its own; `isWilling` false: the person turns back. */
const account = { id: 1, email: '', isWilling: true };
const provider = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://provider');
  if (url.pathname === '/login/oauth/authorize') {
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    if (account.isWilling) back.searchParams.set('code', 'a-code');
    else back.searchParams.set('error', 'access_denied');
    response.writeHead(302, { location: back.href }).end();
    return;
  }
  const answers: Record<string, unknown> = {
    '/login/oauth/access_token': { access_token: 'gho_x', token_type: 'bearer' },
    '/api/v3/user': { id: account.id, login: 'octocat' },
    '/api/v3/user/emails': [{ email: account.email, primary: true, verified: true }],
  };
  response.end(JSON.stringify(answers[url.pathname] ?? {}));
});

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const address = provider.address();
  const port = typeof address === 'object' ? address?.port : '';
  const environment = {
    GITHUB_CLIENT_ID: 'id',
    GITHUB_CLIENT_SECRET: 'secret',
    GITHUB_ISSUER: `http://127.0.0.1:${port}`,
  };
  [shop, browser] = await Promise.all([startShop({ seedSize: 60, environment }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
  provider.close();
});

describe.each([
  { scripts: true, what: 'with scripts' },
  { scripts: false, what: 'without scripts' },
])('by a provider, $what', ({ scripts }) => {
  async function visitor() {
    const context = await newVisitor(browser, { scripts });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    return { context, page, open: (path: string) => page.goto(new URL(path, shop.shopUrl).href) };
  }
  const person = () => {
    account.id += 1;
    account.email = `person-${crypto.randomUUID().slice(0, 8)}@example.com`;
    account.isWilling = true;
  };

  test('somebody new is in at once, and comes back to where they were', async () => {
    person();
    const { page, open, context } = await visitor();
    await open('/login?returnTo=%2Faccount%2Fprofile');
    await page.getByRole('button', { name: 'Continue with GitHub' }).click();
    await page.waitForURL(/\/account\/profile$/);
    expect(await sessionOf(context, shop)).toMatch(/^[\w-]{43}$/);
    await open('/account/security');
    const github = page.locator('li', { hasText: 'GitHub' });
    expect(await github.textContent()).toContain(`Connected as ${account.email}`);
    expect(await github.getByRole('button').count()).toBe(0);
    await context.close();
  });

  test('who turns back is told so, and an old answer is worth nothing', async () => {
    person();
    account.isWilling = false;
    const { page, open, context } = await visitor();
    await open('/login');
    await page.getByRole('button', { name: 'Continue with GitHub' }).click();
    await page.getByText('You turned back at GitHub').waitFor();
    if (scripts) {
      expect(await faults(page)).toEqual([]);
    }
    await page.reload();
    await page.getByText('This took too long, was used already').waitFor();
    expect(await sessionOf(context, shop)).toBeUndefined();
    await context.close();
  });

  test('an address that has an account is connected only after a log-in and a yes, and can go again', async () => {
    person();
    const { email } = account;
    await createAccount(shop, email);
    const { page, open, context } = await visitor();
    await open('/login');
    await page.getByRole('button', { name: 'Continue with GitHub' }).click();
    await page.waitForURL(/\/login\?returnTo=/);
    await page.locator('input[name="email"]').fill(email);
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('main form').getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByRole('heading', { name: 'Connect GitHub' }).waitFor();
    if (scripts) {
      expect(await faults(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Connect GitHub' }).click();
    await page.getByText(`Connected as ${email}`).waitFor();
    expect(await mailTo(shop, email, /GitHub/)).toContain('GitHub');
    await page.getByRole('button', { name: 'Disconnect GitHub' }).click();
    await page.getByText('Not connected').waitFor();
    await page.getByRole('button', { name: 'Connect GitHub' }).click();
    await page.getByRole('heading', { name: 'Connect GitHub' }).waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('Not connected').waitFor();
    await context.close();
  });

  test('nobody else gets the connection', async () => {
    person();
    await createAccount(shop, account.email);
    const other = `other-${account.email}`;
    await createAccount(shop, other);
    const { page, open, context } = await visitor();
    await open('/login');
    await page.getByRole('button', { name: 'Continue with GitHub' }).click();
    await page.waitForURL(/\/login\?returnTo=/);
    await logIn(page, shop, other);
    await open('/account/security/connect');
    await page.getByText(`This was begun for ${account.email}`).waitFor();
    expect(await page.getByRole('button', { name: 'Connect GitHub' }).count()).toBe(0);
    await context.close();
  });
});
