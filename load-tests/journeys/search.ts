import { oneOf } from '../model/think-time.ts';
import { linksBelow } from '../web/addresses.ts';
import { openProduct } from './browse.ts';
import { must, type Shopper } from './shopper.ts';

/** Comes with something in mind: searches, narrows down or searches again, and looks at what was found. */
export function search(shopper: Shopper): void {
  const { browser, shop, think } = shopper;
  browser.open('/');
  think('glance');
  const query = encodeURIComponent(oneOf(shop.words));
  const found = browser.open(`/search?q=${query}`);
  must(
    found,
    linksBelow(found.html, '/p/').length > 0,
    'a search for a product of the shop that finds nothing',
  );
  think('look over a list');
  const next = Math.random();
  if (next < 0.4) browser.open(`/search?q=${query}&sort=price-asc`);
  else if (next < 0.65) browser.open(`/search?q=${encodeURIComponent(oneOf(shop.words))}`);
  if (next < 0.65) think('look over a list');
  openProduct(shopper, found);
  think('look at a product');
}
