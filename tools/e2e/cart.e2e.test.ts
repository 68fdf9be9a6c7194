import { createDomain, type Domain } from '@souk/domain/app';
import { tellAbandonedCarts } from '@souk/domain/cart';
import { setStock } from '@souk/domain/inventory';
import { type Context, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { sellProduct } from '@souk/domain/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { createAccount, linkIn, logIn, mailTo } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { fillAddress } from './page-shopper.ts';

let shop: Shop;
let browser: Browser;
let domain: Domain;
let ctx: Context;
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
const stock = (variantId: string, onHand: number) =>
  ctx.transaction((tx) => setStock(tx, [{ variantId, onHand }]));

let things = 0;
interface Thing {
  readonly title: string;
  readonly path: string;
  readonly variantId: string;
}
async function aThing(onHand = 5): Promise<Thing> {
  things += 1;
  const title = `Thing number ${things}`;
  const { handle, variantId } = await sellProduct(ctx, { stock: onHand, title, amount: 2_000 });
  return { title, path: `/p/${handle}`, variantId };
}

const archive = ({ title }: Thing) =>
  ctx.db.updateTable('products').set({ status: 'archived' }).where('title', '=', title).execute();

describe.each([
  { scripts: true, viewport: 'desktop' },
  { scripts: false, viewport: 'phone' },
] as const)('with scripts: $scripts, on a $viewport', (visitor) => {
  let context: BrowserContext;
  let page: Page;
  const open = async (): Promise<[BrowserContext, Page]> => {
    const opened = await newVisitor(browser, visitor);
    const its = await opened.newPage();
    its.setDefaultTimeout(15_000);
    return [opened, its];
  };
  beforeEach(async () => {
    [context, page] = await open();
  });
  afterEach(() => context.close());

  const add = async (thing: Thing, quantity = 1, on = page) => {
    await on.goto(at(thing.path));
    if (visitor.scripts) await on.locator('html[data-hydrated]').waitFor();
    await on.locator('select[name="quantity"]').selectOption(String(quantity));
    await on.getByRole('button', { name: 'Add to cart' }).click();
    if (visitor.scripts) await on.getByText('In your cart:').waitFor();
    else await on.waitForURL('**/cart');
  };
  const line = (thing: Thing, on = page) => on.getByRole('listitem').filter({ hasText: thing.title });
  // axe needs scripts; nothing may stick out of the window without them either
  const sound = async (on = page) => {
    if (visitor.scripts) expect(await faults(on)).toEqual([]);
    else expect(await on.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  };
  const itemCount = (on = page) => on.locator('header a[href="/cart"]').textContent();
  const quantityOf = (thing: Thing, on = page) => line(thing, on).locator('select').inputValue();

  test('a cart is filled, changed, saved from and undone, and shared by a link', async () => {
    const [tray, lamp] = [await aThing(), await aThing()];
    await add(tray, 2);
    await add(lamp);
    await page.goto(at('/cart'));
    // what is chosen before scripts took over waits for the button
    if (visitor.scripts) await page.locator('html[data-hydrated]').waitFor();
    await sound();
    expect(await itemCount()).toContain('3 items');
    await line(tray).locator('select').selectOption('4');
    if (!visitor.scripts) await line(tray).getByRole('button', { name: 'Update' }).click();
    await page.getByText('Subtotal, 5 items').waitFor();
    await page.getByRole('button', { name: 'Share this cart by a link' }).click();
    const { pathname } = new URL(await page.getByLabel('Link to your cart').inputValue());
    await line(lamp).getByRole('button', { name: 'Save for later' }).click();
    await page.getByRole('heading', { name: 'Saved for later' }).waitFor();
    await line(tray).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => quantityOf(tray)).toBe('4');
    await sound();

    const [friend, shared] = await open();
    await stock(tray.variantId, 3);
    const answer = await shared.goto(at(pathname));
    expect(answer?.headers()).toMatchObject({ 'x-robots-tag': 'noindex' });
    await shared.getByText('only 3 left').waitFor();
    await sound(shared);
    await shared.getByRole('button', { name: 'Add all to my cart' }).click();
    await shared.waitForURL('**/cart');
    expect([await quantityOf(tray, shared), await quantityOf(lamp, shared)]).toEqual(['3', '1']);
    await archive(tray);
    await stock(lamp.variantId, 0);
    await shared.goto(at(pathname));
    await shared.getByText('Nothing of this cart can be bought right now').waitFor();
    await sound(shared);
    expect((await shared.goto(at('/cart/shared/made-up')))?.status()).toBe(410);
    await shared.getByText('This link no longer works').waitFor();
    await friend.close();
  });

  test('each problem shows at its line, with what mends it', async () => {
    const [fewer, dearer, gone, soldOut] = [await aThing(), await aThing(), await aThing(), await aThing()];
    for (const thing of [fewer, dearer, gone]) await add(thing, 2);
    await ctx.db
      .updateTable('cart_lines')
      .set({ seen_amount: 1_500 })
      .where('variant_id', '=', dearer.variantId)
      .execute();
    // what is cached of the cart goes with the next change
    await add(soldOut, 2);
    await stock(fewer.variantId, 1);
    await stock(soldOut.variantId, 0);
    await archive(gone);
    await page.goto(at('/cart'));
    await line(fewer).getByText('Only 1 left').waitFor();
    await line(dearer).getByText('The price changed from $15.00 to $20.00.').waitFor();
    await line(gone).getByText('Not for sale here any more').waitFor();
    await line(soldOut).getByText('Sold out since you put it here').waitFor();
    expect(await page.getByRole('link', { name: 'Check out' }).count()).toBe(0);
    await sound();
    const isMended = (thing: Thing) =>
      expect.poll(() => line(thing).locator('.bg-note-wash').count()).toBe(0);
    await line(fewer)
      .getByRole('button', { name: /^Take 1/ })
      .click();
    await isMended(fewer);
    await line(dearer)
      .getByRole('button', { name: /^Accept the new price/ })
      .click();
    await isMended(dearer);
    await line(gone)
      .getByRole('button', { name: /^Take it out/ })
      .click();
    await expect.poll(() => page.getByRole('link', { name: gone.title }).count()).toBe(0);
    await line(soldOut)
      .getByRole('button', { name: /^Keep it for later/ })
      .click();
    await page.getByRole('link', { name: 'Check out' }).waitFor();
  });

  test('in another region it costs what it does there, and what is not sold there can be taken out', async () => {
    const dollarsOnly = await aThing();
    await add({ title: 'Harbour Mug', path: '/p/harbour-mug', variantId: '' });
    await add(dollarsOnly);
    await page.goto(at('/cart'));
    await page.locator('footer').getByRole('button', { name: 'European Union' }).click();
    await page.getByText('€19.95').first().waitFor();
    await line(dollarsOnly).getByText('Not for sale here').waitFor();
    expect(await line(dollarsOnly).textContent()).not.toMatch(/[$€]/);
    await line(dollarsOnly)
      .getByRole('button', { name: /^Take it out/ })
      .click();
    await page.getByRole('link', { name: 'Check out' }).waitFor();
  });

  test('a guest’s cart joins that of the account at the log-in, which says what changed, and leaves with it', async () => {
    const email = `merges-${visitor.scripts}@example.com`;
    await createAccount(shop, email);
    const [plenty, scarce] = [await aThing(9), await aThing(5)];
    await logIn(page, shop, email);
    await add(plenty, 2);
    await add(scarce, 4);
    const [second, guests] = await open();
    await add(plenty, 3, guests);
    await add(scarce, 3, guests);
    await logIn(guests, shop, email, undefined, '/cart');
    await guests.getByText(`${scarce.title}: 5 instead of 7, as there are no more.`).waitFor();
    expect([await quantityOf(plenty, guests), await quantityOf(scarce, guests)]).toEqual(['5', '5']);
    await sound(guests);
    await guests.reload();
    expect(await guests.getByText('5 instead of 7').count()).toBe(0);
    await page.goto(at('/cart'));
    expect(await quantityOf(plenty)).toBe('5');

    await guests.goto(at('/account'));
    await guests.getByRole('button', { name: 'Log out', exact: true }).first().click();
    await guests.waitForURL(at('/'));
    const cookies = await second.cookies(shop.shopUrl);
    expect(cookies.filter(({ name, value }) => name === 'souk_cart' && value !== '')).toEqual([]);
    await guests.goto(at('/cart'));
    await guests.getByText('Nothing in here yet.').waitFor();
    await second.close();
  });

  test('who asks for it gets the way back to a cart that was left, and no more once they say so', async () => {
    const email = `left-${visitor.scripts}@example.com`;
    const thing = await aThing();
    await add(thing, 2);
    await page.goto(at('/checkout/address'));
    await fillAddress(page, { email });
    await page.getByLabel('Mail me a link to my cart').check();
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.waitForURL('**/checkout/shipping');
    await page.goto(at('/checkout/address'));
    expect(await page.getByLabel('Mail me a link to my cart').isChecked()).toBe(true);
    await ctx.db
      .updateTable('carts')
      .set({ updated_at: new Date(Date.now() - 5 * 3_600_000) })
      .where('email', '=', email)
      .execute();
    await tellAbandonedCarts(ctx);
    const text = await mailTo(shop, email, /still here/);
    expect(text).toContain(`2 × ${thing.title}`);
    const link = new URL(linkIn(text, '/cart/restore/')).pathname;
    await page.goto(at(link));
    await page.waitForURL('**/cart');

    const [other, restored] = await open();
    await restored.goto(at(link));
    await restored.getByRole('heading', { name: 'Your cart is still here' }).waitFor();
    await sound(restored);
    await restored.getByRole('button', { name: 'Go on with this cart' }).click();
    await restored.waitForURL('**/cart');
    expect(await quantityOf(thing, restored)).toBe('2');
    // not the checkout: the mail may have gone to an address that was mistyped
    await restored.goto(at('/checkout/address'));
    expect(await restored.locator('[name="email"]').inputValue()).toBe('');

    await restored.goto(at(new URL(linkIn(text, '/cart/mails/')).pathname));
    await sound(restored);
    await restored.getByRole('button', { name: 'Stop these mails' }).click();
    await restored.getByText('You get no more mails about carts').waitFor();
    expect((await restored.goto(at('/cart/restore/made.up')))?.status()).toBe(410);
    await restored.getByText('This link no longer works').waitFor();
    await sound(restored);
    await other.close();
  });
});

test.each(['desktop', 'phone'] as const)(
  'the drawer on a %s opens at once, keeps the focus, and takes back what was refused',
  async (viewport) => {
    const context = await newVisitor(browser, { viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const thing = await aThing(3);
    await page.goto(at(thing.path));
    await page.locator('html[data-hydrated]').waitFor();
    const button = page.getByRole('button', { name: 'Add to cart' });
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    // the server takes its time: the drawer does not
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route(`**${thing.path}.data*`, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await button.dblclick();
    await drawer.getByText(`Adding ${thing.title}`).waitFor();
    expect(await drawer.getByRole('listitem').textContent()).toContain('$20.00');
    expect(await faults(page)).toEqual([]);
    letThrough();
    await drawer.getByText('In your cart:').waitFor();
    await drawer.getByRole('progressbar', { name: 'Free delivery' }).waitFor();
    await drawer.getByText('Subtotal, 1 item').waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Add to cart');
    expect(await page.locator('header a[href="/cart"]').textContent()).toContain('1 item');

    await page.locator('select[name="quantity"]').selectOption('3');
    await button.click();
    await drawer.getByRole('alert').getByText('Only 3 left').waitFor();
    expect(await drawer.getByRole('listitem').textContent()).toContain('Quantity: 1');
    expect(await faults(page)).toEqual([]);
    await drawer.getByRole('link', { name: 'Check out' }).click();
    await page.waitForURL('**/checkout/address');
    await context.close();
  },
);

test('who guesses codes is told to wait', async () => {
  const context = await newVisitor(browser, { scripts: false });
  const page = await context.newPage();
  await page.goto(at((await aThing()).path));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForURL('**/cart');
  const told = page.locator('p[id$="-error"]');
  let guess = 0;
  // the first waits are short: a slow machine is past them before it guesses again
  for (const isTold = /^That were many codes .* Wait \d+ /; guess < 60; guess += 1) {
    if ((await page.locator('details:has([name="code"])[open]').count()) === 0) {
      await page.getByText('Add a promo code or gift card').click();
    }
    await page.locator('[name="code"]').fill(`GIFT-${guess}`);
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      page.getByRole('button', { name: 'Apply' }).click(),
    ]);
    if (isTold.test((await told.textContent()) ?? '')) break;
  }
  expect(guess).toBeGreaterThanOrEqual(5);
  expect(await told.textContent()).toMatch(/ Wait \d+ /);
  expect(await page.locator('[name="code"]').inputValue()).toBe(`GIFT-${guess}`);
  await context.close();
});
