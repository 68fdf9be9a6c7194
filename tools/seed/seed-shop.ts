import { describeCategories, type ProductDraft, putImage, saveProducts } from '@souk/domain/catalog';
import type { Context } from '@souk/domain/kernel';
import { departments } from './brands.ts';
import { buildProduct, picturesOf } from './build-product.ts';
import { seedPriceLists } from './demo-prices.ts';
import { seedStock } from './demo-stock.ts';
import { allEntries, type Entry, families } from './entries.ts';
import { paint } from './stills/paint.ts';

/** How many pictures are painted at a time: each takes one core. */
const PAINTERS = 3;

export interface Seeded {
  readonly products: number;
  readonly changed: number;
  readonly pictures: number;
}

/** How many products the demo catalogue has. */
export const CATALOGUE_SIZE = allEntries().length;

/**
 * Fills the shop with the demo catalogue, all of it or nothing. The same catalogue again changes nothing within a month, when the
 * dates of publication move on.
 *
 * @param options.size how many products; the first of each category first
 */
export async function seedShop(
  ctx: Context,
  options: { size: number; onProgress?: (painted: number, total: number) => void },
): Promise<Seeded> {
  const entries = allEntries().slice(0, options.size);
  const total = entries.reduce((sum, entry) => sum + entry.colours.length, 0);
  const now = ctx.clock.now();
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  let painted = 0;
  const drafts = await inParallel(entries, PAINTERS, async (entry) => {
    const draft = await draftOf(ctx, entry, until);
    painted += entry.colours.length;
    options.onProgress?.(painted, total);
    return draft;
  });
  await describeCategories(ctx, categoriesOf());
  const saved = await ctx.transaction(async (tx) => {
    const results = await saveProducts(tx, drafts);
    const failed = results.find((result) => result.outcome === 'failed');
    if (failed) throw new Error(`the demo catalogue is wrong: ${failed.handle}: ${JSON.stringify(failed)}`);
    await seedPriceLists(tx, entries, until);
    const isNew = new Set(results.filter(({ outcome }) => outcome === 'created').map(({ handle }) => handle));
    const made = drafts.filter(({ handle }) => isNew.has(handle));
    if (made.length > 0) await seedStock(tx, made, until);
    return results;
  });
  const changed = saved.filter((result) => result.outcome !== 'unchanged').length;
  return { products: entries.length, changed, pictures: total };
}

async function draftOf(ctx: Context, entry: Entry, until: Date): Promise<ProductDraft> {
  const images = [];
  for (const picture of picturesOf(entry)) images.push(await putImage(ctx, await paint(picture)));
  return buildProduct(entry, images, until);
}

function categoriesOf() {
  return [
    ...departments.map(([name, description]) => ({ path: [name], description })),
    ...families.map(({ department, category, about }) => ({
      path: [department, category],
      description: about,
    })),
  ];
}

/** Works on `width` items at a time; the results are in the order of the items. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return items.flatMap((_, index) => results.get(index) ?? []);
}
