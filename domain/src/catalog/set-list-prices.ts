import { sql } from 'kysely';
import { z } from 'zod';
import { authorise, type Context } from '../kernel/index.ts';
import { MAX_PRICES_A_CALL, writeListPrices } from '../pricing/index.ts';
import { MAX_PRICE_AMOUNT } from './model.ts';

export const listPricesInput = z.strictObject({
  priceListId: z.uuid(),
  prices: z
    .array(
      z.strictObject({
        sku: z.string().max(120),
        /** In minor units of the list's currency; null takes the variant out of the list. */
        amount: z.number().nullable(),
      }),
    )
    .min(1)
    .max(MAX_PRICES_A_CALL),
});

export const listPricesSet = z.object({
  /** How many prices are others now; the rest were so already. */
  changed: z.int(),
  /** What was left out, by its place in the call, from 0. */
  refused: z.array(
    z.object({ row: z.int(), sku: z.string(), reason: z.enum(['unknown-sku', 'no-amount', 'named-twice']) }),
  ),
});
type Refused = z.infer<typeof listPricesSet>['refused'][number];

/**
 * Sets prices of a price list by SKU, at most 1,000 a call: the good ones go in whatever the others are. The same again changes
 * nothing.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`
 */
export async function setListPrices(
  ctx: Context,
  input: z.infer<typeof listPricesInput>,
): Promise<z.infer<typeof listPricesSet>> {
  authorise(ctx, 'prices:update');
  return ctx.transaction(async (tx) => {
    const ids = await variantIdsOfSkus(
      tx,
      input.prices.map(({ sku }) => sku),
    );
    const prices = new Map<string, number | null>();
    const refused: Refused[] = [];
    for (const [row, { sku, amount }] of input.prices.entries()) {
      const variantId = ids.get(sku);
      if (variantId === undefined) refused.push({ row, sku, reason: 'unknown-sku' });
      else if (amount !== null && !isAmount(amount)) refused.push({ row, sku, reason: 'no-amount' });
      else if (prices.has(variantId)) refused.push({ row, sku, reason: 'named-twice' });
      else prices.set(variantId, amount);
    }
    const changed = await writeListPrices(tx, input.priceListId, prices);
    return { changed, refused };
  });
}

function isAmount(amount: number): boolean {
  return Number.isInteger(amount) && amount >= 0 && amount <= MAX_PRICE_AMOUNT;
}

async function variantIdsOfSkus(ctx: Context, skus: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('variants')
    .select(['id', 'sku'])
    .where('sku', '=', sql<string>`any(${[...skus]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.sku, row.id]));
}
