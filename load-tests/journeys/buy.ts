import type { Page } from '../web/browser.ts';
import { type Form, formWith } from '../web/forms.ts';
import { ordersPaid, placeOrderDuration, refusals } from '../web/metrics.ts';
import { fillCart } from './fill-cart.ts';
import { must, type Shopper, type Visitor } from './shopper.ts';

const PROCESSING = '/checkout/processing';
/** The page of an order that is on its way looks again by itself after two seconds. */
const MOST_LOOKS = 15;

/** Fills a cart and buys what is in it. */
export function buy(shopper: Shopper): void {
  const cart = fillCart(shopper);
  if (cart === null) return;
  shopper.think('look at the cart');
  if (checkOut(shopper).name === 'cart') refusals.add(1, { at: 'checkout' });
}

/**
 * Goes from the cart to the page of a paid order, by the forms that a browser without scripts gets, the hosted page of the payment
 * service included.
 *
 * @returns the page of the order; that of the cart where something of it cannot be had, which says what
 */
export function checkOut({ browser, think }: Visitor): Page {
  const address = browser.open('/checkout/address');
  if (address.name === 'cart') return address;
  think('fill in an address');
  const shipping = browser.submit(address, formOf(address, 'email'), {
    typed: typedAddress(),
    step: 'address',
  });
  if (shipping.name === 'cart') return shipping;
  think('glance');
  const payment = browser.submit(shipping, formOf(shipping, 'optionId'), { step: 'shipping' });
  if (payment.name === 'cart') return payment;
  think('glance');
  const review = browser.submit(payment, formOf(payment, 'method'), {
    typed: { method: 'card' },
    step: 'payment',
  });
  if (review.name === 'cart') return review;
  think('read the review');
  const hosted = browser.submit(review, formOf(review, 'terms'), {
    typed: { terms: 'on' },
    step: 'place-order',
  });
  if (hosted.name === 'cart') return hosted;
  must(hosted, hosted.name === 'payment-page', 'no page to pay at');
  think('enter a card');
  const paid = browser.submit(hosted, formOf(hosted, 'number'), { typed: testCard, step: 'pay' });
  const order = followOrder({ browser, think }, paid);
  if (order.page.name === 'cart') return order.page;
  must(order.page, isPaid(order.page), 'no paid order');
  placeOrderDuration.add(hosted.shopTime + order.shopTime);
  ordersPaid.add(1);
  return order.page;
}

/** Waits at the page that looks by itself how the order does. */
function followOrder({ browser, think }: Visitor, paid: Page): { page: Page; shopTime: number } {
  let page = paid;
  let shopTime = paid.shopTime;
  for (let looks = 0; page.url.endsWith(PROCESSING); looks += 1) {
    must(page, looks < MOST_LOOKS, 'an order that stays on its way');
    think('glance');
    page = browser.open(PROCESSING);
    shopTime += page.shopTime;
  }
  return { page, shopTime };
}

/** The order's page names it and shows its history, which begins with the payment of it. */
function isPaid(page: Page): boolean {
  return page.name === 'order' && /Payment (authorised|received)/.test(page.html);
}

function formOf(page: Page, field: string): Form {
  const form = formWith(page.html, field);
  must(page, form !== undefined, `no form with ${field}`);
  return form;
}

/** Somebody else each time: an address is no person's. */
function typedAddress(): Record<string, string> {
  const someone = Math.random().toString(36).slice(2, 12);
  return {
    email: `shopper-${someone}@example.com`,
    'shippingAddress.country': 'US',
    'shippingAddress.fullName': 'Sam Shopper',
    'shippingAddress.line1': '1 Main Street',
    'shippingAddress.city': 'Springfield',
    'shippingAddress.state': 'IL',
    'shippingAddress.postcode': '62701',
  };
}

/** Of Stripe's test mode, and of the payment sandbox. */
const testCard = { number: '4242424242424242', exp: '12/44', cvc: '123', name: 'Sam Shopper' };
