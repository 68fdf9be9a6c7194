import { sleep } from 'k6';
import { type Thinking, thinkSeconds } from '../model/think-time.ts';
import { settings } from '../settings.ts';
import { pathOf } from '../web/addresses.ts';
import { type Browser, openBrowser, type Page, WrongAnswer } from '../web/browser.ts';
import { countAnswer } from '../web/metrics.ts';
import type { Shop } from './shop-walk.ts';

/** Somebody in the shop. */
export interface Visitor {
  readonly browser: Browser;
  think(what: Thinking): void;
}

/** Somebody who knows what there is. */
export interface Shopper extends Visitor {
  readonly shop: Shop;
}

/** Lines about wrong answers that a shopper writes at most: a shop that is down has the same to say a thousand times. */
const MOST_LINES = 3;
let lines = 0;

/** A new visitor does something; a wrong answer ends the visit, is counted and told. */
export function visit(work: (visitor: Visitor) => void): void {
  const visitor: Visitor = {
    browser: openBrowser(settings.shopUrl, { wantsFiles: settings.wantsFiles }),
    think: (what) => {
      if (settings.think > 0) sleep(thinkSeconds(what) * settings.think);
    },
  };
  try {
    work(visitor);
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error;
    if (++lines <= MOST_LINES) console.error(error.message);
  }
}

/** Counts a page that does not say what it must, and ends the visit. */
export function must(page: Page, holds: boolean, what: string): asserts holds {
  if (holds) return;
  countAnswer(page.name, false);
  throw new WrongAnswer(`${pathOf(page.url)} (${page.status}): ${what}`);
}
