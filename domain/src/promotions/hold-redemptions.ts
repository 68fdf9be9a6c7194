import { sql } from 'kysely';
import { type CurrencyCode, DomainError, type TransactionContext } from '../kernel/index.ts';
import { holdGiftCards } from './gift-card-moves.ts';
import { countUses, holdLimits } from './limits.ts';
import { giveBack } from './settle-redemptions.ts';

/** What a checkout is about to redeem. */
export interface RedemptionsToHold {
  readonly checkoutId: string;
  readonly currency: CurrencyCode;
  /** Of `customerKeysOf`: limits for each customer count by all of them. */
  readonly customerKeys: readonly string[];
  /** What a promotion takes off in all; several entries of one promotion are one use. */
  readonly promotions: readonly { promotionId: string; code: string | null; amount: number }[];
  readonly giftCards: readonly { giftCardId: string; amount: number }[];
}

/**
 * Holds uses of promotions and money of gift cards for a checkout, in the caller's transaction: all or none, and never more than there
 * are, at any concurrency. A refusal must end that transaction. Asked again for the same it does nothing; for something else, that is
 * held instead. With nothing to hold one statement, else four, one for each kind of limit and one for gift cards.
 *
 * @throws DomainError `promotion_exhausted` with `{ promotionId, code, of }` (also when it was disabled meanwhile),
 *   `gift_card_short` with `{ giftCardId, last4, balance }`, `checkout_closed` when an order has used what was held
 */
export async function holdRedemptions(tx: TransactionContext, input: RedemptionsToHold): Promise<void> {
  const wanted = {
    ...input,
    customerKeys: [...new Set(input.customerKeys)].sort(),
    promotions: perPromotion(input.promotions),
    giftCards: perCard(input.giftCards),
  };
  const isNothing = wanted.promotions.length === 0 && wanted.giftCards.length === 0;
  const status = (await lockRedemption(tx, input.checkoutId)) ?? (isNothing ? null : await begin(tx, wanted));
  if (status === null) return;
  if (status === 'used') throw new DomainError('checkout_closed', 'an order has used what was held');
  if (status === 'held' && (await holdsThat(tx, wanted))) return;
  if (status === 'held') await giveBack(tx, input.checkoutId);
  if (status !== 'begun') await clear(tx, wanted);
  if (isNothing) return;
  await holdPromotions(tx, wanted);
  await holdGiftCards(tx, wanted);
}

type HoldStatus = 'begun' | 'held' | 'used' | 'released';

async function lockRedemption(tx: TransactionContext, checkoutId: string): Promise<HoldStatus | null> {
  const { rows } = await sql<{ status: HoldStatus }>`
    select status from redemptions where checkout_id = ${checkoutId}::uuid for update
  `.execute(tx.db);
  return rows[0]?.status ?? null;
}

/** Who comes second at the same moment waits for the first, and goes on with what that one holds. */
async function begin(tx: TransactionContext, input: RedemptionsToHold): Promise<HoldStatus | null> {
  const now = tx.clock.now();
  const begun = await tx.db
    .insertInto('redemptions')
    .values({
      checkout_id: input.checkoutId,
      status: 'held',
      currency: input.currency,
      customer_keys: [...input.customerKeys],
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('checkout_id').doNothing())
    .returning('checkout_id')
    .executeTakeFirst();
  return begun ? 'begun' : lockRedemption(tx, input.checkoutId);
}

async function holdsThat(tx: TransactionContext, wanted: RedemptionsToHold): Promise<boolean> {
  const { rows } = await sql<{ held: unknown }>`
    select jsonb_build_object(
      'currency', redemption.currency,
      'keys', (select coalesce(jsonb_agg(key order by key collate "C"), '[]') from unnest(redemption.customer_keys) as key),
      'promotions', (
        select coalesce(jsonb_agg(jsonb_build_array(line.promotion_id, code.code, line.amount) order by line.promotion_id), '[]')
        from redemption_promotions line left join promotion_codes code on code.id = line.code_id
        where line.checkout_id = redemption.checkout_id),
      'cards', (
        select coalesce(jsonb_agg(jsonb_build_array(card.gift_card_id, card.amount) order by card.gift_card_id), '[]')
        from redemption_gift_cards card where card.checkout_id = redemption.checkout_id)
    ) = ${JSON.stringify({
      currency: wanted.currency,
      keys: wanted.customerKeys,
      promotions: wanted.promotions.map(({ promotionId, code, amount }) => [promotionId, code, amount]),
      cards: wanted.giftCards.map(({ giftCardId, amount }) => [giftCardId, amount]),
    })}::jsonb as held
    from redemptions redemption where redemption.checkout_id = ${wanted.checkoutId}::uuid
  `.execute(tx.db);
  return rows[0]?.held === true;
}

/** Makes the row of an earlier hold that of a new one. */
async function clear(tx: TransactionContext, input: RedemptionsToHold): Promise<void> {
  const isNothing = input.promotions.length === 0 && input.giftCards.length === 0;
  const { checkoutId } = input;
  await tx.db.deleteFrom('redemption_promotions').where('checkout_id', '=', checkoutId).execute();
  await tx.db.deleteFrom('redemption_gift_cards').where('checkout_id', '=', checkoutId).execute();
  await tx.db
    .updateTable('redemptions')
    .set({
      status: isNothing ? 'released' : 'held',
      order_id: null,
      currency: input.currency,
      customer_keys: isNothing ? [] : [...input.customerKeys],
      updated_at: tx.clock.now(),
    })
    .where('checkout_id', '=', checkoutId)
    .execute();
}

async function holdPromotions(tx: TransactionContext, wanted: RedemptionsToHold): Promise<void> {
  if (wanted.promotions.length === 0) return;
  const { rows } = await sql<{ promotion_id: string }>`
    insert into redemption_promotions (checkout_id, promotion_id, code_id, amount)
    select ${wanted.checkoutId}::uuid, promotion.id, code.id, row.amount
    from jsonb_to_recordset(${JSON.stringify(wanted.promotions)}::jsonb)
      as row ("promotionId" uuid, code text, amount bigint)
    join promotions promotion on promotion.id = row."promotionId" and promotion.status = 'active'
    left join promotion_codes code on code.promotion_id = promotion.id and code.code = row.code
    where row.code is null or code.id is not null
    order by promotion.id
    returning promotion_id
  `.execute(tx.db);
  const gone = wanted.promotions.find(
    ({ promotionId }) => !rows.some((row) => row.promotion_id === promotionId),
  );
  if (gone) throw exhausted(gone.promotionId, gone.code, 'promotion');
  const short = await countUses(tx, await holdLimits(tx, wanted.checkoutId), wanted.customerKeys);
  if (short) throw exhausted(short.limits.promotionId, short.limits.code, short.of);
}

function exhausted(
  promotionId: string,
  code: string | null,
  of: 'promotion' | 'code' | 'customer',
): DomainError {
  return new DomainError('promotion_exhausted', `no use is left of promotion ${promotionId}`, {
    promotionId,
    code,
    of,
  });
}

function perPromotion(promotions: RedemptionsToHold['promotions']): RedemptionsToHold['promotions'] {
  const sums = new Map<string, { promotionId: string; code: string | null; amount: number }>();
  for (const { promotionId, code, amount } of promotions) {
    const known = sums.get(promotionId);
    sums.set(promotionId, { promotionId, code: known?.code ?? code, amount: (known?.amount ?? 0) + amount });
  }
  return [...sums.values()].sort((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
}

function perCard(giftCards: RedemptionsToHold['giftCards']): RedemptionsToHold['giftCards'] {
  const sums = new Map<string, number>();
  for (const { giftCardId, amount } of giftCards) sums.set(giftCardId, (sums.get(giftCardId) ?? 0) + amount);
  return [...sums]
    .map(([giftCardId, amount]) => ({ giftCardId, amount }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => (a.giftCardId < b.giftCardId ? -1 : 1));
}
