import { sql } from 'kysely';
import { z } from 'zod';
import { authorise, type Context, decodeCursor, encodeCursor, type Page } from '../kernel/index.ts';
import {
  cardColumns,
  type GiftCardView,
  giftCardEntry,
  giftCardStatus,
  viewOfCard,
} from './gift-card-model.ts';

const place = z.tuple([z.coerce.date(), z.uuid()]);

export const giftCardFilter = z.strictObject({
  status: giftCardStatus.nullable().default(null),
  /** The end of the code. */
  last4: z.string().trim().toUpperCase().length(4).nullable().default(null),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(100).default(50),
});

/** The gift cards, the newest first. One statement. @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` */
export async function listGiftCards(
  ctx: Context,
  input: z.infer<typeof giftCardFilter>,
): Promise<Page<GiftCardView>> {
  authorise(ctx, 'gift-cards:manage');
  const { status, last4 } = input;
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await ctx.db
    .selectFrom('gift_cards')
    .select(cardColumns)
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'active'))
    .$if(last4 !== null, (query) => query.where('last4', '=', last4 ?? ''))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .execute();
  const items = rows.slice(0, input.limit).map(viewOfCard);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > items.length && last ? encodeCursor([last.createdAt, last.id]) : null,
  };
}

/** The latest 200 lines of a card's ledger, the newest first. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function giftCardEntries(
  ctx: Context,
  input: { giftCardId: string },
): Promise<z.infer<typeof giftCardEntry>[]> {
  authorise(ctx, 'gift-cards:manage');
  const rows = await ctx.db
    .selectFrom('gift_card_entries')
    .select([
      'kind',
      'balance_delta as balanceDelta',
      'held_delta as heldDelta',
      'order_id as orderId',
      'note',
      'actor',
      'occurred_at as occurredAt',
    ])
    .where('gift_card_id', '=', input.giftCardId)
    .orderBy('position', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => giftCardEntry.parse(row));
}
