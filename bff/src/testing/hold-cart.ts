import { readCartToken } from '@souk/domain/cart';
import { productView } from '@souk/domain/catalog';
import { z } from 'zod';
import { mutate, query, type TestServer } from './test-server.ts';

export interface OpenCart {
  readonly cartId: string;
  readonly variantId: string;
  readonly headers: { readonly 'x-souk-cart': string };
}

/** A new cart with one unit of a product in it. */
export async function openCart(bff: TestServer, handle: string): Promise<OpenCart> {
  const product = productView.parse((await query(bff.url, 'catalog.product', { slug: handle })).data);
  const variantId = product.variants[0]?.id ?? '';
  const { data } = await mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 });
  const { token } = z.object({ token: z.string() }).parse(data);
  const cartId = readCartToken(bff.test.ctx, token) ?? '';
  return { cartId, variantId, headers: { 'x-souk-cart': token } };
}

/** Locks a cart's row, so that every change of it waits. @returns how to let go */
export async function holdCart(bff: TestServer, cartId: string): Promise<() => Promise<void>> {
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const done = bff.test.ctx.transaction(async (tx) => {
    await tx.db.updateTable('carts').set({ updated_at: new Date() }).where('id', '=', cartId).execute();
    held.resolve();
    await release.promise;
  });
  await held.promise;
  return async () => {
    release.resolve();
    await done;
  };
}
