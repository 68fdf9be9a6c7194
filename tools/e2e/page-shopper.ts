import { anAddress } from '@souk/domain/testing';
import type { Page } from 'playwright-core';

const SHIPPING = 'shippingAddress';

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
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await Promise.race([page.waitForURL('**/cart'), page.getByText('In your cart:').waitFor()]);
  if (new URL(page.url()).pathname !== '/cart') await page.goto(new URL('/cart', shopUrl).href);
}

/** Fills the form of the first step. */
export async function fillAddress(page: Page, address: Partial<typeof anAddress> = {}): Promise<void> {
  const to = { ...anAddress, ...address };
  await page.locator('[name="email"]').fill('ada@example.com');
  await page.locator(`[name="${SHIPPING}.country"]`).selectOption(to.country);
  await page.locator(`[name="${SHIPPING}.fullName"]`).fill(to.fullName);
  await page.locator(`[name="${SHIPPING}.line1"]`).fill(to.line1);
  await page.locator(`[name="${SHIPPING}.city"]`).fill(to.city);
  await page.locator(`select[name="${SHIPPING}.state"]`).selectOption(to.region);
  await page.locator(`[name="${SHIPPING}.postcode"]`).fill(to.postcode);
}

/** From the cart to the step where the payment is begun. */
export async function reachPayment(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.waitForURL('**/checkout/address');
  await fillAddress(page);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.waitForURL('**/checkout/shipping');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.waitForURL('**/checkout/payment');
}

/** Enters one of the sandbox's cards on its page, and comes back to the review. */
export async function enterCard(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: 'Enter card details' }).click();
  await page.waitForURL('**/pay/pi_*');
  await page.locator(`button[name="test_card"][value="${number}"]`).click();
  await page.waitForURL('**/checkout/review');
}

export async function placeOrder(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Place order/ }).click();
}

/** @returns the order's number, as its page shows it */
export async function orderNumber(page: Page): Promise<string> {
  await page.waitForURL('**/orders/SK-*');
  const number = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByText(number).first().waitFor();
  return number;
}
