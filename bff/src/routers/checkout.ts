import {
  addressInput,
  addressSaved,
  checkoutView,
  choosePayment,
  chooseShipping,
  getCheckout,
  paymentChosen,
  paymentInput,
  placement,
  placementStatus,
  placeOrder,
  setCheckoutAddress,
  shippingInput,
} from '@souk/domain/checkout';
import { z } from 'zod';
import { cartOf } from '../cart-of.ts';
import { procedure, router } from '../trpc.ts';

/** A change of a step when the shopper comes back from the bank: the payment is called off and what was held given back. */
const CHANGE_STATEMENTS = 40;
/** A placement that a double click repeats asks every so often how the first one fares. */
const PLACE_STATEMENTS = 50;

export const checkoutRouter = router({
  get: procedure('checkout:use', 15)
    .output(checkoutView.nullable())
    .query(async ({ ctx }) => {
      const cartId = await ctx.cartId();
      return cartId === null ? null : getCheckout(ctx.domain, { cartId });
    }),

  setAddress: procedure('checkout:use', CHANGE_STATEMENTS)
    .input(addressInput.strict())
    .output(addressSaved)
    .mutation(async ({ ctx, input }) =>
      setCheckoutAddress(ctx.domain, { ...input, cartId: await cartOf(ctx) }),
    ),

  setShipping: procedure('checkout:use', CHANGE_STATEMENTS)
    .input(shippingInput.strict())
    .output(z.void())
    .mutation(async ({ ctx, input }) => chooseShipping(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  choosePayment: procedure('checkout:use', CHANGE_STATEMENTS)
    .input(paymentInput.strict())
    .output(paymentChosen)
    .mutation(async ({ ctx, input }) => choosePayment(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  place: procedure('checkout:use', PLACE_STATEMENTS)
    .input(
      z.strictObject({
        totalsVersion: z.int().min(0),
        /** Nobody buys without having agreed to the terms of sale. */
        acceptsTerms: z.literal(true),
      }),
    )
    .output(placement)
    .mutation(async ({ ctx, input: { totalsVersion } }) =>
      placeOrder(ctx.domain, { totalsVersion, cartId: await cartOf(ctx) }),
    ),

  placementStatus: procedure('checkout:use', 24)
    .output(placement)
    .query(async ({ ctx }) => placementStatus(ctx.domain, { cartId: await cartOf(ctx) })),
});
