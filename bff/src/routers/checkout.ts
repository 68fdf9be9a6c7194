import {
  addressInput,
  checkoutView,
  chooseShipping,
  getCheckout,
  paymentReturned,
  paymentStart,
  placement,
  placementStatus,
  placeOrder,
  setCheckoutAddress,
  startPayment,
} from '@souk/domain/checkout';
import { z } from 'zod';
import { cartOf } from '../cart-of.ts';
import { procedure, router } from '../trpc.ts';

export const checkoutRouter = router({
  get: procedure('public', 10)
    .output(checkoutView.nullable())
    .query(({ ctx }) => (ctx.cartId === null ? null : getCheckout(ctx.domain, { cartId: ctx.cartId }))),

  setAddress: procedure('public', 16)
    .input(addressInput)
    .output(checkoutView)
    .mutation(({ ctx, input }) => setCheckoutAddress(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  setShipping: procedure('public', 16)
    .input(z.object({ rateId: z.uuid() }))
    .output(checkoutView)
    .mutation(({ ctx, input }) => chooseShipping(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  startPayment: procedure('public', 30)
    .input(z.object({ method: z.literal('card') }))
    .output(paymentStart)
    .mutation(({ ctx, input }) => startPayment(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  paymentReturned: procedure('public', 20)
    .input(z.object({ paymentIntentId: z.string().min(1).max(255) }))
    .output(checkoutView)
    .mutation(({ ctx, input }) => paymentReturned(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  place: procedure('public', 40)
    .input(z.object({ totalsVersion: z.int().min(0) }))
    .output(placement)
    .mutation(({ ctx, input }) => placeOrder(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  placementStatus: procedure('public', 40)
    .output(placement)
    .query(({ ctx }) => placementStatus(ctx.domain, { cartId: cartOf(ctx) })),
});
