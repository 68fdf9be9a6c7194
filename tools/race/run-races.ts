import { checkBooks, tell } from '../chaos/checker/check-books.ts';
import { openRaceShop, type Race } from './race-shop.ts';
import { coupon } from './races/coupon.ts';
import { giftCard } from './races/gift-card.ts';
import { oversell } from './races/oversell.ts';
import { repeatedPost } from './races/repeated-post.ts';
import { settle } from './races/settle.ts';
import { twoTabs } from './races/two-tabs.ts';

/** All races of one run. `share` of 1 is the whole size; less is for a quick look. */
export function racesOf(share = 1): readonly Race[] {
  const some = (count: number) => Math.max(2, Math.round(count * share));
  return [
    oversell({ stock: some(100), buyers: some(300) }),
    coupon({ uses: some(10), buyers: some(200) }),
    giftCard({ buyers: some(50) }),
    repeatedPost({ posts: 50 }),
    settle({ each: 50 }),
    twoTabs({ shoppers: some(24) }),
  ];
}

export interface RacedRun {
  readonly breaches: readonly string[];
}

/**
 * Runs races one after the other in a shop of its own, then checks all books of it.
 *
 * @param tellLine gets a line for each race
 */
export async function runRaces(races: readonly Race[], tellLine: (line: string) => void): Promise<RacedRun> {
  const shop = await openRaceShop();
  const breaches: string[] = [];
  try {
    for (const race of races) {
      const began = performance.now();
      const result = await race.run(shop);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      tellLine(`${race.title}: ${result.told} (${seconds} s)`);
      breaches.push(...result.breaches.map((breach) => `${race.title}: ${breach}`));
    }
    // the provider has the money of all runs
    const books = await checkBooks(shop.domain, { sharesProvider: true });
    breaches.push(...books.breaches.map(tell));
    tellLine(`books: ${books.shop.orders.length} orders, ${books.breaches.length} breaches`);
  } finally {
    await shop.close();
  }
  return { breaches };
}
