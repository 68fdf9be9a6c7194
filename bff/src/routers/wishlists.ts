import {
  addToWishlist,
  changeSharing,
  createWishlist,
  getWishlist,
  listWishlists,
  moveBetweenWishlists,
  removeFromWishlist,
  removeWishlist,
  renameWishlist,
  sharedWishlist,
  sharedWishlistToCart,
  sharedWishlistView,
  sharing,
  wishlistName,
  wishlistSummary,
  wishlistToCart,
  wishlistView,
} from '@souk/domain/customers';
import { z } from 'zod';
import { cartTokenFor } from '../cart-of.ts';
import type { RequestContext } from '../request-context.ts';
import { procedure, router } from '../trpc.ts';

const id = z.uuid();
const shareToken = z.string().min(1).max(200);
const toCart = z.object({
  /** Of a guest's cart; null when there is none, and for accounts, which need none. */
  token: z.string().nullable(),
  /** How many variants are in the cart now, and how many could not be added. */
  added: z.int(),
  left: z.int(),
});

/** The token of the cart that units were added to, for the shopper's cookie. */
function cartAnswer(
  ctx: RequestContext,
  added: { cartId: string | null; inCart: readonly string[]; left: readonly string[] },
): z.infer<typeof toCart> {
  return {
    token: cartTokenFor(ctx, added.cartId),
    added: added.inCart.length,
    left: added.left.length,
  };
}

export const wishlistsRouter = router({
  list: procedure('account:own', 2)
    .output(z.array(wishlistSummary))
    .query(({ ctx }) => listWishlists(ctx.domain)),

  get: procedure('account:own', 7)
    .input(z.strictObject({ wishlistId: id }))
    .output(wishlistView)
    .query(({ ctx, input }) => getWishlist(ctx.domain, input)),

  create: procedure('account:own', 3)
    .input(z.strictObject({ name: wishlistName }))
    .output(z.object({ id }))
    .mutation(({ ctx, input }) => createWishlist(ctx.domain, input)),

  rename: procedure('account:own', 1)
    .input(z.strictObject({ wishlistId: id, name: wishlistName }))
    .output(z.void())
    .mutation(({ ctx, input }) => renameWishlist(ctx.domain, input)),

  remove: procedure('account:own', 1)
    .input(z.strictObject({ wishlistId: id }))
    .output(z.void())
    .mutation(({ ctx, input }) => removeWishlist(ctx.domain, input)),

  add: procedure('account:own', 9)
    .input(z.strictObject({ wishlistId: id.nullable(), variantId: id }))
    .output(z.object({ wishlistId: id, name: z.string() }))
    .mutation(({ ctx, input }) => addToWishlist(ctx.domain, input)),

  removeItem: procedure('account:own', 2)
    .input(z.strictObject({ wishlistId: id, variantId: id }))
    .output(z.void())
    .mutation(({ ctx, input }) => removeFromWishlist(ctx.domain, input)),

  move: procedure('account:own', 5)
    .input(z.strictObject({ fromId: id, toId: id, variantId: id }))
    .output(z.void())
    .mutation(({ ctx, input }) => moveBetweenWishlists(ctx.domain, input)),

  share: procedure('account:own', 1)
    .input(z.strictObject({ wishlistId: id, sharing }))
    .output(z.object({ shareUrl: z.string().nullable() }))
    .mutation(({ ctx, input }) => changeSharing(ctx.domain, input)),

  toCart: procedure('account:own', 9)
    .input(z.strictObject({ wishlistId: id, variantId: id.nullable(), keeps: z.boolean() }))
    .output(toCart)
    .mutation(async ({ ctx, input }) =>
      cartAnswer(ctx, await wishlistToCart(ctx.domain, { ...input, cartId: await ctx.cartId() })),
    ),

  shared: procedure('catalog:read', 8)
    .input(z.strictObject({ token: shareToken }))
    .output(sharedWishlistView)
    .query(({ ctx, input }) => sharedWishlist(ctx.domain, input)),

  sharedToCart: procedure('cart:use', 8)
    .input(z.strictObject({ token: shareToken, variantId: id.nullable() }))
    .output(toCart)
    .mutation(async ({ ctx, input }) =>
      cartAnswer(ctx, await sharedWishlistToCart(ctx.domain, { ...input, cartId: await ctx.cartId() })),
    ),
});
