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

/** A change of a step when the shopper comes back from the bank: the payment is called off and what was held given back. */
const CHANGE_STATEMENTS = 30;
/** A placement sends 18; one that a double click repeats asks every so often how the first one fares. */
const PLACE_STATEMENTS = 40;

export const checkoutRouter = router({
  get: procedure('checkout:use', 8)
    .output(checkoutView.nullable())
    .query(({ ctx }) => (ctx.cartId === null ? null : getCheckout(ctx.domain, { cartId: ctx.cartId }))),

  setAddress: procedure('checkout:use', CHANGE_STATEMENTS)
    .input(addressInput)
    .output(checkoutView)
    .mutation(({ ctx, input }) => setCheckoutAddress(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  setShipping: procedure('checkout:use', CHANGE_STATEMENTS)
    .input(z.object({ rateId: z.uuid() }))
    .output(checkoutView)
    .mutation(({ ctx, input }) => chooseShipping(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  startPayment: procedure('checkout:use', CHANGE_STATEMENTS)
    .input(z.object({ method: z.literal('card') }))
    .output(paymentStart)
    .mutation(({ ctx, input }) => startPayment(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  paymentReturned: procedure('checkout:use', 16)
    .input(z.object({ paymentIntentId: z.string().min(1).max(255) }))
    .output(checkoutView)
    .mutation(({ ctx, input }) => paymentReturned(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  place: procedure('checkout:use', PLACE_STATEMENTS)
    .input(z.object({ totalsVersion: z.int().min(0) }))
    .output(placement)
    .mutation(({ ctx, input }) => placeOrder(ctx.domain, { ...input, cartId: cartOf(ctx) })),

  placementStatus: procedure('checkout:use', 24)
    .output(placement)
    .query(({ ctx }) => placementStatus(ctx.domain, { cartId: cartOf(ctx) })),
});
