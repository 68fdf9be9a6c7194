import { authorise, type Context } from '../kernel/index.ts';
import { forgetCategoryTree } from './category-tree.ts';
import { makeReferences } from './save/references.ts';

/**
 * Gives categories their description and their place: siblings stand in the order given. Those that are missing are made.
 *
 * @param categories by names from the root down, parents before their children
 */
export async function describeCategories(
  ctx: Context,
  categories: readonly { path: readonly string[]; description: string }[],
): Promise<void> {
  authorise(ctx, 'products:update');
  await ctx.transaction(async (tx) => {
    const references = await makeReferences(
      tx,
      categories.map(({ path }) => ({ brand: null, categoryPath: [...path], attributes: [] })),
    );
    for (const [position, { path, description }] of categories.entries()) {
      await tx.db
        .updateTable('categories')
        .set({ description, position })
        .where('id', '=', references.categoryId(path))
        .execute();
    }
  });
  await forgetCategoryTree(ctx);
}
