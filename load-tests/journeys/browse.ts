import { oneOf } from '../model/think-time.ts';
import { linksBelow } from '../web/addresses.ts';
import type { Page } from '../web/browser.ts';
import { must, type Shopper } from './shopper.ts';

/** Looks around: the home page, a category, its next page now and then, two products. */
export function browse(shopper: Shopper): void {
  const { browser, shop, think } = shopper;
  browser.open('/');
  think('glance');
  const listing = openListing(shopper);
  think('look over a list');
  if (Math.random() < 0.3 && listing.html.includes('page=2')) {
    browser.open(`${listing.url}?page=2`);
    think('look over a list');
  }
  openProduct(shopper, listing);
  think('look at a product');
  openProduct(shopper, listing);
  if (Math.random() < 0.5) {
    think('look at a product');
    browser.open(oneOf(shop.categories));
  }
}

/** Opens some category, which must list products. */
export function openListing({ browser, shop }: Shopper): Page {
  const page = browser.open(oneOf(shop.categories));
  must(page, linksBelow(page.html, '/p/').length > 0, 'a category without products');
  return page;
}

/** Opens some product of a page that lists them, or of the whole shop. */
export function openProduct({ browser, shop }: Shopper, listing?: Page): Page {
  const listed = listing === undefined ? [] : linksBelow(listing.html, '/p/');
  const page = browser.open(oneOf(listed.length > 0 ? listed : shop.products));
  must(
    page,
    page.html.includes('name="quantity"') || isSoldOut(page),
    'a product that neither can be bought nor is sold out',
  );
  return page;
}

/** Whether a page says that what it is about cannot be had now. */
export function isSoldOut(page: Page): boolean {
  return page.html.includes('Sold out') || page.html.includes('sold out');
}
