import {
  acceptCartChanges,
  addToCart,
  cartSummary,
  cartView,
  enterCode,
  estimatePlace,
  getCart,
  quantity,
  removeCode,
  removeGiftCard,
  removeLine,
  setEstimatePlace,
  setLineQuantity,
  signCartToken,
} from '@souk/domain/cart';
import { z } from 'zod';
import { cartOf } from '../cart-of.ts';
import { procedure, router } from '../trpc.ts';

const lineId = z.uuid();
const code = z.string().min(1).max(100);

export const cartRouter = router({
  get: procedure('cart:use', 16)
    .output(cartView.nullable())
    .query(({ ctx }) => (ctx.cartId === null ? null : getCart(ctx.domain, { cartId: ctx.cartId }))),

  summary: procedure('cart:use', 1)
    .output(z.object({ itemCount: z.int() }))
    .query(({ ctx }) =>
      ctx.cartId === null ? { itemCount: 0 } : cartSummary(ctx.domain, { cartId: ctx.cartId }),
    ),

  addLine: procedure('cart:use', 8)
    .input(z.object({ variantId: z.uuid(), quantity, requestId: z.uuid().optional() }))
    .output(z.object({ itemCount: z.int(), token: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { cart } = await addToCart(ctx.domain, { ...input, cartId: ctx.cartId });
      return { itemCount: cart.itemCount, token: signCartToken(ctx.domain, cart.id) };
    }),

  setQuantity: procedure('cart:use', 5)
    .input(z.object({ lineId, quantity }))
    .mutation(({ ctx, input }) => setLineQuantity(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  removeLine: procedure('cart:use', 2)
    .input(z.object({ lineId }))
    .mutation(({ ctx, input }) => removeLine(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  acceptChanges: procedure('cart:use', 7).mutation(({ ctx }) =>
    acceptCartChanges(ctx.domain, { cartId: cartOf(ctx) }),
  ),

  enterCode: procedure('cart:use', 3)
    .input(z.object({ code }))
    .mutation(({ ctx, input }) => enterCode(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  removeCode: procedure('cart:use', 2)
    .input(z.object({ code }))
    .mutation(({ ctx, input }) => removeCode(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  removeGiftCard: procedure('cart:use', 2)
    .input(z.object({ giftCardId: z.uuid() }))
    .mutation(({ ctx, input }) => removeGiftCard(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  setPlace: procedure('cart:use', 2)
    .input(z.object({ place: estimatePlace.nullable() }))
    .mutation(({ ctx, input }) => setEstimatePlace(ctx.domain, { ...input, cartId: cartOf(ctx) })),
});
