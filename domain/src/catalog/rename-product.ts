import { authorise, type Context, DomainError } from '../kernel/index.ts';
import { productChanged } from './events.ts';
import { slug } from './model.ts';

/**
 * Gives a product another slug; the old one redirects to it from then on.
 *
 * @throws DomainError `not_found`, `invalid_input` for what is no slug, `conflict` when another product has or had the slug
 */
export async function renameProduct(
  ctx: Context,
  input: { productId: string; handle: string },
): Promise<void> {
  authorise(ctx, 'products:update');
  const handle = slug.safeParse(input.handle);
  if (!handle.success) throw new DomainError('invalid_input', `not a slug: ${input.handle}`);
  await ctx.transaction(async (tx) => {
    const product = await tx.db
      .selectFrom('products')
      .select(['id', 'handle'])
      .where('id', '=', input.productId)
      .forUpdate()
      .executeTakeFirst();
    if (!product) throw new DomainError('not_found', `no product has the id ${input.productId}`);
    if (product.handle === handle.data) return;
    const holders = await tx.db
      .selectFrom('products')
      .select('id')
      .where('handle', '=', handle.data)
      .union(
        tx.db
          .selectFrom('slug_redirects')
          .select('target_id as id')
          .where('kind', '=', 'product')
          .where('slug', '=', handle.data),
      )
      .execute();
    if (holders.some((holder) => holder.id !== product.id)) {
      throw new DomainError('conflict', `the slug ${handle.data} belongs to another product`);
    }
    // back to a former slug: it is no redirect any more
    await tx.db
      .deleteFrom('slug_redirects')
      .where('kind', '=', 'product')
      .where('slug', '=', handle.data)
      .execute();
    await tx.db
      .insertInto('slug_redirects')
      .values({ kind: 'product', slug: product.handle, target_id: product.id, created_at: tx.clock.now() })
      .execute();
    await tx.db
      .updateTable('products')
      .set({ handle: handle.data, updated_at: tx.clock.now() })
      .where('id', '=', product.id)
      .execute();
    await tx.emit(productChanged(product.id, {}));
  });
}
