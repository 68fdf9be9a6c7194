import { randomUUID } from 'node:crypto';
import type { Domain } from '@souk/domain/app';
import { getProduct } from '@souk/domain/catalog';
import { adjustStock, MAIN_LOCATION_ID, setStockPolicy, showStock } from '@souk/domain/inventory';
import { type Context, system } from '@souk/domain/kernel';

const REASON = 'flash sale of a load run';

/** The one thing that everybody wants. */
export interface FlashItem {
  /** Its page. */
  readonly path: string;
  readonly variantId: string;
  /** How many can be sold. */
  readonly stock: number;
  /** How many of it stood in orders before. */
  readonly soldBefore: number;
}

/**
 * Sets the stock of a product for a flash sale: so many of one variant, and none of the others, so that its page offers this one.
 *
 * @param handle of the product
 */
export async function prepareFlashItem(domain: Domain, handle: string, stock: number): Promise<FlashItem> {
  const ctx = domain.context({ actor: system });
  const { variants } = await getProduct(ctx, { slug: handle });
  const [wanted] = variants;
  if (wanted === undefined) throw new Error(`${handle} has nothing to sell`);
  for (const { id } of variants) await takeAway(ctx, id);
  await adjustStock(ctx, {
    requestId: randomUUID(),
    locationId: MAIN_LOCATION_ID,
    lines: [{ variantId: wanted.id, delta: stock }],
    reason: REASON,
  });
  const { available } = await showStock(ctx, { variantId: wanted.id });
  if (available !== stock) throw new Error(`${handle}: ${available} can be sold, and not ${stock}`);
  return { path: `/p/${handle}`, variantId: wanted.id, stock, soldBefore: await unitsSold(ctx, wanted.id) };
}

const soldWhileItLasts = {
  policy: 'deny',
  unitLimit: null,
  leadDays: null,
  releaseAt: null,
  lowThreshold: null,
} as const;

/** All units that nobody was promised, and all that are sold ahead. */
async function takeAway(ctx: Context, variantId: string): Promise<void> {
  const { levels } = await showStock(ctx, { variantId });
  for (const { locationId, onHand, reserved, allocated, isSoldAhead } of levels) {
    if (isSoldAhead) await setStockPolicy(ctx, { ...soldWhileItLasts, variantId, locationId });
    const free = onHand - reserved - allocated;
    if (free <= 0) continue;
    await adjustStock(ctx, {
      requestId: randomUUID(),
      locationId,
      lines: [{ variantId, delta: -free }],
      reason: REASON,
    });
  }
}

/** Compares what was sold with what there was. @returns what is not as it must be */
export async function breachesOfSale(domain: Domain, item: FlashItem, shoppers: number): Promise<string[]> {
  const ctx = domain.context({ actor: system });
  const sold = (await unitsSold(ctx, item.variantId)) - item.soldBefore;
  const wanted = Math.min(item.stock, shoppers);
  return sold === wanted ? [] : [`${sold} were sold, and not ${wanted}`];
}

async function unitsSold(ctx: Context, variantId: string): Promise<number> {
  const { sold } = await ctx.db
    .selectFrom('order_lines')
    .innerJoin('orders', 'orders.id', 'order_lines.order_id')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('quantity'), eb.lit(0)).as('sold'))
    .where('variant_id', '=', variantId)
    .where('orders.status', '!=', 'cancelled')
    .executeTakeFirstOrThrow();
  return Number(sold);
}
