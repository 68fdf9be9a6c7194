import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';
import { keepAnew } from './gift-card-code.ts';

/**
 * Writes off what is left on cards that have expired, with the ledger. One statement.
 *
 * @returns how many cards
 */
export async function expireGiftCards(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const { rows } = await sql<{ id: string }>`
    with expired as (
      select id, balance_amount from gift_cards
      where expires_at <= ${now}::timestamptz and balance_amount > 0
      order by id limit 1000 for no key update skip locked
    ), written as (
      insert into gift_card_entries (gift_card_id, kind, balance_delta, actor, occurred_at)
      select id, 'expire', -balance_amount, ${ctx.actor.id}, ${now}::timestamptz from expired
    )
    update gift_cards card set balance_amount = 0, updated_at = ${now}::timestamptz
    from expired where card.id = expired.id
    returning card.id
  `.execute(ctx.db);
  return rows.length;
}

const BATCH = 500;

/**
 * Keys all gift cards by the newest SOUK_SECRET, before an older one is taken off the list: a card of which the secret is gone is found
 * by its code no more.
 *
 * @returns how many were keyed, and how many could not be, as their secret is gone
 */
export async function resealGiftCards(ctx: Context): Promise<{ keyed: number; lost: number }> {
  let after = '00000000-0000-0000-0000-000000000000';
  let keyed = 0;
  let lost = 0;
  for (;;) {
    const cards = await ctx.db
      .selectFrom('gift_cards')
      .select(['id', 'sealed_digest'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = cards.at(-1);
    if (!last) return { keyed, lost };
    after = last.id;
    const kept = cards.flatMap(({ id, sealed_digest }) => {
      const anew = keepAnew(ctx.config.secrets, id, sealed_digest);
      return anew === null ? [] : [{ id, ...anew }];
    });
    keyed += kept.length;
    lost += cards.length - kept.length;
    await sql`
      update gift_cards card set code_hash = row.code_hash, sealed_digest = row.sealed_digest
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as row (id uuid, code_hash text, sealed_digest text)
      where card.id = row.id
    `.execute(ctx.db);
  }
}
