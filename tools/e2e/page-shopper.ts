import { anAddress } from '@souk/domain/testing';
import type { FrameLocator, Page } from 'playwright-core';
import type { Shop } from '../testing/start-shop.ts';

const SHIPPING = 'shippingAddress';

/** What decides how a card is entered: in fields within our page, or on the page of the payment service. */
export interface Means {
  /** whether the browser runs scripts, those of the payment service too */
  readonly scripts: boolean;
}

/** Follows the first category and opens a product that can be bought. */
export async function findProduct(page: Page, shopUrl: string): Promise<void> {
  await page.goto(shopUrl);
  const category = page.locator('a[href^="/c/"]').first();
  await page.goto(new URL((await category.getAttribute('href')) ?? '/', shopUrl).href);
  const links = await page.locator('main a[href^="/p/"]').all();
  const products = await Promise.all(links.map((link) => link.getAttribute('href')));
  for (const href of new Set(products.map((product) => product ?? ''))) {
    await page.goto(new URL(href, shopUrl).href);
    const isSoldOut = await page
      .getByText(/sold out/i)
      .first()
      .isVisible();
    if (!isSoldOut) return;
  }
  throw new Error('nothing in the first category can be bought');
}

/** Puts the product at hand into the cart and goes there: without scripts the form leads there by itself. */
export async function addToCart(page: Page, shopUrl: string): Promise<void> {
  const isAdding = (url: string) => /^\/(p|cart)\b/.test(new URL(url).pathname);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST' && isAdding(response.url())),
    page.getByRole('button', { name: 'Add to cart' }).first().click(),
  ]);
  // with scripts what was added shows beside the product, or over it
  if (answer.request().isNavigationRequest()) await page.waitForURL('**/cart');
  else await page.goto(new URL('/cart', shopUrl).href);
}

/** Posts a form of the shop as the page's browser would, without going where it leads: for steps that are not what is looked at. */
export async function post(
  page: Page,
  { shopUrl }: Pick<Shop, 'shopUrl'>,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<void> {
  const response = await page.context().request.post(new URL(path, shopUrl).href, {
    form: { ...form },
    headers: { origin: new URL(shopUrl).origin },
    maxRedirects: 0,
  });
  if (response.status() !== 303) throw new Error(`${path} answered ${response.status()}`);
}

/** Puts a mug of the demo shop, $18 or €19.95, into the cart at hand. */
export function fillCart(page: Page, shop: Pick<Shop, 'shopUrl'>): Promise<void> {
  return post(page, shop, '/p/harbour-mug', { colour: 'Clay', quantity: '1' });
}

/** Enters the code of a promotion or a gift card into the cart at hand. */
export function enterCode(page: Page, shop: Pick<Shop, 'shopUrl'>, code: string): Promise<void> {
  return post(page, shop, '/cart', { intent: 'code', code });
}

/** Who buys, and where they live. */
export type Recipient = Partial<typeof anAddress> & { readonly email?: string };

/** Fills the form of the first step. */
export async function fillAddress(page: Page, recipient: Recipient = {}): Promise<void> {
  const to = { email: 'ada@example.com', ...anAddress, ...recipient };
  await page.locator('[name="email"]').fill(to.email);
  await page.locator(`[name="${SHIPPING}.country"]`).selectOption(to.country);
  await page.locator(`[name="${SHIPPING}.fullName"]`).fill(to.fullName);
  await page.locator(`[name="${SHIPPING}.line1"]`).fill(to.line1);
  await page.locator(`[name="${SHIPPING}.city"]`).fill(to.city);
  if (to.country === 'US') await page.locator(`select[name="${SHIPPING}.state"]`).selectOption(to.region);
  await page.locator(`[name="${SHIPPING}.postcode"]`).fill(to.postcode);
}

/** What is chosen on the way to the payment, where it is not the first thing offered. */
export interface Wanted {
  readonly address?: Recipient;
  /** the name of a way of delivery */
  readonly delivery?: RegExp;
}

/** From the cart's page to the step where it is chosen how to pay. */
export async function reachPayment(page: Page, wanted: Wanted = {}): Promise<void> {
  await page.getByRole('link', { name: 'Check out' }).first().click();
  await walkToPayment(page, wanted);
}

/** From the first step to the one where it is chosen how to pay. */
export async function walkToPayment(page: Page, wanted: Wanted = {}): Promise<void> {
  await page.waitForURL('**/checkout/address');
  await fillAddress(page, wanted.address);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.waitForURL('**/checkout/shipping');
  if (wanted.delivery) await page.getByRole('radio', { name: wanted.delivery }).check();
  await toPayment(page);
}

/**
 * From the step of delivery to that of payment. With scripts, that one loads anew to let in those of the payment service: what is chosen
 * before would be lost.
 */
export async function toPayment(page: Page): Promise<void> {
  const runsScripts = await page.evaluate<boolean>('matchMedia("(scripting: enabled)").matches');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.waitForURL('**/checkout/payment');
  if (!runsScripts) return;
  const settled = page.locator('[aria-busy="false"]').or(page.getByText('There is nothing left to pay.'));
  // not for it to be seen: where a saved card is chosen, the fields for another one are out of sight
  await settled.first().waitFor({ state: 'attached' });
}

/** The payment service's fields within our page. */
function cardFields(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Secure payment input frame"]');
}

/** Chooses the card at the payment step, enters it where that can be done here, and comes to the review. */
export async function enterCard(page: Page, number: string, { scripts }: Means): Promise<void> {
  await page.locator('[name="method"][value="card"]').check();
  if (scripts) {
    await page.locator('[aria-busy="false"] iframe').waitFor();
    const fields = cardFields(page);
    await fields.getByLabel('Card number').fill(number);
    await fields.getByLabel('Expiration date').fill('1244');
    await fields.getByLabel('Security code').fill('123');
  }
  await toReview(page);
}

/**
 * Chooses another way than a card at the payment step, and comes to the review. By the keyboard: right after a scroll, Chromium may hand a
 * click to the frame that was there before.
 */
export async function choosePayment(page: Page, method: string): Promise<void> {
  const way = page.locator(`[name="method"][value="${method}"]`);
  await way.press('Space');
  await way.and(page.locator(':checked')).waitFor();
  await toReview(page);
}

async function toReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check your order' }).press('Enter');
  await page.waitForURL('**/checkout/review');
}

/** Agrees to the terms and places the order. */
export async function placeOrder(page: Page): Promise<void> {
  await page.locator('[name="terms"]').check();
  await page.getByRole('button', { name: /^Place order/ }).click();
}

/** Enters a card on the page of the payment service. */
export async function payOnHostedPage(page: Page, number: string): Promise<void> {
  await page.waitForURL('**/c/{pay,return}/*');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry date').fill('12/44');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Ada Lovelace');
  await page.getByRole('button', { name: /^Pay / }).first().click();
}

/** From the payment step to where the bank's answer leads: the order, a question of the bank, or why it was declined. */
export async function pay(page: Page, number: string, means: Means): Promise<void> {
  await enterCard(page, number, means);
  await placeOrder(page);
  if (!means.scripts) await payOnHostedPage(page, number);
}

/**
 * After a card that was refused, waits for the page that says so, and pays with another one: at our payment step, or on the page of the
 * payment service, which keeps who pays there until they have.
 */
export async function payAfterRefusal(
  page: Page,
  number: string,
  refusal: RegExp,
  means: Means,
): Promise<void> {
  if (means.scripts) await page.waitForURL('**/checkout/payment?error=*');
  await page.getByRole('alert').filter({ hasText: refusal }).first().waitFor();
  if (means.scripts) await pay(page, number, means);
  else await payOnHostedPage(page, number);
}

/** @returns the order's number, as its page shows it */
export async function orderNumber(page: Page): Promise<string> {
  await page.waitForURL('**/orders/SK-*');
  const number = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByText(number).first().waitFor();
  return number;
}
