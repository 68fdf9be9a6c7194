import type { z } from 'zod';
import type { Context } from '../../kernel/index.ts';
import {
  createPromotion,
  giftCardToIssue,
  issueGiftCard,
  newPromotion,
  type promotionInput,
} from '../../promotions/index.ts';

/** Makes a code: 10 % off, unless told otherwise. @param codes none: it applies by itself */
export async function makeCode(
  ctx: Context,
  codes: readonly string[],
  parts: Partial<z.input<typeof promotionInput>> = {},
): Promise<void> {
  await createPromotion(
    ctx,
    newPromotion.parse({
      promotion: {
        name: 'For tests',
        label: '10 % off',
        trigger: codes.length > 0 ? 'code' : 'automatic',
        action: { type: 'percent', percent: 10 },
        ...parts,
      },
      codes,
    }),
  );
}

/** Issues a gift card of 50.00 USD, unless told otherwise. @returns its code */
export async function makeGiftCard(
  ctx: Context,
  parts: Partial<z.input<typeof giftCardToIssue>> = {},
): Promise<string> {
  const input = giftCardToIssue.parse({
    amount: 5_000,
    currency: 'USD',
    requestId: ctx.ids.next(),
    ...parts,
  });
  return (await issueGiftCard(ctx, input)).code;
}
