import { sql } from 'kysely';
import { addSeconds, type CurrencyCode, DomainError, type TransactionContext } from '../kernel/index.ts';

/** How long money stays good that comes back to a card which has expired meanwhile. */
const GRACE_SECONDS = 90 * 86_400;

/**
 * Holds money of gift cards for a checkout: one conditional update for all, rows locked in id order. One statement, or two.
 *
 * @throws DomainError `gift_card_short` with `{ giftCardId, last4, balance }`
 */
export async function holdGiftCards(
  tx: TransactionContext,
  input: {
    checkoutId: string;
    currency: CurrencyCode;
    giftCards: readonly { giftCardId: string; amount: number }[];
  },
): Promise<void> {
  const { checkoutId, currency, giftCards } = input;
  if (giftCards.length === 0) return;
  const now = tx.clock.now();
  const { rows: held } = await sql<{ id: string }>`
    with locked as (
      select card.id, row.amount
      from gift_cards card
      join jsonb_to_recordset(${JSON.stringify(giftCards)}::jsonb) as row ("giftCardId" uuid, amount bigint)
        on row."giftCardId" = card.id
      order by card.id
      for no key update of card
    ), held as (
      update gift_cards card
      set balance_amount = card.balance_amount - locked.amount, held_amount = card.held_amount + locked.amount,
        updated_at = ${now}::timestamptz
      from locked
      where card.id = locked.id and card.status = 'active' and card.currency = ${currency}
        and (card.expires_at is null or card.expires_at > ${now}::timestamptz)
        and card.balance_amount >= locked.amount
      returning card.id, locked.amount
    ), kept as (
      insert into redemption_gift_cards (checkout_id, gift_card_id, amount)
      select ${checkoutId}::uuid, id, amount from held
    ), written as (
      insert into gift_card_entries (gift_card_id, kind, balance_delta, held_delta, checkout_id, actor, occurred_at)
      select id, 'hold', -amount, amount, ${checkoutId}::uuid, ${tx.actor.id}, ${now}::timestamptz from held
    )
    select id from held
  `.execute(tx.db);
  const short = giftCards.find(({ giftCardId }) => !held.some(({ id }) => id === giftCardId));
  if (short) throw await cardShort(tx, short.giftCardId, currency);
}

async function cardShort(
  tx: TransactionContext,
  giftCardId: string,
  currency: CurrencyCode,
): Promise<DomainError> {
  const card = await tx.db
    .selectFrom('gift_cards')
    .select(['last4', 'balance_amount', 'status', 'currency', 'expires_at'])
    .where('id', '=', giftCardId)
    .executeTakeFirst();
  const isGood =
    card?.status === 'active' &&
    card.currency === currency &&
    (card.expires_at === null || card.expires_at > tx.clock.now());
  return new DomainError('gift_card_short', `gift card ${giftCardId} holds less than wanted`, {
    giftCardId,
    last4: card?.last4 ?? '',
    balance: { amount: isGood ? card.balance_amount : 0, currency },
  });
}

/** How money of a card that a checkout holds, or has spent, moves on. */
const moves = {
  release: { balance: 1, held: -1 },
  redeem: { balance: 0, held: -1 },
  return: { balance: 1, held: 0 },
} as const;

/** Moves what a checkout has of gift cards, with the ledger. One statement. */
export async function moveGiftCards(
  tx: TransactionContext,
  input: { checkoutId: string; orderId: string | null; kind: keyof typeof moves },
): Promise<void> {
  const { checkoutId, orderId, kind } = input;
  const { balance, held } = moves[kind];
  const now = tx.clock.now();
  const goodUntil = kind === 'return' ? addSeconds(now, GRACE_SECONDS) : null;
  await sql`
    with locked as (
      select card.id, line.amount
      from redemption_gift_cards line join gift_cards card on card.id = line.gift_card_id
      where line.checkout_id = ${checkoutId}::uuid
      order by card.id
      for no key update of card
    ), written as (
      insert into gift_card_entries
        (gift_card_id, kind, balance_delta, held_delta, checkout_id, order_id, actor, occurred_at)
      select id, ${kind}, amount * ${balance}::int, amount * ${held}::int, ${checkoutId}::uuid, ${orderId}::uuid,
        ${tx.actor.id}, ${now}::timestamptz
      from locked
    )
    update gift_cards card
    set balance_amount = card.balance_amount + locked.amount * ${balance}::int,
      held_amount = card.held_amount + locked.amount * ${held}::int,
      -- null stays null: a card that never expires
      expires_at = case when card.expires_at < ${goodUntil}::timestamptz then ${goodUntil}::timestamptz else card.expires_at end,
      updated_at = ${now}::timestamptz
    from locked where card.id = locked.id
  `.execute(tx.db);
}
