import type { Random } from '../random.ts';

/** How somebody buys, or does not. */
export const ways = [
  'card',
  /** Posts the order several times at once. */
  'card-impatient',
  /** Closes the tab right after the order was posted. */
  'card-leaves',
  'declined-then-card',
  'declined-and-leaves',
  'three-d-secure',
  'three-d-secure-fails-then-card',
  /** Never comes back from the bank's page. */
  'three-d-secure-leaves',
  'hosted',
  /** Pays on the provider's page and never comes back from it. */
  'hosted-pays-and-leaves',
  'hosted-leaves',
  'coupon',
  'gift-card',
  'gift-card-and-card',
  'bank-transfer',
  'pay-link',
  /** Changes their mind after the order. */
  'card-cancels',
] as const;
export type Way = (typeof ways)[number];

/** How often each is dealt beside the others; once where it is not named. */
const weights: Partial<Record<Way, number>> = { card: 4, coupon: 2, 'three-d-secure': 2, hosted: 2 };

/** So many ways, each about as often as its weight says: dealt from shuffled decks. */
export function waysOf(random: Random, count: number): Way[] {
  const deck = ways.flatMap((way) => Array.from({ length: weights[way] ?? 1 }, () => way));
  const decks = Array.from({ length: Math.ceil(count / deck.length) }, () => random.shuffle(deck));
  return decks.flat().slice(0, count);
}
