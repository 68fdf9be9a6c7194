import type { Context } from '@souk/domain/kernel';
import { giftCardToIssue, issueGiftCard } from '@souk/domain/promotions';
import { aCard } from '@souk/domain/testing';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Shop } from '../testing/start-shop.ts';
import { linkIn, mailTo } from './account-shopper.ts';
import { newVisitor } from './browser.ts';
import {
  choosePayment,
  enterCard,
  enterCode,
  type Means,
  orderNumber,
  pay,
  payAfterRefusal,
  payOnHostedPage,
  placeOrder,
  post,
  type Recipient,
  toPayment,
} from './page-shopper.ts';

/** Somebody with a mug in the cart. */
export interface Buyer {
  readonly shop: Shop;
  /** The shop seen from inside. */
  readonly ctx: Context;
  readonly browser: Browser;
  readonly page: Page;
  readonly means: Means;
  readonly email: string;
}

const orderOf = (ctx: Context, number: string) =>
  ctx.db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
export type OrderRow = Awaited<ReturnType<typeof orderOf>>;

/** The order as soon as its payment has come so far, which jobs see to: money of a card is held first, and captured later. */
export async function orderOnce(
  ctx: Context,
  number: string,
  status: OrderRow['payment_status'],
): Promise<OrderRow> {
  const giveUpAt = Date.now() + 20_000;
  for (;;) {
    const order = await orderOf(ctx, number);
    if (order.payment_status === status) return order;
    if (Date.now() > giveUpAt) throw new Error(`order ${number} is ${order.payment_status}, not ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export interface WayToPay {
  /** What else is done to the cart. */
  readonly fill?: (buyer: Buyer) => Promise<void>;
  readonly address?: Recipient;
  /** From the step where it is chosen how to pay to the page of the order. */
  readonly pay: (buyer: Buyer) => Promise<void>;
  /** What tells the order from one in the US that a card paid all of. */
  readonly order?: Partial<OrderRow>;
  /** What is seen and done on the page of the order, whole by then. */
  readonly after?: (buyer: Buyer, order: OrderRow) => Promise<void>;
}

const inBerlin = { country: 'DE', region: '', line1: 'Kantstr. 1', city: 'Berlin', postcode: '10623' };

/** Places the order, and pays by card: in the fields of our page, or on the page of the payment service. */
const payInFull = ({ page, means }: Buyer) => pay(page, aCard(), means);

export const waysToPay: Readonly<Record<string, WayToPay>> = {
  'a card': { pay: payInFull },

  'a declined card, then another one': {
    async pay({ page, means }) {
      await pay(page, aCard('declined'), means);
      await payAfterRefusal(page, aCard(), /declined/i, means);
    },
  },

  '3-D Secure, passed': {
    async pay({ page, means }) {
      await pay(page, aCard('threeDSecure'), means);
      await page.getByRole('button', { name: 'Complete authentication' }).click();
    },
  },

  '3-D Secure, failed, then another card': {
    async pay({ page, means }) {
      await pay(page, aCard('threeDSecure'), means);
      await page.getByRole('button', { name: 'Fail authentication' }).click();
      await payAfterRefusal(page, aCard(), /confirm|authenticat/i, means);
    },
  },

  'a code, and a card': {
    fill: ({ page, shop }) => enterCode(page, shop, 'welcome10'),
    pay: payInFull,
    order: { discount_amount: 180 },
    after: ({ page }) => says(page, '(WELCOME10)'),
  },

  'a gift card for a part, and a card': {
    fill: async ({ page, shop, ctx }) => enterCode(page, shop, await giftCard(ctx, 1_000)),
    pay: payInFull,
    async after({ page }, { total_amount: total, gift_card_amount: spent }) {
      expect(spent).toBe(1_000);
      await says(page, /^Gift card ending in/);
      await says(page, `$${((total - 1_000) / 100).toFixed(2)}`);
    },
  },

  'a gift card for all of it': {
    fill: async ({ page, shop, ctx }) => enterCode(page, shop, await giftCard(ctx, 20_000)),
    async pay({ page }) {
      await says(page, 'There is nothing left to pay.');
      await page.getByRole('button', { name: 'Check your order' }).click();
      await page.waitForURL('**/checkout/review');
      await placeOrder(page);
    },
    order: { payment_method: 'gift_card' },
    async after(_, order) {
      expect(order.gift_card_amount).toBe(order.total_amount);
    },
  },

  'a card, in euros with VAT in them': {
    fill: ({ page, shop }) => post(page, shop, '/region', { region: 'eu' }),
    address: inBerlin,
    async pay({ page, means }) {
      await enterCard(page, aCard(), means);
      expect(await page.locator('main').textContent()).not.toContain('$');
      await placeOrder(page);
      if (!means.scripts) await payOnHostedPage(page, aCard());
    },
    order: { currency: 'EUR', region_code: 'eu', prices_include_tax: true, subtotal_amount: 1_995 },
    async after({ page }, { total_amount: total, tax_amount: tax }) {
      await says(page, /^Includes .*19%$/);
      expect(tax).toBeGreaterThan(0);
      expect(Math.abs(tax - (total * 19) / 119)).toBeLessThan(1);
    },
  },

  'bank transfer': {
    async pay({ page }) {
      await choosePayment(page, 'bank_transfer');
      await placeOrder(page);
    },
    order: { payment_method: 'bank_transfer', payment_status: 'awaiting' },
    async after({ page }) {
      await page.getByRole('heading', { name: /^Please pay \$/ }).waitFor();
      await says(page, 'GB33 BUKB 2020 1555 5555 55');
    },
  },

  'a link by mail, opened on another device': {
    async pay({ page }) {
      await choosePayment(page, 'pay_link');
      await placeOrder(page);
    },
    order: { payment_method: 'pay_link', payment_status: 'awaiting' },
    async after({ page, shop, ctx, browser, means, email }, { number }) {
      await page.getByRole('link', { name: 'Pay now' }).waitFor();
      const mail = await mailTo(shop, email, new RegExp(number));
      const device = await newVisitor(browser, { ...means, viewport: 'phone' });
      const there = await device.newPage();
      there.setDefaultTimeout(30_000);
      await there.goto(linkIn(mail, `/orders/${number}/pay`));
      await there.getByRole('button', { name: 'Go on to pay' }).click();
      await payOnHostedPage(there, aCard());
      await orderNumber(there);
      await device.close();
      await orderOnce(ctx, number, 'paid');
      await page.reload();
      await page.getByRole('heading', { name: 'Thank you, Ada.' }).waitFor();
      expect(await page.getByRole('link', { name: 'Pay now' }).count()).toBe(0);
    },
  },

  'cash, by who fetches it': {
    async pay({ page, shop }) {
      expect(await page.locator('[name="method"][value="cash_on_collection"]').count()).toBe(0);
      await page.goto(new URL('/checkout/shipping', shop.shopUrl).href);
      await page.getByRole('radio', { name: /Pick-up/ }).check();
      await toPayment(page);
      await choosePayment(page, 'cash_on_collection');
      await placeOrder(page);
    },
    order: { payment_method: 'cash_on_collection', payment_status: 'awaiting', shipping_amount: 0 },
    after: ({ page }) => says(page, 'You pay when you fetch it'),
  },
};

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** A gift card that nobody else spends. @returns its code */
async function giftCard(ctx: Context, amount: number): Promise<string> {
  const card = giftCardToIssue.parse({ amount, currency: 'USD', requestId: crypto.randomUUID() });
  return (await issueGiftCard(ctx, card)).code;
}
