import { sql } from 'kysely';
import { type Context, type CurrencyCode, DomainError } from '../kernel/index.ts';
import { hashesOf, normaliseGiftCode } from './gift-card-code.ts';
import { balanceOfCard, type GiftCardBalance } from './gift-card-model.ts';

/**
 * The gift card of a code, as anybody who holds the code may see it. Who lets strangers ask limits how often. One statement.
 *
 * @throws DomainError `gift_card_invalid` with the `reason`: `unknown`, `disabled`, `expired`
 */
export async function findGiftCard(ctx: Context, input: { code: string }): Promise<GiftCardBalance> {
  const code = normaliseGiftCode(input.code);
  const row =
    code === null
      ? undefined
      : await ctx.db
          .selectFrom('gift_cards')
          .select(['id', 'last4', 'status', 'currency', 'balance_amount', 'expires_at'])
          .where('code_hash', 'in', hashesOf(ctx.config.secrets, code))
          .executeTakeFirst();
  if (!row) throw new DomainError('gift_card_invalid', 'no gift card has this code', { reason: 'unknown' });
  const card = balanceOfCard(row, ctx.clock.now());
  if (card.isUsable) return card;
  const reason = row.status === 'active' ? 'expired' : 'disabled';
  throw new DomainError('gift_card_invalid', `the gift card is ${reason}`, { reason });
}

/**
 * What is on gift cards, in the order of the ids; those that are none are left out. One statement.
 *
 * @param checkoutId what this checkout holds of them already counts as balance to it
 */
export async function giftCardsOf(
  ctx: Context,
  giftCardIds: readonly string[],
  checkoutId: string | null = null,
): Promise<GiftCardBalance[]> {
  if (giftCardIds.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    last4: string;
    status: 'active' | 'disabled';
    currency: CurrencyCode;
    balance_amount: number;
    expires_at: Date | null;
  }>`
    select card.id, card.last4, card.status, card.currency, card.expires_at,
      card.balance_amount + coalesce((
        select line.amount
        from redemption_gift_cards line join redemptions redemption using (checkout_id)
        where line.gift_card_id = card.id and redemption.checkout_id = ${checkoutId}::uuid and redemption.status = 'held'
      ), 0) as balance_amount
    from gift_cards card where card.id = any(${[...giftCardIds]}::uuid[])
    order by array_position(${[...giftCardIds]}::uuid[], card.id)
  `.execute(ctx.db);
  const now = ctx.clock.now();
  return rows.map((row) => balanceOfCard(row, now));
}
