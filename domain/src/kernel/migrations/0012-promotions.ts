import { type Kysely, sql } from 'kysely';

/**
 * Promotions as data, what was redeemed of them, and gift cards. The database itself refuses a use too many and an overdrawn card, so
 * that wrong code fails loudly.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table promotions (
      id uuid primary key,
      -- for staff
      name text not null check (name <> ''),
      -- what shoppers read
      label text not null check (label <> ''),
      status text not null check (status in ('active', 'disabled')),
      trigger text not null check (trigger in ('automatic', 'code')),
      starts_at timestamptz,
      ends_at timestamptz,
      priority integer not null default 0,
      is_exclusive boolean not null default false,
      stacking_group text check (stacking_group <> ''),
      base text not null default 'remaining' check (base in ('original', 'remaining')),
      conditions jsonb not null,
      action jsonb not null,
      -- the most that it takes off, by currency
      max_amounts jsonb not null default '{}',
      max_uses integer check (max_uses > 0),
      max_uses_per_customer integer check (max_uses_per_customer > 0),
      -- counts what is held or used, while max_uses stands
      used_count integer not null default 0 check (used_count >= 0),
      -- grows with every change by staff
      version integer not null default 1,
      -- of who made it: a repeated request makes one
      request_id uuid unique,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (ends_at > starts_at),
      constraint promotions_not_overused check (max_uses is null or used_count <= max_uses)
    );
    create index promotions_automatic on promotions (id) where trigger = 'automatic' and status = 'active';
    create index promotions_newest on promotions (created_at desc, id desc);

    create table promotion_codes (
      id uuid primary key,
      promotion_id uuid not null references promotions,
      code text not null unique check (code <> '' and length(code) <= 40 and code = upper(btrim(code))),
      max_uses integer check (max_uses > 0),
      -- counts what is held or used, while max_uses stands
      used_count integer not null default 0 check (used_count >= 0),
      created_at timestamptz not null,
      constraint promotion_codes_not_overused check (max_uses is null or used_count <= max_uses)
    );
    create index promotion_codes_by_promotion on promotion_codes (promotion_id, id);
    -- a repeated request to make codes makes them once
    create table promotion_code_requests (
      id uuid primary key,
      promotion_id uuid not null references promotions,
      codes text[] not null,
      created_at timestamptz not null
    );
    create index promotion_code_requests_by_promotion on promotion_code_requests (promotion_id);

    -- uses by customer, kept while max_uses_per_customer stands; a customer is a keyed hash of an address, or an account's id
    create table promotion_customer_uses (
      promotion_id uuid not null references promotions,
      customer_key text not null,
      used_count integer not null check (used_count >= 0),
      max_uses integer not null check (max_uses > 0),
      primary key (promotion_id, customer_key),
      constraint promotion_customer_uses_not_overused check (used_count <= max_uses)
    );
    create index promotion_customer_uses_by_customer on promotion_customer_uses (customer_key);

    -- what a checkout holds of promotions and gift cards, or what its order has used
    create table redemptions (
      checkout_id uuid primary key,
      status text not null check (status in ('held', 'used', 'released')),
      order_id uuid unique,
      currency char(3) not null,
      -- emptied when nothing is held any more, and when the customer is erased
      customer_keys text[] not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (status <> 'used' or order_id is not null)
    );
    create table redemption_promotions (
      checkout_id uuid not null references redemptions on delete cascade,
      promotion_id uuid not null references promotions,
      code_id uuid references promotion_codes,
      amount bigint not null check (amount >= 0),
      primary key (checkout_id, promotion_id)
    );
    create index redemption_promotions_by_promotion on redemption_promotions (promotion_id);
    create index redemption_promotions_by_code on redemption_promotions (code_id) where code_id is not null;

    create table gift_cards (
      id uuid primary key,
      -- HMAC of the code, keyed by the shop's secret; the digest beside it is sealed, so that it can be keyed anew
      code_hash text not null unique,
      sealed_digest text not null,
      last4 text not null check (length(last4) = 4),
      currency char(3) not null,
      initial_amount bigint not null check (initial_amount > 0),
      -- what can be spent, and what checkouts hold of it
      balance_amount bigint not null check (balance_amount >= 0),
      held_amount bigint not null default 0 check (held_amount >= 0),
      status text not null check (status in ('active', 'disabled')),
      expires_at timestamptz,
      -- keyed hash of the address that the code was sent to, until its owner is erased
      recipient_key text,
      -- SHA-256 of the id of the request that asked for it: a repeated request makes one
      request_hash text unique,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index gift_cards_newest on gift_cards (created_at desc, id desc);
    create index gift_cards_by_recipient on gift_cards (recipient_key) where recipient_key is not null;
    create index gift_cards_to_expire on gift_cards (expires_at) where balance_amount > 0;

    create table redemption_gift_cards (
      checkout_id uuid not null references redemptions on delete cascade,
      gift_card_id uuid not null references gift_cards,
      amount bigint not null check (amount > 0),
      primary key (checkout_id, gift_card_id)
    );
    create index redemption_gift_cards_by_card on redemption_gift_cards (gift_card_id);

    -- the ledger: append-only, and its sums are the card's balance and what is held of it
    create table gift_card_entries (
      position bigint generated always as identity primary key,
      gift_card_id uuid not null references gift_cards,
      kind text not null check (kind in ('issue', 'hold', 'release', 'redeem', 'return', 'adjust', 'expire')),
      balance_delta bigint not null default 0,
      held_delta bigint not null default 0,
      checkout_id uuid,
      order_id uuid,
      note text not null default '' check (length(note) <= 200),
      request_id uuid unique,
      actor text not null,
      occurred_at timestamptz not null,
      check (balance_delta <> 0 or held_delta <> 0)
    );
    create index gift_card_entries_by_card on gift_card_entries (gift_card_id, position);
    create trigger gift_card_entries_is_append_only before update or delete or truncate on gift_card_entries
      for each statement execute function refuse_change();
  `.execute(db);
}
