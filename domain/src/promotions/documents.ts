import { z } from 'zod';
import { currencyCode, RATE_SCALE } from '../kernel/index.ts';

const MAX_AMOUNT = 1_000_000_000_000;

/** An amount for each currency that it is good for, in minor units: `{ "USD": 7500, "EUR": 7000 }`. */
export const amountByCurrency = z.partialRecord(currencyCode, z.int().min(1).max(MAX_AMOUNT));
export type AmountByCurrency = z.infer<typeof amountByCurrency>;

/** As `amountByCurrency`, for at least one. */
export const someAmounts = amountByCurrency.refine((amounts) => Object.keys(amounts).length > 0, {
  message: 'Name an amount in at least one currency',
});

const ids = z.array(z.uuid()).min(1).max(1_000);

/** Which lines: those with any of these variants, products, or categories (with all that is below them). */
export const target = z
  .strictObject({ variantIds: ids.optional(), productIds: ids.optional(), categoryIds: ids.optional() })
  .refine((of) => Object.values(of).some((some) => some !== undefined), {
    message: 'Name variants, products or categories',
  });
export type Target = z.infer<typeof target>;

const PPM_OF_PERCENT = RATE_SCALE / 100;

/** Percent above 0 and up to 100, with at most four decimals: `12.5`. */
export const percentage = z
  .number()
  .gt(0)
  .max(100)
  .refine((percent) => Math.abs(percent * PPM_OF_PERCENT - Math.round(percent * PPM_OF_PERCENT)) < 1e-6, {
    message: 'At most four decimals',
  });

/** A percentage as parts per million, which are integers: no float enters a sum. */
export function ppmOf(percent: number): number {
  return Math.round(percent * PPM_OF_PERCENT);
}
