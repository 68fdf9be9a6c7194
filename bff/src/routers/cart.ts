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
  get: procedure('public', 4)
    .output(cartView.nullable())
    .query(({ ctx }) => (ctx.cartId === null ? null : getCart(ctx.domain, { cartId: ctx.cartId }))),

  summary: procedure('public', 1)
    .output(z.object({ itemCount: z.int() }))
    .query(({ ctx }) =>
      ctx.cartId === null ? { itemCount: 0 } : cartSummary(ctx.domain, { cartId: ctx.cartId }),
    ),

  addLine: procedure('public', 12)
    .input(z.object({ variantId: z.uuid(), quantity, requestId: z.uuid().optional() }))
    .output(z.object({ cart: cartView, token: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { cart } = await addToCart(ctx.domain, { ...input, cartId: ctx.cartId });
      return { cart, token: signCartToken(ctx.domain, cart.id) };
    }),

  setQuantity: procedure('public', 9)
    .input(z.object({ lineId, quantity }))
    .output(cartView)
    .mutation(({ ctx, input }) => setLineQuantity(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  removeLine: procedure('public', 6)
    .input(z.object({ lineId }))
    .output(cartView)
    .mutation(async ({ ctx, input }) =>
      orCartEmpty(await removeLine(ctx.domain, { ...input, cartId: cartOf(ctx) })),
    ),

  acceptChanges: procedure('public', 11)
    .output(cartView)
    .mutation(async ({ ctx }) => orCartEmpty(await acceptCartChanges(ctx.domain, { cartId: cartOf(ctx) }))),
});
