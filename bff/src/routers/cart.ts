import {
  type AddedAll,
  acceptCartChanges,
  addSharedCart,
  addToCart,
  cartSummary,
  cartView,
  enterCode,
  estimatePlace,
  getCart,
  mergeCarts,
  moveToCart,
  quantity,
  remindersByToken,
  reminderWish,
  removeCode,
  removeGiftCard,
  removeLine,
  removeSaved,
  restorable,
  restorableCart,
  restoreCart,
  saveForLater,
  setEstimatePlace,
  setLineQuantity,
  setReminderWish,
  shareCart,
  sharedCart,
  sharedCartView,
  stopReminders,
} from '@souk/domain/cart';
import { emailAddress } from '@souk/domain/identity';
import { z } from 'zod';
import { cartOf, cartTokenFor } from '../cart-of.ts';
import type { RequestContext } from '../request-context.ts';
import { procedure, router } from '../trpc.ts';

const id = z.uuid();
const ofLine = z.strictObject({ lineId: id });
const ofSaved = z.strictObject({ savedId: id });
const byCode = z.strictObject({ code: z.string().min(1).max(100) });
const byToken = z.strictObject({ token: z.string().min(1).max(200) });

const filled = z.object({
  token: z.string().nullable(),
  /** How many variants are in the cart now, and how many could not be added. */
  added: z.int(),
  left: z.int(),
});

const filledOf = (ctx: RequestContext, { cartId, inCart, left }: AddedAll) => ({
  token: cartTokenFor(ctx, cartId),
  added: inCart.length,
  left: left.length,
});

export const cartRouter = router({
  get: procedure('cart:use', 16)
    .output(cartView.nullable())
    .query(async ({ ctx }) => {
      const cartId = await ctx.cartId();
      return cartId === null ? null : getCart(ctx.domain, { cartId });
    }),

  summary: procedure('cart:use', 1)
    .output(z.object({ itemCount: z.int() }))
    .query(async ({ ctx }) => {
      const cartId = await ctx.cartId();
      return cartId === null ? { itemCount: 0 } : cartSummary(ctx.domain, { cartId });
    }),

  addLine: procedure('cart:use', 5)
    .input(z.strictObject({ variantId: id, quantity, requestId: id.optional() }))
    .output(
      z.object({
        itemCount: z.int(),
        /** Of a guest's cart; null for accounts, which need none. */
        token: z.string().nullable(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { cart } = await addToCart(ctx.domain, { ...input, cartId: await ctx.cartId() });
      return { itemCount: cart.itemCount, token: cartTokenFor(ctx, cart.id) };
    }),

  setQuantity: procedure('cart:use', 5)
    .input(ofLine.extend({ quantity }))
    .output(z.void())
    .mutation(async ({ ctx, input }) => setLineQuantity(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  /** Answers what was removed, so that it can be put back. */
  removeLine: procedure('cart:use', 2)
    .input(ofLine)
    .output(z.object({ variantId: id, quantity: z.int() }).nullable())
    .mutation(async ({ ctx, input }) => removeLine(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  acceptChanges: procedure('cart:use', 4)
    .input(z.strictObject({ lineId: id.optional() }))
    .output(z.void())
    .mutation(async ({ ctx, input }) =>
      acceptCartChanges(ctx.domain, { ...input, cartId: await cartOf(ctx) }),
    ),

  saveForLater: procedure('cart:use', 4)
    .input(ofLine)
    .output(z.void())
    .mutation(async ({ ctx, input }) => saveForLater(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  moveToCart: procedure('cart:use', 6)
    .input(ofSaved)
    .output(z.void())
    .mutation(async ({ ctx, input }) => moveToCart(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  removeSaved: procedure('cart:use', 2)
    .input(ofSaved)
    .output(z.void())
    .mutation(async ({ ctx, input }) => removeSaved(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  enterCode: procedure('cart:use', 8)
    .input(byCode)
    .output(z.object({ kind: z.enum(['promotion', 'gift_card']) }))
    .mutation(async ({ ctx, input }) => enterCode(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  removeCode: procedure('cart:use', 2)
    .input(byCode)
    .output(z.void())
    .mutation(async ({ ctx, input }) => removeCode(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  removeGiftCard: procedure('cart:use', 2)
    .input(z.strictObject({ giftCardId: id }))
    .output(z.void())
    .mutation(async ({ ctx, input }) => removeGiftCard(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  setPlace: procedure('cart:use', 2)
    .input(z.strictObject({ place: estimatePlace.nullable() }))
    .output(z.void())
    .mutation(async ({ ctx, input }) =>
      setEstimatePlace(ctx.domain, { ...input, cartId: await cartOf(ctx) }),
    ),

  /** The end of a log-in: what a guest put into the cart is theirs. Answers what found no room. */
  merge: procedure('account:own', 18)
    .output(
      z.object({
        changes: z
          .array(z.object({ variantId: id, title: z.string(), wanted: z.int(), kept: z.int() }))
          .readonly(),
      }),
    )
    .mutation(async ({ ctx }) => {
      if (ctx.guestCartId === null) return { changes: [] };
      const { changes } = await mergeCarts(ctx.domain, { guestCartId: ctx.guestCartId });
      return { changes };
    }),

  share: procedure('cart:use', 2)
    .output(z.object({ url: z.string(), expiresAt: z.date() }))
    .mutation(async ({ ctx }) => shareCart(ctx.domain, { cartId: await cartOf(ctx) })),

  shared: procedure('catalog:read', 5)
    .input(byToken)
    .output(sharedCartView)
    .query(({ ctx, input }) => sharedCart(ctx.domain, input)),

  addShared: procedure('cart:use', 8)
    .input(byToken)
    .output(filled)
    .mutation(async ({ ctx, input }) =>
      filledOf(ctx, await addSharedCart(ctx.domain, { ...input, cartId: await ctx.cartId() })),
    ),

  /** Whether a mail with a link to the cart is wanted in case it is left. */
  reminder: procedure('cart:use', 1)
    .output(z.object({ isWanted: z.boolean() }))
    .query(async ({ ctx }) => {
      const cartId = await ctx.cartId();
      return cartId === null ? { isWanted: false } : reminderWish(ctx.domain, { cartId });
    }),

  /** Null: none is wanted. */
  setReminder: procedure('cart:use', 1)
    .input(z.strictObject({ email: emailAddress.nullable() }))
    .output(z.void())
    .mutation(async ({ ctx, input }) => setReminderWish(ctx.domain, { ...input, cartId: await cartOf(ctx) })),

  /** By the link in a mail about a cart. */
  restorable: procedure('cart:use', 5)
    .input(byToken)
    .output(restorableCart)
    .query(async ({ ctx, input }) => restorable(ctx.domain, { ...input, cartId: await ctx.cartId() })),

  restore: procedure('cart:use', 11)
    .input(byToken)
    .output(filled)
    .mutation(async ({ ctx, input }) =>
      filledOf(ctx, await restoreCart(ctx.domain, { ...input, cartId: await ctx.cartId() })),
    ),

  remindersByToken: procedure('catalog:read', 1)
    .input(byToken)
    .output(z.object({ isStopped: z.boolean() }))
    .query(({ ctx, input }) => remindersByToken(ctx.domain, input)),

  stopReminders: procedure('catalog:read', 1)
    .input(byToken)
    .output(z.void())
    .mutation(({ ctx, input }) => stopReminders(ctx.domain, input)),
});
