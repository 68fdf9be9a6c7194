import { z } from 'zod';

/** The currencies the shop can sell in: ISO-4217 codes. A new one is added here and nowhere else. */
export const currencyCodes = ['USD', 'EUR', 'GBP'] as const;
export const currencyCode = z.enum(currencyCodes);
export type CurrencyCode = z.infer<typeof currencyCode>;

/** An amount of money: `amount` is an integer of minor units (cents), never a float. */
export const money = z.object({ amount: z.int(), currency: currencyCode });
export type Money = z.infer<typeof money>;

/** Makes money of an integer of minor units. */
export function moneyOf(amount: number, currency: CurrencyCode): Money {
  return { amount, currency };
}

/** The sum of integers of minor units; throws RangeError beyond what an integer can hold exactly. */
export function sumAmounts(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`not an exact amount: ${sum}`);
  return sum;
}

/** The parts of one million that a rate of 1 (100 %) has: rates are integers, so that no float enters a sum. */
export const RATE_SCALE = 1_000_000;

/**
 * A share of an amount, rounded half up to the minor unit.
 *
 * @param ratePpm parts per million: 72_500 is 7.25 %
 */
export function shareOf(amount: number, ratePpm: number): number {
  const product = BigInt(amount) * BigInt(ratePpm);
  const scale = BigInt(RATE_SCALE);
  const doubled = product * 2n + scale;
  const floor = doubled >= 0n ? doubled / (2n * scale) : -((-doubled + 2n * scale - 1n) / (2n * scale));
  return Number(floor);
}

/**
 * Splits `total` over `weights` by largest remainder: the parts are integers, add up to `total` exactly, and are each
 * within one unit of the exact share. Equal remainders go to the earlier part. Zero weights everywhere split evenly.
 *
 * @param total an integer of minor units, zero or more
 * @param weights zero or more each, at least one of them
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) throw new RangeError('nothing to allocate to');
  const weightSum = BigInt(sumAmounts(weights));
  const shares = weightSum === 0n ? weights.map(() => 1n) : weights.map((weight) => BigInt(weight));
  const whole = weightSum === 0n ? BigInt(weights.length) : weightSum;
  const parts = shares.map((share, index) => {
    const product = BigInt(total) * share;
    return { index, amount: product / whole, remainder: product % whole };
  });
  let left = BigInt(total) - parts.reduce((sum, part) => sum + part.amount, 0n);
  for (const part of [...parts].sort(byRemainder)) {
    if (left === 0n) break;
    part.amount += 1n;
    left -= 1n;
  }
  return parts.map((part) => Number(part.amount));
}

function byRemainder(
  a: { remainder: bigint; index: number },
  b: { remainder: bigint; index: number },
): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return a.index - b.index;
}
