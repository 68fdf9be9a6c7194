import type { z } from 'zod';
import { addSeconds, type Context } from '../../kernel/index.ts';
import {
  createPromotion,
  giftCardToIssue,
  holdRedemptions,
  issueGiftCard,
  newPromotion,
  type PromotionView,
  type promotionInput,
  type RedemptionsToHold,
} from '../index.ts';

/** Makes a promotion in the shop: 10 % off with a code, unless told otherwise. */
export function makePromotion(
  ctx: Context,
  parts: Partial<z.input<typeof promotionInput>> = {},
  codes: readonly string[] = [],
): Promise<PromotionView> {
  return createPromotion(
    ctx,
    newPromotion.parse({
      promotion: {
        name: 'A promotion',
        label: 'Something off',
        trigger: codes.length > 0 ? 'code' : 'automatic',
        action: { type: 'percent', percent: 10 },
        ...parts,
      },
      codes,
    }),
  );
}

/** Issues a card in USD. @returns its code and id */
export async function makeGiftCard(
  ctx: Context,
  parts: Partial<z.input<typeof giftCardToIssue>> = {},
): Promise<{ code: string; giftCardId: string }> {
  const input = giftCardToIssue.parse({
    amount: 5_000,
    currency: 'USD',
    requestId: ctx.ids.next(),
    ...parts,
  });
  const { code, giftCard } = await issueGiftCard(ctx, input);
  return { code, giftCardId: giftCard.id };
}

/** Holds for a checkout in USD; of a new one and of nobody known, unless told otherwise. @returns the checkout */
export async function hold(ctx: Context, parts: Partial<RedemptionsToHold>): Promise<string> {
  const checkoutId = parts.checkoutId ?? ctx.ids.next();
  await ctx.transaction((tx) =>
    holdRedemptions(tx, {
      currency: 'USD',
      customerKeys: [],
      promotions: [],
      giftCards: [],
      ...parts,
      checkoutId,
    }),
  );
  return checkoutId;
}

export function daysFromNow(ctx: Context, days: number): Date {
  return addSeconds(ctx.clock.now(), days * 86_400);
}
