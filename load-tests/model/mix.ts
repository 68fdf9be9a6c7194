/** What a shopper comes for. */
export type Journey = 'browse' | 'search' | 'cart' | 'buy';

/** Of a hundred shoppers, how many come for what. */
export const mix: Readonly<Record<Journey, number>> = { browse: 60, search: 25, cart: 10, buy: 5 };

const journeys: readonly Journey[] = ['buy', 'cart', 'search', 'browse'];
const whole = journeys.reduce((sum, journey) => sum + mix[journey], 0);

/**
 * What the n-th shopper comes for. Not by chance: any hundred that follow each other hold exactly the mix, evenly spread, and the
 * first four are one of each, so that also the shortest run sees all of them and two runs can be compared.
 *
 * @param number from 0 on
 */
export function journeyOf(number: number): Journey {
  return sequence[number % whole] ?? 'browse';
}

/** Each turn goes to who has waited longest for theirs, by their share: as a smooth weighted round robin does. */
const sequence: readonly Journey[] = (() => {
  const credit = new Map(journeys.map((journey) => [journey, 0]));
  const rest = Array.from({ length: whole - journeys.length }, () => {
    for (const journey of journeys) credit.set(journey, (credit.get(journey) ?? 0) + mix[journey] - 1);
    const next = journeys.reduce((best, journey) =>
      (credit.get(journey) ?? 0) > (credit.get(best) ?? 0) ? journey : best,
    );
    credit.set(next, (credit.get(next) ?? 0) - (whole - journeys.length));
    return next;
  });
  return [...journeys, ...rest];
})();
