import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, startShop } from './testing/browser.ts';
import { manualIntent, startTestSandbox, type TestSandbox } from './testing/test-sandbox.ts';

let browser: Browser;
let sandbox: TestSandbox;
let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  shop = await startShop();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
  await sandbox.close();
});

function payUrl(intent: Stripe.PaymentIntent): string {
  const query = new URLSearchParams({
    client_secret: intent.client_secret ?? '',
    return_url: `${shop.url}/return`,
    cancel_url: `${shop.url}/checkout`,
  });
  return `${sandbox.url}/pay/${intent.id}?${query}`;
}

async function withPage(
  options: { scripts?: boolean; scheme?: 'light' | 'dark'; width?: number },
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled: options.scripts ?? false,
    colorScheme: options.scheme ?? 'light',
    viewport: { width: options.width ?? 390, height: 800 },
    // Lets the accessibility checker in, which the pages' own policy would not.
    bypassCSP: options.scripts ?? false,
  });
  await visit(await context.newPage());
  await context.close();
}

describe('with scripts off', () => {
  test('a card is typed, refused, corrected, taken; the browser is let back to the shop', async () => {
    const intent = await manualIntent(sandbox.stripe);
    await withPage({}, async (page) => {
      await page.goto(payUrl(intent));
      await page.getByLabel('Card number').fill('4242 4242 4242 4241');
      await page.getByLabel('Expiry date').fill('04 / 44');
      await page.getByLabel('Security code').fill('123');
      await page.getByLabel('Name on card').fill('Ada Lovelace');
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await page.getByRole('heading', { name: 'Check your card details' }).waitFor();

      await page.getByLabel('Card number').fill('4242 4242 4242 4242');
      await page.getByLabel('Security code').fill('123');
      await page.getByLabel('Security code').press('Enter');
      await page.waitForURL(`${shop.url}/return?**redirect_status=collected`);
    });
    await expect(sandbox.stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({
      status: 'requires_confirmation',
    });
  });

  test.each([
    ['Complete authentication', 'succeeded', 'requires_capture'],
    ['Fail authentication', 'failed', 'requires_payment_method'],
  ])('%s: %s', async (button, redirectStatus, status) => {
    const intent = await manualIntent(sandbox.stripe);
    await withPage({}, async (page) => {
      await page.goto(payUrl(intent));
      await page.getByRole('button', { name: 'Asks for 3-D Secure' }).click();
      await page.waitForURL(`${shop.url}/return?**`);
      const { next_action: action } = await sandbox.stripe.paymentIntents.confirm(intent.id, {
        return_url: `${shop.url}/done`,
      });
      await page.goto(action?.redirect_to_url?.url ?? '');
      await page.getByRole('button', { name: button }).click();
      await page.waitForURL(`${shop.url}/done?**redirect_status=${redirectStatus}`);
    });
    await expect(sandbox.stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({ status });
  });
});

test('Checkout, scripts off: a decline stays on the page, Klarna fails, 3-D Secure pays', async () => {
  const session = await checkoutSession();
  await withPage({}, async (page) => {
    await page.goto(session.url ?? '');
    await page.getByRole('link', { name: 'Back to Souk' }).click();
    await page.waitForURL(`${shop.url}/checkout`);
    await page.goBack();
    await page.getByRole('button', { name: 'Declined by the bank' }).click();
    await page.getByRole('heading', { name: 'Your card was declined. Nothing was charged.' }).waitFor();
    await page.getByRole('button', { name: 'Pay with Klarna' }).click();
    await page.getByRole('button', { name: 'Fail test payment' }).click();
    await page.getByRole('heading', { name: 'The payment was not confirmed.' }).waitFor();
    await page.getByLabel('Card number').fill('4000 0000 0000 3220');
    await page.getByLabel('Expiry date').fill('04 / 44');
    await page.getByLabel('Security code').fill('123');
    await page.getByLabel('Name on card').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Pay $42.00' }).click();
    await page.getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`${shop.url}/done?session=${session.id}`);
  });
  await expect(sandbox.stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
    status: 'complete',
  });
});

function checkoutSession() {
  return sandbox.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        price_data: { currency: 'usd', unit_amount: 4200, product_data: { name: 'Order at Souk' } },
        quantity: 1,
      },
    ],
    success_url: `${shop.url}/done?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${shop.url}/checkout`,
  });
}

test.each([
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)('axe finds nothing, and nothing overflows, at %i px %s', async (width, scheme) => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const intent = await manualIntent(sandbox.stripe);
  const challenged = await sandbox.stripe.paymentIntents.confirm((await manualIntent(sandbox.stripe)).id, {
    payment_method: 'pm_card_threeDSecure2Required',
    return_url: `${shop.url}/done`,
  });
  await withPage({ scripts: true, scheme, width }, async (page) => {
    const check = async () => {
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(
        'axe.run().then((result) => result.violations.map(({ id }) => id))',
      );
      expect(violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    };
    await page.goto(payUrl(intent));
    await check();
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
    await check();
    await page.goto(challenged.next_action?.redirect_to_url?.url ?? '');
    await check();
    await page.goto(`${sandbox.url}/pay/pi_none`);
    await check();
    await page.goto((await checkoutSession()).url ?? '');
    await check();
    await page.getByRole('button', { name: 'Declined: no funds' }).click();
    await page.getByRole('alert').waitFor();
    await check();
    await page.getByRole('button', { name: 'Pay with Klarna' }).click();
    await page.getByRole('heading', { name: 'Pay with Klarna?' }).waitFor();
    await check();
    const account = await sandbox.stripe.accounts.create({ type: 'express', email: 'seller@example.com' });
    const link = await sandbox.stripe.accountLinks.create({
      account: account.id,
      type: 'account_onboarding',
      return_url: `${shop.url}/ready`,
      refresh_url: `${shop.url}/again`,
    });
    await page.goto(link.url);
    await check();
  });
});
