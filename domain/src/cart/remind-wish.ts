import { type Context, DomainError } from '../kernel/index.ts';
import { isUsedBy } from './cart-rows.ts';

/**
 * Keeps that somebody wants a mail with a link to their cart in case they leave it, and where to; null: they want none, and no address is
 * kept. One statement.
 *
 * @param input.email as `emailAddress` makes it
 * @throws DomainError `cart_empty`
 */
export async function setReminderWish(
  ctx: Context,
  input: { cartId: string; email: string | null },
): Promise<void> {
  const { email } = input;
  const { numUpdatedRows } = await ctx.db
    .updateTable('carts as cart')
    .set({ email, wants_reminder: email !== null, locale: languageOf(ctx) })
    .where('id', '=', input.cartId)
    .where('status', '=', 'active')
    .where(isUsedBy(ctx))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new DomainError('cart_empty', `cart ${input.cartId} is gone`);
}

/** The language that their browser asks for first, if mails are written in it. */
function languageOf(ctx: Context): 'en' | 'de' {
  return /^de\b/i.test(ctx.origin.languages) ? 'de' : 'en';
}

/** Whether a mail is wanted in case the cart is left. One statement. */
export async function reminderWish(ctx: Context, input: { cartId: string }): Promise<{ isWanted: boolean }> {
  const row = await ctx.db
    .selectFrom('carts as cart')
    .select('wants_reminder as isWanted')
    .where('id', '=', input.cartId)
    .where('status', '=', 'active')
    .where(isUsedBy(ctx))
    .executeTakeFirst();
  return row ?? { isWanted: false };
}
