import { type ProductDraft, variantIdsOfSkus } from '@souk/domain/catalog';
import {
  listLocations,
  locationInput,
  MAIN_LOCATION_ID,
  saveLocation,
  setStockPolicy,
  stockPolicy,
  transferStock,
} from '@souk/domain/inventory';
import type { TransactionContext } from '@souk/domain/kernel';
import { listRegions } from '@souk/domain/pricing';
import { randomOf } from './random.ts';

/** The most lines that one transfer may have. */
const CHUNK = 500;

/** How a product is sold when it is not there; most are not. Always the same for one name. */
export function soldAhead(name: string): 'backorder' | 'preorder' | null {
  const luck = randomOf(`ahead ${name}`).next();
  if (luck < 0.03) return 'preorder';
  return luck < 0.25 ? 'backorder' : null;
}

/**
 * Puts a part of the stock of new products into a warehouse in Berlin, and sells some that are sold out ahead of stock.
 *
 * @param drafts products that were not there before
 * @param month its first day: pre-orders ship in the second month after
 */
export async function seedStock(
  tx: TransactionContext,
  drafts: readonly ProductDraft[],
  month: Date,
): Promise<void> {
  const berlin = await warehouseInBerlin(tx);
  const variants = drafts.flatMap((draft) =>
    draft.variants.map(({ sku, stock }) => ({ sku, stock: stock ?? 0, ahead: soldAhead(draft.title) })),
  );
  const ids = await variantIdsOfSkus(
    tx,
    variants.map(({ sku }) => sku),
  );
  const idOf = (sku: string) => ids.get(sku) ?? '';
  const lines = variants
    .filter(({ stock }) => stock >= 8)
    .map(({ sku, stock }) => ({ variantId: idOf(sku), quantity: Math.floor(stock / 3) }));
  for (let at = 0; at < lines.length; at += CHUNK) {
    await transferStock(tx, {
      requestId: tx.ids.next(),
      fromId: MAIN_LOCATION_ID,
      toId: berlin,
      lines: lines.slice(at, at + CHUNK),
      reason: null,
    });
  }
  for (const { sku, ahead } of variants.filter(({ stock }) => stock === 0)) {
    if (ahead !== null) await setStockPolicy(tx, policyOf(idOf(sku), ahead, month));
  }
}

function policyOf(variantId: string, policy: 'backorder' | 'preorder', month: Date) {
  const terms =
    policy === 'backorder'
      ? { unitLimit: 40, leadDays: { min: 5, max: 7 } }
      : { unitLimit: 60, releaseAt: new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 2, 12)) };
  return stockPolicy.parse({ variantId, policy, ...terms });
}

async function warehouseInBerlin(tx: TransactionContext): Promise<string> {
  const known = (await listLocations(tx)).find(({ code }) => code === 'berlin');
  if (known) return known.id;
  const europe = (await listRegions(tx)).find(({ code }) => code === 'eu');
  const countries = [...(europe?.countries ?? ['DE'])];
  const input = {
    code: 'berlin',
    name: 'Berlin warehouse',
    country: 'DE',
    countries,
    priority: 10,
    isPickup: true,
  };
  return (await saveLocation(tx, locationInput.parse(input))).id;
}
