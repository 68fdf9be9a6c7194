import type { Browser, Page } from '../web/browser.ts';
import { formWith } from '../web/forms.ts';
import { refusals } from '../web/metrics.ts';
import { openListing, openProduct } from './browse.ts';
import { must, type Shopper } from './shopper.ts';

/** Looks for something else after something that is sold out, so often. */
const MOST_TRIES = 5;
/** The shop's answers to who wants more than there is. */
const NOT_SO_MANY = [409, 422];

/** Puts something into the cart and leaves; half of them look at the cart and think of another number first. */
export function fillCartAndLeave(shopper: Shopper): void {
  const cart = fillCart(shopper);
  if (cart === null || Math.random() < 0.5) return;
  shopper.think('look at the cart');
  const form = formWith(cart.html, 'quantity');
  must(cart, form !== undefined, 'a cart without a form for a quantity');
  shopper.browser.submit(cart, form, {
    typed: { quantity: '2' },
    step: 'change-cart',
    mayBe: NOT_SO_MANY,
  });
}

/** @returns the cart with something in it; null when all that was looked at was sold out */
export function fillCart(shopper: Shopper): Page | null {
  const listing = openListing(shopper);
  shopper.think('look over a list');
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const product = openProduct(shopper, tries === 0 ? listing : undefined);
    shopper.think('look at a product');
    const cart = addToCart(shopper.browser, product);
    if (cart.name === 'cart') return cart;
    refusals.add(1, { at: 'product' });
  }
  return null;
}

/** Presses "Add to cart". @returns the cart's page; that of the product where it cannot be had */
export function addToCart(browser: Browser, product: Page): Page {
  const form = formWith(product.html, 'quantity');
  if (form === undefined) return product;
  const answer = browser.submit(product, form, {
    typed: { quantity: '1' },
    step: 'add-to-cart',
    mayBe: NOT_SO_MANY,
  });
  if (answer.status !== 200) return answer;
  const isFilled = answer.name === 'cart' && formWith(answer.html, 'lineId') !== undefined;
  must(answer, isFilled, 'a cart without what was added');
  return answer;
}
