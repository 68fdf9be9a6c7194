import { evenly, wordsOf } from '../model/words.ts';
import { settings } from '../settings.ts';
import { linksBelow } from '../web/addresses.ts';
import { openBrowser } from '../web/browser.ts';

/** What there is to visit, as the pages of the shop tell: nothing is known beforehand. */
export interface Shop {
  readonly categories: readonly string[];
  readonly products: readonly string[];
  /** What shoppers type. */
  readonly words: readonly string[];
  /** How long the walk took: it is no part of the figures. */
  readonly walkSeconds: number;
}

/** Enough for the mix; each costs a moment before the run. */
const MOST_CATEGORIES = 12;
const MOST_PRODUCTS = 60;

/**
 * Walks through the shop once before the run: finds categories and products, and fetches their pages with all pictures, so that the shop
 * has made those that it makes at the first request, as in any shop that is open for longer than a minute.
 */
export function walkThroughShop(): Shop {
  const began = Date.now();
  const browser = openBrowser(settings.shopUrl, { isWalk: true, wantsFiles: settings.wantsFiles });
  const home = browser.open('/');
  const categories = linksBelow(home.html, '/c/').slice(0, MOST_CATEGORIES);
  const found = new Set(linksBelow(home.html, '/p/'));
  for (const category of categories) {
    for (const product of linksBelow(browser.open(category).html, '/p/')) found.add(product);
  }
  const products = evenly([...found], MOST_PRODUCTS);
  if (categories.length === 0 || products.length === 0) {
    throw new Error(
      `${settings.shopUrl} has no categories or no products: is it a shop that is open, and filled?`,
    );
  }
  for (const product of products) browser.open(product);
  const words = wordsOf(products);
  for (const word of words.slice(0, 10)) browser.open(`/search?q=${encodeURIComponent(word)}`);
  browser.open('/cart');
  return { categories, products, words, walkSeconds: (Date.now() - began) / 1_000 };
}
