import {
  acceptCartChanges,
  addToCart,
  cartSummary,
  cartView,
  getCart,
  quantity,
  removeLine,
  setLineQuantity,
  signCartToken,
} from '@souk/domain/cart';
import { z } from 'zod';
import { cartOf, orCartEmpty } from '../cart-of.ts';
import { procedure, router } from '../trpc.ts';

const lineId = z.uuid();

export const cartRouter = router({
  get: procedure('cart:use', 4)
    .output(cartView.nullable())
    .query(({ ctx }) => (ctx.cartId === null ? null : getCart(ctx.domain, { cartId: ctx.cartId }))),

  summary: procedure('cart:use', 1)
    .output(z.object({ itemCount: z.int() }))
    .query(({ ctx }) =>
      ctx.cartId === null ? { itemCount: 0 } : cartSummary(ctx.domain, { cartId: ctx.cartId }),
    ),

  addLine: procedure('cart:use', 12)
    .input(z.object({ variantId: z.uuid(), quantity, requestId: z.uuid().optional() }))
    .output(z.object({ cart: cartView, token: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { cart } = await addToCart(ctx.domain, { ...input, cartId: ctx.cartId });
      return { cart, token: signCartToken(ctx.domain, cart.id) };
    }),

  setQuantity: procedure('cart:use', 9)
    .input(z.object({ lineId, quantity }))
    .output(cartView)
    .mutation(({ ctx, input }) => setLineQuantity(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  removeLine: procedure('cart:use', 6)
    .input(z.object({ lineId }))
    .output(cartView)
    .mutation(async ({ ctx, input }) =>
      orCartEmpty(await removeLine(ctx.domain, { ...input, cartId: cartOf(ctx) })),
    ),

  acceptChanges: procedure('cart:use', 11)
    .output(cartView)
    .mutation(async ({ ctx }) => orCartEmpty(await acceptCartChanges(ctx.domain, { cartId: cartOf(ctx) }))),
});
