import { createDomain, type Domain } from '@souk/domain/app';
import { receiveStock, setStock, setStockPolicy, stockPolicy } from '@souk/domain/inventory';
import { type Context, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { sellProduct, signUp } from '@souk/domain/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { launchBrowser, newVisitor } from './browser.ts';

const MAIN = '01900000-0000-7000-8000-000000000002';
const mailbox = z.object({ messages: z.array(z.object({ subject: z.string(), text: z.string() })) });

let shop: Shop;
let browser: Browser;
let domain: Domain;
let ctx: Context;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  const logger = createLogger({ name: 'test', level: 'silent' });
  domain = createDomain(loadDomainConfig(shop.env), { logger });
  ctx = domain.context({ actor: system });
});
afterAll(async () => {
  await domain?.close();
  await browser?.close();
  await shop?.stop();
});

const at = (path: string) => new URL(path, shop.shopUrl).href;

async function mailAbout(title: string) {
  for (let tries = 0; tries < 100; tries += 1) {
    const { messages } = mailbox.parse(await (await fetch(`${shop.mailboxUrl}/messages`)).json());
    const found = messages.filter((mail) => mail.subject.startsWith(`${title} is back`));
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail about ${title} came`);
}

async function open(page: Page, path: string) {
  await page.goto(at(path));
  page.setDefaultTimeout(30_000);
}

describe.each([
  { scripts: true, viewport: 'phone' },
  { scripts: false, viewport: 'desktop' },
] as const)('scripts: $scripts', ({ scripts, viewport }) => {
  test('who finds a thing sold out hears once when it is back, and can stop such mails', async () => {
    const context = await newVisitor(browser, { scripts, viewport });
    const page = await context.newPage();
    const title = `Walnut tray ${crypto.randomUUID().slice(0, 8)}`;
    const [thing, other] = [
      await sellProduct(ctx, { stock: 0, title }),
      await sellProduct(ctx, { stock: 0, title: 'Another' }),
    ];
    await open(page, `/p/${thing.handle}`);
    await page.getByText('Sold out').first().waitFor();
    await page.getByLabel('E-mail').fill('no address');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await page.getByText('Enter an e-mail address').first().waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('no address');
    if (scripts) expect(await faults(page)).toEqual([]);
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await page.getByText('Noted. We send one mail to ada@example.com').waitFor();
    if (scripts) expect(await faults(page)).toEqual([]);
    await open(page, `/p/${other.handle}`);
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await page.getByText('Noted.').waitFor();

    const lines = [{ variantId: thing.variantId, quantity: 3 }];
    await receiveStock(ctx, { requestId: ctx.ids.next(), locationId: MAIN, lines, reason: null });
    const mails = await mailAbout(title);
    expect(mails).toHaveLength(1);
    const link = /\S+\/stock-alerts\/\S+/.exec(mails[0]?.text ?? '')?.[0] ?? '';
    await open(page, new URL(link).pathname);
    await page.getByText('You wait for 1 thing more').waitFor();
    if (scripts) expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop these mails' }).click();
    await page.getByText('Stopped.').waitFor();
    await open(page, new URL(link).pathname);
    await page.getByText('There is nothing that you wait for').waitFor();
    await open(page, '/stock-alerts/nonsense');
    await page.getByText('This link no longer works').waitFor();

    await open(page, `/p/${thing.handle}`);
    await page.getByText('Only 3 left').waitFor();
    expect(await page.getByRole('button', { name: 'Tell me' }).count()).toBe(0);
    await context.close();
  }, 120_000);
});

test('who is logged in need not say where', async () => {
  const context = await newVisitor(browser);
  const { token, userId } = await signUp(domain.context(), { name: 'Ada Lovelace' });
  await context.addCookies([{ name: 'souk_session', value: token, url: shop.shopUrl, httpOnly: true }]);
  const page = await context.newPage();
  const { handle, variantId } = await sellProduct(ctx, { stock: 0 });
  await open(page, `/p/${handle}`);
  expect(await page.getByLabel('E-mail').count()).toBe(0);
  await page.getByRole('button', { name: 'Tell me' }).click();
  await page.getByText('Noted. We send one mail when it is back').waitFor();
  const row = await ctx.db
    .selectFrom('stock_alerts')
    .select('user_id')
    .where('variant_id', '=', variantId)
    .execute();
  expect(row).toEqual([{ user_id: userId }]);
  await context.close();
});

test('a page tells when each thing ships', async () => {
  const context = await newVisitor(browser, { scripts: false });
  const page = await context.newPage();
  const { handle, variantId } = await sellProduct(ctx, { stock: 0 });
  const policy = (terms: object) => setStockPolicy(ctx, stockPolicy.parse({ variantId, ...terms }));
  const says = async (words: string) => {
    await open(page, `/p/${handle}`);
    await page.getByText(words, { exact: true }).first().waitFor();
  };
  await says('Sold out');
  await policy({ policy: 'preorder', releaseAt: new Date('2099-03-12T00:00:00Z') });
  await says('Pre-order: ships from March 12, 2099');
  await page.getByRole('button', { name: 'Pre-order' }).waitFor();
  expect(await page.content()).toContain('https://schema.org/PreOrder');
  expect(await faults(await withScripts(page))).toEqual([]);
  await policy({ policy: 'backorder', leadDays: { min: 5, max: 7 } });
  await says('Back-order: ships in 5–7 days');
  await ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 2 }]));
  await says('Only 2 left to send now. Back-order: ships in 5–7 days');
  await policy({ policy: 'deny' });
  await says('Only 2 left');
  await ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 60 }]));
  await says('In stock, sent within a day');
  await context.close();
});

/** The same page for who has scripts: axe needs them. */
async function withScripts(page: Page): Promise<Page> {
  const context = await newVisitor(browser);
  const other = await context.newPage();
  await other.goto(page.url());
  return other;
}
