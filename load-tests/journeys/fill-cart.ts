import type { Page } from '../web/browser.ts';
import { formWith } from '../web/forms.ts';
import { refusals } from '../web/metrics.ts';
import { openListing, openProduct } from './browse.ts';
import { must, type Shopper } from './shopper.ts';

/** Looks for something else after something that is sold out, so often. */
const MOST_TRIES = 5;
/** The shop's answer to who wants what has just sold out. */
export const CONFLICT = 409;

/** Puts something into the cart and leaves; half of them look at the cart and think of another number first. */
export function fillCartAndLeave(shopper: Shopper): void {
  const cart = fillCart(shopper);
  if (cart === null || Math.random() < 0.5) return;
  shopper.think('look at the cart');
  const form = formWith(cart.html, 'lineId');
  must(cart, form !== undefined, 'a cart without a form for its line');
  const canChange = form.controls.some(({ name }) => name === 'quantity');
  // the last one of its kind
  if (!canChange) return;
  shopper.browser.submit(cart, form, {
    typed: { quantity: '2' },
    step: 'change-cart',
    mayBe: [CONFLICT, 422],
  });
}

/** @returns the cart with something in it; null when all that was looked at was sold out */
export function fillCart(shopper: Shopper): Page | null {
  const listing = openListing(shopper);
  shopper.think('look over a list');
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const product = openProduct(shopper, tries === 0 ? listing : undefined);
    shopper.think('look at a product');
    const cart = addToCart(shopper, product);
    if (cart !== null) return cart;
  }
  return null;
}

/** Presses "Add to cart". @returns the cart's page; null when it is sold out */
export function addToCart(shopper: Shopper, product: Page): Page | null {
  const form = formWith(product.html, 'quantity');
  if (form === undefined) {
    refusals.add(1, { at: 'product' });
    return null;
  }
  const answer = shopper.browser.submit(product, form, {
    typed: { quantity: '1' },
    step: 'add-to-cart',
    mayBe: [CONFLICT],
  });
  if (answer.status === CONFLICT) {
    refusals.add(1, { at: 'add-to-cart' });
    return null;
  }
  must(
    answer,
    answer.name === 'cart' && formWith(answer.html, 'lineId') !== undefined,
    'a cart without what was added',
  );
  return answer;
}
