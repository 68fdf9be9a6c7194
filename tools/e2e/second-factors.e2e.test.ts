import { createDomain, type Domain } from '@souk/domain/app';
import {
  confirmTotp,
  findUserByEmail,
  finishLogin,
  refreshSessions,
  startSession,
  startTotp,
} from '@souk/domain/identity';
import { createLogger, loadDomainConfig } from '@souk/domain/kernel';
import { asUser, authenticatorCode } from '@souk/domain/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { createAccount, PASSWORD } from './account-shopper.ts';
import { launchBrowser, newVisitor, type VisitorOptions } from './browser.ts';

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

/** Somebody with an account, in a browser that is logged in to it. */
async function newcomer(options: VisitorOptions) {
  const ctx = domain.context();
  const email = `${ctx.ids.next()}@example.com`;
  await createAccount(shop, email);
  const userId = (await findUserByEmail(ctx, email))?.id ?? '';
  const { token } = await startSession(ctx, { userId, kind: 'web' });
  const context = await newVisitor(browser, options);
  await context.addCookies([{ name: 'souk_session', value: token, url: shop.shopUrl }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => {
    if (/content security policy|hydrat/i.test(line.text())) problems.push(line.text());
  });
  return {
    context,
    page,
    email,
    userId,
    problems,
    open: (path: string) => page.goto(new URL(path, shop.shopUrl).href),
    /** What axe finds, and whether the page is wider than the window. */
    async look() {
      if (options.scripts === false) return;
      problems.push(...(await faults(page)));
    },
  };
}

const seconds = (amount: number) => new Date(Date.now() + amount * 1000);

async function givePassword(page: Page, context: BrowserContext, email: string): Promise<void> {
  await context.clearCookies();
  await page.goto(new URL('/login?returnTo=%2Faccount%2Fprofile', shop.shopUrl).href);
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('main form').getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL('**/login/second-factor?*');
}

async function sendCode(page: Page, code: string, button: string): Promise<void> {
  await page.locator('input[name="code"]').fill(code);
  await page.getByRole('button', { name: button, exact: true }).click();
}

describe.each<VisitorOptions & { scripts: boolean }>([
  { scripts: true, viewport: 'desktop', colourScheme: 'light' },
  { scripts: true, viewport: 'phone', colourScheme: 'dark' },
  { scripts: false, viewport: 'phone', colourScheme: 'light' },
])('with scripts: $scripts, on a $viewport, $colourScheme', (visitor) => {
  test('an authenticator app is set up, asked for, stood in for by a recovery code, and turned off', async () => {
    const { page, context, email, open, look, problems } = await newcomer(visitor);
    await open('/account/security/totp');
    await look();
    await page.getByRole('button', { name: 'Set up an app' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    const secret = (await page.locator('main .select-all').textContent()) ?? '';
    expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    await look();
    await sendCode(page, '12345', 'Turn on');
    await page.getByRole('alert').getByText('That code does not fit').waitFor();
    if (visitor.scripts) {
      expect(await page.evaluate<string>('document.activeElement?.getAttribute("role")')).toBe('alert');
    }
    await look();
    await sendCode(page, authenticatorCode(secret, seconds(-30)), 'Turn on');
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const codes = await page.locator('main ol li').allTextContents();
    expect(codes).toHaveLength(10);
    await look();

    await givePassword(page, context, email);
    expect(page.url()).not.toMatch(/challenge|token/);
    await look();
    await sendCode(page, '000 00', 'Log in');
    await page.getByRole('alert').getByText('That code does not fit').waitFor();
    await look();
    await sendCode(page, authenticatorCode(secret, seconds(0)), 'Log in');
    await page.waitForURL('**/account/profile');

    await givePassword(page, context, email);
    await page.getByRole('link', { name: /recovery code/ }).click();
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await look();
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.waitForURL('**/account/profile');

    await open('/account/security/recovery-codes');
    await page.getByText('You have 9 left').waitFor();
    await look();
    await page.getByRole('button', { name: 'Make ten new codes' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as text' }).click();
    expect((await download).suggestedFilename()).toBe('recovery-codes.txt');
    await page.getByRole('link', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { name: 'Second factor and passkeys' }).waitFor();
    await page.getByText('10 left, each for one log-in').waitFor();
    await look();

    await page.getByRole('link', { name: /Turn off/ }).click();
    await page.getByRole('button', { name: 'Turn the app off' }).click();
    await page.waitForURL('**/account/security');
    await page.getByRole('button', { name: 'Set up an authenticator app' }).waitFor();
    await context.close();
    expect(problems).toEqual([]);
  });
});

test('a step that was never begun, or is over, leads back to the log-in', async () => {
  const { page, context, userId, open } = await newcomer({ scripts: false });
  await open('/login/second-factor');
  await page.getByRole('link', { name: 'Log in again' }).waitFor();
  await context.clearCookies();
  const ctx = domain.context();
  const { token } = await startSession(ctx, { userId, kind: 'web' });
  const owner = await asUser(ctx, token);
  const { secret } = await startTotp(owner);
  await confirmTotp(owner, { code: authenticatorCode(secret, seconds(-30)) });
  const outcome = await finishLogin(ctx, {
    userId,
    method: 'password',
    kind: 'web',
    isSecondFactorDone: false,
  });
  if (outcome.outcome !== 'second-factor') throw new Error('expected to be asked for a second factor');
  const cookie = { name: 'souk_login_step', value: outcome.challenge, url: shop.shopUrl };
  await context.addCookies([cookie]);
  await open('/login/second-factor');
  for (let tries = 0; tries < 5; tries += 1) {
    await sendCode(page, 'wrong', 'Log in');
    await page.getByRole('alert').waitFor();
  }
  await sendCode(page, authenticatorCode(secret, seconds(0)), 'Log in');
  await page.getByRole('link', { name: 'Log in again' }).waitFor();
  await context.close();
});

describe('a passkey', () => {
  test('is made, logs in alone, after the password and to prove it again, and is removed', async () => {
    const { page, context, email, userId, open, look, problems } = await newcomer({});
    await addVirtualAuthenticator(context, page);
    await open('/account/security/passkeys');
    await look();
    await page.getByLabel('What should we call it?').fill('Work laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await look();
    await open('/account/security/passkeys');
    await page.getByRole('heading', { name: 'Work laptop' }).waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('This device has a passkey for your account already.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Old laptop');
    await page.getByRole('button', { name: /Rename/ }).click();
    await page.getByRole('heading', { name: 'Old laptop' }).waitFor();
    await look();

    // what the browser offers to fill in is taken at once by this device
    await context.clearCookies();
    await open('/login?returnTo=%2Faccount%2Fsecurity%2Fpasskeys');
    await page.waitForURL('**/account/security/passkeys');
    await page.getByText(/last used/).waitFor();

    await page.addInitScript(withoutOffers);
    await context.clearCookies();
    await open('/login?returnTo=%2Faccount%2Fprofile');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/account/profile');

    await givePassword(page, context, email);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/account/profile');

    const { db } = domain.context();
    const longAgo = new Date(Date.now() - 3_600_000);
    await db
      .updateTable('sessions')
      .set({ authenticated_at: longAgo })
      .where('user_id', '=', userId)
      .execute();
    await refreshSessions(domain.context(), { userId });
    await open('/account/security/passkeys');
    await page.getByRole('button', { name: /Remove/ }).click();
    await page.waitForURL('**/login?again=1&*');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/account/security/passkeys');
    await page.getByRole('button', { name: /Remove/ }).click();
    await page.getByRole('heading', { name: 'Add your first' }).waitFor();
    await context.close();
    expect(problems).toEqual([]);
  });

  test('that the shop does not know is refused with a sentence', async () => {
    const { page, context, userId, open } = await newcomer({});
    await addVirtualAuthenticator(context, page);
    await open('/account/security/passkeys');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await domain.context().db.deleteFrom('passkeys').where('user_id', '=', userId).execute();
    await context.clearCookies();
    await page.addInitScript(withoutOffers);
    await open('/login');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('alert').getByText('We do not know this passkey.').waitFor();
    await context.close();
  });

  test('says plainly that it needs scripts', async () => {
    const { page, context, open } = await newcomer({ scripts: false, viewport: 'phone' });
    await open('/account/security/passkeys');
    await page.getByText('Passkeys need JavaScript').waitFor();
    expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
    await context.clearCookies();
    await open('/login');
    expect(await page.getByRole('button', { name: 'Use a passkey' }).count()).toBe(0);
    await context.close();
  });
});

/** A browser that knows passkeys, but does not offer them in fields. */
const withoutOffers = 'PublicKeyCredential.isConditionalMediationAvailable = async () => false';

/** A device with a fingerprint reader that knows its owner, in Chromium: its owner touches it whenever it asks. */
async function addVirtualAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
