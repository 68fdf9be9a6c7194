import { authorise, type Context } from '../kernel/index.ts';
import { forgetCategoryTree } from './category-tree.ts';
import type { ProductDraft } from './model.ts';
import { type PreparedProduct, prepareProduct } from './save/prepare-product.ts';
import { failureOf, type Outcome, writeBatch } from './save/write-batch.ts';

/** What became of one product. */
export type SavedProduct = { handle: string } & Outcome;

/** How many products share a transaction. */
const BATCH_SIZE = 250;

/**
 * Makes and changes products by handle, each whole or not at all; the good ones go in whatever the others hold. A product
 * whose content is that of the last save is left as it is: no write, no event, and stock sold since stays sold.
 *
 * Brands, categories and attributes are made as needed. Variants keep their ids by SKU or by their options; those that
 * are gone are withdrawn. Emits `product.changed` for each product that changed.
 *
 * @param options.dryRun does all of it and takes it back: the outcomes tell what would have become of each
 * @returns what became of each, in the order of `products`
 */
export async function saveProducts(
  ctx: Context,
  products: readonly ProductDraft[],
  options: { dryRun?: boolean } = {},
): Promise<SavedProduct[]> {
  authorise(ctx, 'products:update');
  const results: SavedProduct[] = products.map(({ handle }) => ({ handle, ...failureOf('not tried') }));
  let wave: { index: number; product: PreparedProduct }[] = [];
  const handles = new Set<string>();
  const flush = async () => {
    const outcomes = await saveWave(
      ctx,
      wave.map(({ product }) => product),
      options.dryRun ?? false,
    );
    for (const { index, product } of wave) {
      const { handle } = product.input;
      results[index] = { handle, ...(outcomes.get(handle) ?? failureOf('not written')) };
    }
    wave = [];
    handles.clear();
  };
  for (const [index, candidate] of products.entries()) {
    const prepared = prepareProduct(candidate);
    if ('reason' in prepared) {
      results[index] = { handle: candidate.handle, ...failureOf(prepared.reason) };
      continue;
    }
    const { handle } = prepared.product.input;
    if (wave.length >= BATCH_SIZE || handles.has(handle)) await flush();
    wave.push({ index, product: prepared.product });
    handles.add(handle);
  }
  await flush();
  return results;
}

/** Saves products of different handles in one transaction; when the database refuses it, each in one of its own. */
async function saveWave(
  ctx: Context,
  products: readonly PreparedProduct[],
  dryRun: boolean,
): Promise<Map<string, Outcome>> {
  if (products.length === 0) return new Map();
  try {
    return await (dryRun ? tryBatch : commitBatch)(ctx, products);
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    const [first] = products;
    if (products.length === 1 && first) return new Map([[first.input.handle, failureOf(reason)]]);
    const outcomes = new Map<string, Outcome>();
    for (const product of products) {
      for (const [handle, outcome] of await saveWave(ctx, [product], dryRun)) outcomes.set(handle, outcome);
    }
    return outcomes;
  }
}

async function commitBatch(ctx: Context, products: readonly PreparedProduct[]) {
  const { outcomes, madeCategories } = await ctx.transaction((tx) => writeBatch(tx, products));
  if (madeCategories) await forgetCategoryTree(ctx);
  return outcomes;
}

/** Carries the outcomes out of a transaction that must not commit. */
class TakenBack extends Error {
  readonly outcomes: Map<string, Outcome>;

  constructor(outcomes: Map<string, Outcome>) {
    super('a dry run was taken back');
    this.outcomes = outcomes;
  }
}

async function tryBatch(ctx: Context, products: readonly PreparedProduct[]): Promise<Map<string, Outcome>> {
  try {
    return await ctx.transaction(async (tx) => {
      throw new TakenBack((await writeBatch(tx, products)).outcomes);
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.outcomes;
    throw error;
  }
}

const refusals = new Map([
  ['variants_sku_key', 'variants: a SKU belongs to another product'],
  ['products_by_external_id', 'externalId: another product has it'],
  ['stock_levels_not_oversold', 'variants: the stock is below what is promised to buyers'],
]);

/** What the data did wrong, when the database refused it (SQLSTATE classes 22 and 23); null for any other error. */
function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && /^2[123]/.test(String(error.code)))) return null;
  const constraint = 'constraint' in error ? String(error.constraint) : '';
  return refusals.get(constraint) ?? `refused by the database: ${error.message}`;
}
