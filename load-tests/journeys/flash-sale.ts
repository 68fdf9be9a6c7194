import { refusals, shoppers } from '../web/metrics.ts';
import { isSoldOut } from './browse.ts';
import { checkOut } from './buy.ts';
import { addToCart } from './fill-cart.ts';
import { must, type Visitor } from './shopper.ts';

/** Comes for one thing, buys it as fast as pages come, or is told in plain words that it is sold out. */
export function wantOne({ browser, think }: Visitor, item: string): void {
  shoppers.add(1, { journey: 'flash-sale' });
  const product = browser.open(item);
  think('glance');
  const cart = addToCart(browser, product);
  if (cart.name !== 'cart') {
    must(cart, isSoldOut(cart), 'a refusal that does not say that it is sold out');
    refusals.add(1, { at: 'product' });
    return;
  }
  const last = checkOut({ browser, think });
  if (last.name === 'order') return;
  must(last, isSoldOut(last), 'a cart that does not say what is sold out');
  refusals.add(1, { at: 'checkout' });
}
