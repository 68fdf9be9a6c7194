/** A code to try in a cart. */
export interface DemoCode {
  readonly code: string;
  /** What it is good for, in words. */
  readonly title: string;
}

/** The codes of the demo shop, in the order to show them. */
export const demoCodes: readonly DemoCode[] = [
  { code: 'WELCOME10', title: '10 % off the first order' },
  { code: 'ONEUSE', title: '10.00 off, once for the whole shop' },
  { code: 'SUMMER', title: '20 % off, but summer is over' },
];

/** The gift cards of the demo shop: anybody who reads this can spend them. */
export const demoGiftCards = [
  { code: 'GIFT-DEMO-USD-FIFTY', currency: 'USD', amount: 5_000, title: 'gift card of 50.00 USD' },
  { code: 'GIFT-DEMO-EUR-FIFTY', currency: 'EUR', amount: 5_000, title: 'gift card of 50.00 EUR' },
] as const;

/** What is on without a code, in words. */
export const demoOffers: readonly string[] = [
  'standard delivery on us over 75.00 USD or 70.00 EUR',
  'three pairs of socks for two',
  '5 % off from 100.00, 10 % off from 200.00',
  'a pantry jar free over 150.00',
];
