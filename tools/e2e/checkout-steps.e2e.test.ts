import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { faults } from './accessibility.ts';
import { linkIn, mailTo, PASSWORD } from './account-shopper.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { lookInside, stockUpMugs } from './inside.ts';
import { choosePayment, fillAddress, fillCart, orderNumber, placeOrder, toPayment } from './page-shopper.ts';

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
  const inside = lookInside(shop);
  await stockUpMugs(inside);
  await inside.close();
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

const DOUBTFUL = { line1: '12 Main Stret', city: 'Oakland', region: 'NY', postcode: '94601' } as const;

describe.each([
  { scripts: true, viewport: 'desktop' },
  { scripts: false, viewport: 'phone' },
] as const)('the steps of the checkout, scripts: $scripts', (visitor) => {
  const { scripts } = visitor;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  beforeEach(async () => {
    problems.length = 0;
    context = await newVisitor(browser, visitor);
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => problems.push(error.message));
    await fillCart(page, shop);
    await open('/checkout/address');
  });
  afterEach(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });

  const open = async (path: string) => {
    await page.goto(new URL(path, shop.shopUrl).href);
    if (scripts) await page.locator('html[data-hydrated]').waitFor();
  };
  const field = (name: string) => page.locator(`[name="${name}"]`);
  const goOn = () => page.getByRole('button', { name: 'Continue to delivery' }).click();
  const focused = () => page.evaluate('document.activeElement?.textContent ?? ""');
  const look = async () => {
    if (scripts) problems.push(...(await faults(page)));
  };
  const chooseCountry = async (name: string, country: string) => {
    await field(name).selectOption(country);
    if (!scripts) await page.locator('button:visible', { hasText: 'Show the fields' }).last().click();
  };
  /** Without scripts the summary of a phone is closed again on each page. */
  const openSummary = async () => {
    if (visitor.viewport === 'phone' && !(await page.getByText('Hide order').isVisible())) {
      await page.getByText('Show order').click();
    }
  };

  test('a doubtful address is asked about, once, and nobody is kept from theirs', async () => {
    await fillAddress(page, { ...DOUBTFUL, email: 'insists@example.com' });
    await goOn();
    await page.getByRole('heading', { name: 'Did you mean this address?' }).waitFor();
    await look();
    expect(await focused()).toContain('Did you mean this address?');
    expect(await field('email').inputValue()).toBe('insists@example.com');
    expect(await field('shippingAddress.line1').inputValue()).toBe(DOUBTFUL.line1);
    await page.getByRole('button', { name: 'Keep what I typed' }).click();
    await page.waitForURL('**/checkout/shipping');
    await page.getByText('12 Main Stret, Oakland, NY 94601').first().waitFor();

    await open('/checkout/address');
    await goOn();
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.waitForURL('**/checkout/shipping');
    await page.getByText('12 Main Street, Oakland, CA 94601').first().waitFor();

    await open('/checkout/address');
    await fillAddress(page, { ...DOUBTFUL, line1: 'Main Road' });
    await goOn();
    await page.getByRole('heading', { name: /^Did you mean|^Is this address/ }).waitFor();
    await goOn();
    await page.waitForURL('**/checkout/shipping');
  });

  test('what is wrong is told at the field and at the top, which has the focus', async () => {
    await fillAddress(page, { postcode: '12', email: 'ada@' });
    await goOn();
    await page.getByRole('heading', { name: '2 things to mend' }).waitFor();
    expect(await focused()).toContain('2 things to mend');
    const postcode = field('shippingAddress.postcode');
    const note = (await postcode.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${note}"]`).textContent()).toBe('Enter a ZIP code such as 95014');
    expect(await field('shippingAddress.city').inputValue()).toBe('Oakland');
    await look();
  });

  test('the form follows the country, and a bill may go anywhere', async () => {
    await fillAddress(page, { email: 'abroad@example.com' });
    await chooseCountry('shippingAddress.country', 'CA');
    await page.locator('label:visible', { hasText: 'Province' }).waitFor();
    await field('shippingAddress.region').selectOption('ON');
    await field('shippingAddress.postcode').fill('M5V 2T6');
    expect(await field('shippingAddress.fullName').inputValue()).toBe('Ada Lovelace');
    expect(await field('shippingAddress.postcode').getAttribute('inputmode')).toBe('text');
    expect(await field('shippingAddress.postcode').getAttribute('autocomplete')).toBe('shipping postal-code');
    await page.getByLabel('The billing address is the same').uncheck();
    await chooseCountry('billingAddress.country', 'JP');
    await page.locator('label:visible', { hasText: 'Prefecture' }).waitFor();
    await field('billingAddress.region').selectOption({ label: 'Tokyo' });
    await look();
    await field('billingAddress.fullName').fill('Ada KK');
    await field('billingAddress.line1').fill('1-1 Marunouchi, Chiyoda');
    await field('billingAddress.postcode').fill('100-0005');
    await goOn();
    await page.waitForURL('**/checkout/shipping');
    await toPayment(page);
    await choosePayment(page, 'bank_transfer');
    await page.getByText('Ada KK').waitFor();
    await page.getByText('Japan').waitFor();
    await open('/checkout/address');
    expect(await field('billingAddress.country').inputValue()).toBe('JP');
  });

  test('codes are entered beside every step, and a changed total is agreed to anew', async () => {
    await fillAddress(page, { email: `code-${scripts}@example.com` });
    await goOn();
    await page.waitForURL('**/checkout/shipping');
    await expect.poll(() => page.title()).toContain('Checkout: delivery');
    expect(await page.locator('[aria-current="step"]').textContent()).toBe('Delivery');
    if (scripts) {
      await page.waitForFunction('document.activeElement?.tagName === "H1"');
      await page.getByRole('radio', { name: /Express/ }).check();
      await page.locator('aside').getByText('$14.95').waitFor();
    }
    await openSummary();
    const enter = async (code: string) => {
      const form = page.locator('form:visible', { has: page.locator('input[name="code"]') });
      if (!(await form.isVisible())) await page.locator('summary:visible', { hasText: 'promo code' }).click();
      await form.locator('[name="code"]').fill(code);
      await form.getByRole('button', { name: 'Apply' }).click();
    };
    await enter('NO-SUCH-CODE');
    await page.locator('p:visible', { hasText: 'We do not know this code.' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/checkout/shipping');
    await enter('WELCOME10');
    if (!scripts) await page.waitForURL('**/checkout/shipping');
    await openSummary();
    await page.locator('dt:visible', { hasText: 'WELCOME10' }).waitFor();
    await look();
    await toPayment(page);
    await choosePayment(page, 'bank_transfer');
    await page.locator('button:visible', { hasText: 'Remove' }).click();
    await page.waitForURL('**/checkout/payment?changed=1');
    await page.getByText('Your order changed since you last checked it.').waitFor();
    await choosePayment(page, 'bank_transfer');
    expect(await page.locator('dt:visible', { hasText: 'WELCOME10' }).count()).toBe(0);
  });

  test('an account is offered after the order, and finds it', async () => {
    const email = `later-${scripts}@example.com`;
    await fillAddress(page, { email });
    await goOn();
    await page.waitForURL('**/checkout/shipping');
    await toPayment(page);
    await choosePayment(page, 'bank_transfer');
    await placeOrder(page);
    const number = await orderNumber(page);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.waitForURL('**/register?**');
    expect(await field('email').inputValue()).toBe(email);
    await field('name').fill('Ada Lovelace');
    await field('password').fill(PASSWORD);
    await page.locator('main form').getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();
    await page.goto(linkIn(await mailTo(shop, email, /^Confirm your e-mail/), '/verify-email/'));
    await field('password').fill(PASSWORD);
    await page
      .locator('main form')
      .getByRole('button', { name: /^Confirm/ })
      .click();
    await page.waitForURL('**/account/orders');
    await page.getByText(number).first().waitFor();
  });
});

describe('with scripts', () => {
  test('fields are checked as they are left, not as they are typed', async () => {
    const context = await newVisitor(browser);
    const page = await context.newPage();
    await fillCart(page, shop);
    await page.goto(new URL('/checkout/address', shop.shopUrl).href);
    await page.locator('html[data-hydrated]').waitFor();
    const at = (name: string) => page.locator(`[name="${name}"]`);
    const postcode = at('shippingAddress.postcode');
    const message = page.getByText('Enter a ZIP code such as 95014');

    await postcode.pressSequentially('12');
    expect(await message.count()).toBe(0);
    await postcode.press('Tab');
    await message.waitFor();
    expect(await page.getByText('to mend').count()).toBe(0);
    expect(await postcode.getAttribute('aria-invalid')).toBe('true');
    await postcode.fill('94601');
    await message.waitFor({ state: 'detached' });

    await at('shippingAddress.fullName').focus();
    await page.keyboard.press('Tab');
    await page.getByText('Enter the full name').waitFor();
    await at('shippingAddress.phone').fill('12');
    await page.keyboard.press('Tab');
    await page.getByText('Enter a phone number such as (201) 555-0123').waitFor();

    await at('email').fill('ada@gmial.com');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'ada@gmail.com' }).click();
    expect(await at('email').inputValue()).toBe('ada@gmail.com');
    await context.close();
  });
});
