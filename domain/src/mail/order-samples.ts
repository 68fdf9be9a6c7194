import { type Money, moneyOf } from '../kernel/index.ts';
import type { MailInput } from './model.ts';
import type { orderTemplates } from './order-data.ts';

const euros = (amount: number): Money => moneyOf(amount, 'EUR');
const dueAt = new Date('2026-03-08T12:00:00Z');

/** Data to look at each kind of mail about an order with. */
export function sampleOrders(
  shopUrl: string,
  name: string,
): { readonly [T in keyof typeof orderTemplates]: MailInput<T> } {
  const number = 'SK-2026-010042';
  const url = `${shopUrl}/orders/${number}?token=sample-7Jq0cXw2mVn5pRt8yBe1kLh4sDf6g`;
  const payment = {
    method: 'bank_transfer',
    open: euros(15_773),
    dueAt,
    transfer: {
      holder: 'Souk GmbH',
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
      bank: 'Musterbank',
      reference: number,
    },
    payUrl: null,
  } as const;
  return {
    'order-confirmation': {
      number,
      url,
      lines: [
        { title: 'Linen shirt', variant: 'Ecru, M', quantity: 2, total: euros(11_800) },
        {
          title: 'Walnut tray with a rim that keeps cups in place',
          variant: '',
          quantity: 1,
          total: euros(4_250),
          promise: 'preorder',
          shipsAt: new Date('2026-05-01T00:00:00Z'),
        },
      ],
      subtotal: euros(16_050),
      discount: euros(1_605),
      promotions: [{ label: 'Spring, 10 % off', amount: euros(1_605) }],
      shipping: { method: 'Standard', amount: euros(490) },
      tax: euros(2_838),
      taxes: [{ name: 'VAT 19 %', amount: euros(2_838) }],
      total: euros(17_773),
      giftCards: [{ last4: 'K7QX', amount: euros(2_000) }],
      due: euros(15_773),
      address: { lines: [name, '12 Analytical Way', 'Oakland CA 94601'], country: 'US' },
      delivery: { minDays: 2, maxDays: 4, earliest: '2026-03-03', latest: '2026-03-06' },
      payment,
    },
    'order-paid': { number, url, amount: euros(15_773) },
    'order-reminder': { number, url, lapses: true, payment },
    'order-cancelled': {
      number,
      url,
      reason: 'unpaid',
      wasHeld: false,
      refund: null,
      giftCards: euros(2_000),
    },
    'order-link': { number, url },
  };
}
