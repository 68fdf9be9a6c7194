import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, startShop } from '../testing/browser.ts';
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
let stripe: Stripe;
let browser: Browser;
let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  stripe = sandbox.stripe;
  shop = await startShop((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop.test');
    if (pathname === '/shop.js') {
      response.setHeader('content-type', 'text/javascript').end(shopScript);
      return;
    }
    response
      .setHeader('content-type', 'text/html')
      // What the shop's pages allow: nothing inline, no eval, the sandbox where Stripe would be.
      .setHeader(
        'content-security-policy',
        `default-src 'none'; script-src 'self' ${sandbox.url}; frame-src ${sandbox.url}; connect-src 'self' ${sandbox.url}; style-src 'self'`,
      )
      .end(
        `<!doctype html><html lang="en"><title>Shop</title><h1>Pay</h1><div id="element"></div><script src="${sandbox.url}/v3/stripe.js"></script><script src="/shop.js"></script>`,
      );
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await sandbox?.close();
});

/** The shop's side: what a test asks for it runs, and notes the events. */
const shopScript = `
window.events = [];
window.start = (options, element = {}) => {
  const stripe = window.Stripe('pk_test_souk');
  const elements = stripe.elements({ mode: 'payment', amount: 4200, currency: 'usd', captureMethod: 'manual', ...options });
  const payment = elements.create('payment', element);
  for (const name of ['ready', 'change', 'loaderror']) payment.on(name, (event) => window.events.push({ name, ...event }));
  payment.mount('#element');
  Object.assign(window, { stripe, elements, payment });
  return new Promise((resolve) => { payment.once('ready', () => resolve('ready')); payment.once('loaderror', () => resolve('loaderror')); });
};
window.token = async (params) => (await elements.submit()).error ? elements.submit() : stripe.createConfirmationToken({ elements, params });
`;

interface Visit {
  page: Page;
  form: FrameLocator;
  /** Runs an expression in the shop's page. */
  run: (expression: string) => Promise<unknown>;
  violations: string[];
}

async function visit(
  start: string,
  work: (visit: Visit) => Promise<void>,
  options: { locale?: string; width?: number; bypassCSP?: boolean } = {},
): Promise<void> {
  const context = await browser.newContext({
    locale: options.locale ?? 'en-US',
    viewport: { width: options.width ?? 390, height: 900 },
    bypassCSP: options.bypassCSP ?? false,
  });
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  await page.goto(shop.url);
  expect(await page.evaluate(start)).toBe('ready');
  const form = page.frameLocator('iframe[title="Secure payment input frame"]');
  await work({ page, form, run: (expression) => page.evaluate(expression), violations });
  await context.close();
}

async function typeCard(form: FrameLocator, number = '4242424242424242'): Promise<void> {
  await form.getByLabel('Card number').pressSequentially(number);
  await form.getByLabel('Expiration date').pressSequentially('1244');
  await form.getByLabel('Security code').pressSequentially('123');
  await form.getByLabel('Postal code').fill('94103');
}

const intentFor = (more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 4200,
    currency: 'usd',
    capture_method: 'manual',
    automatic_payment_methods: { enabled: true },
    ...more,
  });

describe('a card', () => {
  test('is typed in the frame, becomes a token for the page, and pays at the server', async () => {
    await visit('start({})', async ({ page, form, run, violations }) => {
      await typeCard(form);
      expect(await form.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242');
      expect(await form.getByLabel('Expiration date').inputValue()).toBe('12 / 44');
      expect(await run('events.at(-1)')).toMatchObject({ complete: true, value: { type: 'card' } });

      const made = await run(
        `token({ payment_method_data: { billing_details: { name: 'Ada', address: { line1: 'Street 1' } } }, return_url: '${shop.url}/done' })`,
      );
      const token = (made as { confirmationToken: Stripe.ConfirmationToken }).confirmationToken;
      expect(token).toMatchObject({
        payment_method_preview: {
          card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2044 },
          billing_details: {
            name: 'Ada',
            address: { country: 'US', postal_code: '94103', line1: 'Street 1' },
          },
        },
      });
      // The page has seen no more of the card than that.
      expect(JSON.stringify(await run('events'))).not.toContain('4242424242424242');
      expect(await page.content()).not.toContain('4242 4242');

      const { id } = await intentFor();
      const held = await stripe.paymentIntents.confirm(id, { confirmation_token: token.id });
      expect(held.status).toBe('requires_capture');
      expect(violations).toEqual([]);
    });
  });

  test('that is incomplete or wrong is told at its field, on leaving it and on submit', async () => {
    await visit('start({})', async ({ form, run }) => {
      expect(await run('elements.submit()')).toMatchObject({
        error: { type: 'validation_error', code: 'incomplete_number' },
      });
      await form.getByText('Your card number is incomplete.').waitFor();
      await form.getByText("Your card's security code is incomplete.").waitFor();
      await typeCard(form, '4242424242424241');
      await form.getByText('Your card number is invalid.').waitFor();
      expect(await form.getByText("Your card's security code is incomplete.").isVisible()).toBe(false);
      expect(await form.getByLabel('Card number').getAttribute('aria-invalid')).toBe('true');
      await form.getByLabel('Card number').fill('4242424242424242');
      await form.getByLabel('Expiration date').fill('0120');
      await form.getByLabel('Security code').focus();
      await form.getByText("Your card's expiration date is in the past.").waitFor();
    });
  });

  test('that is no test card is refused by the API, and the page is told why', async () => {
    await visit('start({})', async ({ form, run }) => {
      await typeCard(form, '4539578763621486');
      expect(await run('token({})')).toMatchObject({
        error: { type: 'card_error', code: 'card_declined', decline_code: 'live_mode_test_card' },
      });
      await form.getByText('used a non test card').waitFor();
    });
  });

  test('is formatted where the cursor stands; American Express has its own shape', async () => {
    await visit('start({})', async ({ page, form }) => {
      const number = form.getByLabel('Card number');
      await number.pressSequentially('42424242');
      for (let left = 0; left < 4; left += 1) await page.keyboard.press('ArrowLeft');
      await page.keyboard.type('9');
      await page.keyboard.type('8');
      expect(await number.inputValue()).toBe('4242 9842 42');
      await number.fill('');
      await number.pressSequentially('378282246310005');
      expect(await number.inputValue()).toBe('3782 822463 10005');
      await form.getByLabel('Security code').pressSequentially('1234');
      expect(await form.getByLabel('Security code').inputValue()).toBe('1234');
      const expiry = form.getByLabel('Expiration date');
      await expiry.pressSequentially('4');
      expect(await expiry.inputValue()).toBe('04 / ');
      await page.keyboard.press('Backspace');
      expect(await expiry.inputValue()).toBe('04');
      await page.keyboard.press('Backspace');
      expect(await expiry.inputValue()).toBe('0');
    });
  });

  test('fills by itself: autofill and keyboards know the fields', async () => {
    await visit('start({})', async ({ form }) => {
      for (const [label, autocomplete] of [
        ['Card number', 'cc-number'],
        ['Expiration date', 'cc-exp'],
        ['Security code', 'cc-csc'],
      ]) {
        const field = form.getByLabel(label ?? '');
        expect(await field.getAttribute('autocomplete')).toBe(autocomplete);
        expect(await field.getAttribute('inputmode')).toBe('numeric');
      }
      await form.getByText('Test cards').click();
      await form.getByRole('button', { name: 'Asks for 3-D Secure' }).click();
      expect(await form.getByLabel('Card number').inputValue()).toBe('4000 0000 0000 3220');
    });
  });
});

describe('other ways to pay', () => {
  test('Klarna is a choice; its token pays after its own page', async () => {
    await visit('start({})', async ({ page, form, run }) => {
      await form.getByRole('radio', { name: 'Klarna' }).check();
      expect(await form.getByLabel('Card number').isVisible()).toBe(false);
      expect(await run('events.at(-1)')).toMatchObject({ complete: true, value: { type: 'klarna' } });
      const made = await run(
        "token({ payment_method_data: { billing_details: { email: 'ada@example.com', address: { country: 'US' } } } })",
      );
      const { confirmationToken } = made as { confirmationToken: Stripe.ConfirmationToken };
      expect(confirmationToken.payment_method_preview).toMatchObject({ type: 'klarna', klarna: {} });
      const { id, client_secret: secret } = await intentFor();
      const waiting = await stripe.paymentIntents.confirm(id, {
        confirmation_token: confirmationToken.id,
        return_url: `${shop.url}/done`,
      });
      expect(waiting.status).toBe('requires_action');
      await page.evaluate(`void stripe.handleNextAction({ clientSecret: '${secret}' })`);
      await page.getByRole('button', { name: 'Authorise test payment' }).click();
      await page.waitForURL(`${shop.url}/done?**redirect_status=succeeded`);
    });
    const [intent] = (await stripe.paymentIntents.list({ limit: 1 })).data;
    expect(intent?.status).toBe('requires_capture');
  });

  test('what can be chosen follows what is paid', async () => {
    await visit("start({ currency: 'eur' })", async ({ form, run }) => {
      await form.getByRole('radio', { name: 'PayPal' }).waitFor();
      expect(await form.getByRole('radio', { name: 'Afterpay' }).count()).toBe(0);
      await run("elements.update({ currency: 'gbp', amount: 900 })");
      await form.getByRole('radio', { name: 'Afterpay' }).waitFor();
    });
    await visit("start({ paymentMethodTypes: ['card'] })", async ({ form }) => {
      await form.getByLabel('Card number').waitFor();
      expect(await form.getByRole('radio').count()).toBe(0);
    });
  });

  test('saved cards of the customer are offered, and new ones can be saved', async () => {
    const { id: customer } = await stripe.customers.create({});
    const session = () =>
      stripe.customerSessions.create({
        customer,
        components: {
          payment_element: {
            enabled: true,
            features: {
              payment_method_redisplay: 'enabled',
              payment_method_save: 'enabled',
              payment_method_save_usage: 'on_session',
            },
          },
        },
      });
    const pay = async (token: unknown) => {
      const { confirmationToken } = token as { confirmationToken: Stripe.ConfirmationToken };
      const { id } = await intentFor({ customer });
      return stripe.paymentIntents.confirm(id, {
        confirmation_token: confirmationToken.id,
        return_url: `${shop.url}/done`,
      });
    };
    const first = (await session()).client_secret;
    await visit(`start({ customerSessionClientSecret: '${first}' })`, async ({ form, run }) => {
      await typeCard(form);
      await form.getByLabel('Save for my next order').check();
      expect((await pay(await run('token({})'))).status).toBe('requires_capture');
    });
    const second = (await session()).client_secret;
    await visit(`start({ customerSessionClientSecret: '${second}' })`, async ({ form, run }) => {
      expect(await form.getByRole('radio', { name: 'Visa' }).isChecked()).toBe(true);
      const paid = await pay(await run('token({})'));
      const [saved] = (await stripe.customers.listPaymentMethods(customer)).data;
      expect(paid).toMatchObject({ status: 'requires_capture', payment_method: saved?.id });
    });
  });
});

describe('3-D Secure in a window over the page', () => {
  /** Begins the bank's question. @returns the intent it is about */
  async function ask(page: Page): Promise<string> {
    const intent = await stripe.paymentIntents.create({
      amount: 4200,
      currency: 'usd',
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
      use_stripe_sdk: true,
      return_url: `${shop.url}/done`,
    });
    expect(intent.next_action?.type).toBe('use_stripe_sdk');
    await page.evaluate(
      `window.answer = stripe.handleNextAction({ clientSecret: '${intent.client_secret}' }); undefined`,
    );
    await page.locator('iframe[title="Confirm it is you"]').waitFor();
    return intent.id;
  }

  test.each([
    ['Complete authentication', { paymentIntent: { status: 'succeeded' } }],
    ['Fail authentication', { error: { code: 'payment_intent_authentication_failure' } }],
  ])('%s', async (button, expected) => {
    await visit('start({})', async ({ page, run }) => {
      await ask(page);
      await page
        .frameLocator('iframe[title="Confirm it is you"]')
        .getByRole('button', { name: button })
        .click();
      expect(await run('answer')).toMatchObject(expected);
      expect(await page.locator('dialog').count()).toBe(0);
    });
  });

  test.each(['button', 'Escape'])('closing the window (%s) is a no', async (how) => {
    await visit('start({})', async ({ page, run }) => {
      const id = await ask(page);
      if (how === 'Escape') await page.keyboard.press('Escape');
      else await page.getByRole('button', { name: 'Close' }).click();
      expect(await run('answer')).toMatchObject({ error: { payment_intent: { id } } });
    });
  });
});

test('confirmSetup saves a card from the page', async () => {
  const { id: customer } = await stripe.customers.create({});
  const intent = await stripe.setupIntents.create({ customer });
  await visit("start({ mode: 'setup', amount: undefined })", async ({ form, run }) => {
    await typeCard(form);
    const done = await run(
      `elements.submit().then(() => stripe.confirmSetup({ elements, clientSecret: '${intent.client_secret}', confirmParams: { return_url: '${shop.url}/done' }, redirect: 'if_required' }))`,
    );
    expect(done).toMatchObject({ setupIntent: { id: intent.id, status: 'succeeded' } });
    expect(done).not.toHaveProperty('setupIntent.metadata');
  });
  expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
});

describe('the frame', () => {
  test('speaks the language of the shop, and leaves out what the shop asks itself', async () => {
    await visit(
      "start({ locale: 'de' }, { fields: { billingDetails: { address: { country: 'never' } } } })",
      async ({ form }) => {
        await form.getByLabel('Kartennummer').waitFor();
        expect(await form.getByLabel('Land').isVisible()).toBe(false);
        expect(await form.locator('html').getAttribute('lang')).toBe('de');
      },
    );
  });

  test('takes no message from another window, and stands in no page but the one that it was made for', async () => {
    await visit('start({})', async ({ page, form, run }) => {
      await form.getByLabel('Card number').fill('4242');
      // From the shop's page, but pretending in another window's name is not possible; from a wrong window it is ignored.
      await page.evaluate(`
        const other = document.createElement('iframe');
        document.body.append(other);
        other.contentWindow.parent.frames[0].postMessage({ 'payment-sandbox': { kind: 'clear' } }, '*');
        undefined`);
      await run("window.postMessage({ 'payment-sandbox': { kind: 'ready' } }, '*')");
      await page.waitForTimeout(100);
      expect((await run("events.filter((event) => event.name === 'ready').length")) as number).toBe(1);
    });
    const answer = await fetch(`${sandbox.url}/v3/elements/payment?origin=http://shop.test`);
    expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors http://shop.test');
    expect((await fetch(`${sandbox.url}/v3/elements/payment?origin=javascript:1`)).status).toBe(400);
    expect((await fetch(`${sandbox.url}/v3/elements/payment`)).status).toBe(400);
  });

  test('a wrong key is a loaderror, not silence', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(shop.url);
    expect(await page.evaluate("start({ customerSessionClientSecret: 'cuss_secret_wrong' })")).toBe(
      'loaderror',
    );
    await expect(page.evaluate("Stripe('sk_test_secret')")).rejects.toThrow('publishable key');
    await context.close();
  });

  test.each([320, 390, 900])('axe finds nothing, nothing overflows at %i px', async (width) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await visit(
      'start({})',
      async ({ page, run }) => {
        await run('elements.submit()');
        const frame = page.frames().find((one) => one.url().includes('/v3/elements/payment'));
        await frame?.addScriptTag({ content: axe });
        const found = await frame?.evaluate(
          // The page around the frame has the landmarks and the heading.
          `axe.run({ rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false } } })
            .then((result) => result.violations.map(({ id }) => id))`,
        );
        expect(found).toEqual([]);
        const sizes = await frame?.evaluate(
          '[document.documentElement.scrollWidth - innerWidth, document.querySelector("form").scrollHeight - innerHeight <= 0]',
        );
        expect(sizes).toEqual([0, true]);
      },
      { width, bypassCSP: true },
    );
  });
});
