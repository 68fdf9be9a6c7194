import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table carts
      -- whose cart it is; null for a guest's
      add column user_id uuid references users on delete cascade,
      add column region_id uuid references regions,
      -- grows with every change of what is in it, so that copies of it tell their age
      add column version integer not null default 0,
      -- where to, as far as the shopper told for an estimate: country, region and postcode
      add column destination jsonb,
      -- who may be reminded of it, and whether they agreed to
      add column email text,
      add column wants_reminder boolean not null default false,
      -- the language of a reminder
      add column locale text not null default 'en',
      add column abandoned_at timestamptz,
      drop constraint carts_status_check,
      -- merged: what it held is in another cart now
      add constraint carts_status_check check (status in ('active', 'ordered', 'merged'));
    create unique index carts_one_active_a_user on carts (user_id) where status = 'active' and user_id is not null;
    create index carts_by_user on carts (user_id, updated_at) where user_id is not null;
    create index carts_by_email on carts (email) where email is not null;
    create index carts_to_remind on carts (updated_at) where status = 'active' and abandoned_at is null;

    -- who was reminded of a cart, and who never wants to be: by a keyed hash of the address
    create table cart_reminders (
      cart_id uuid primary key references carts on delete cascade,
      address_key text not null,
      sent_at timestamptz not null
    );
    create index cart_reminders_by_address on cart_reminders (address_key, sent_at);
    create table cart_reminder_stops (
      address_key text primary key,
      stopped_at timestamptz not null
    );

    create table cart_saved_lines (
      id uuid primary key,
      cart_id uuid not null references carts on delete cascade,
      variant_id uuid not null references variants on delete cascade,
      quantity integer not null check (quantity between 1 and 99),
      saved_at timestamptz not null,
      unique (cart_id, variant_id)
    );
    create index cart_saved_lines_by_variant on cart_saved_lines (variant_id);

    -- codes as the shopper entered them; what they are good for is told anew at each view
    create table cart_codes (
      cart_id uuid not null references carts on delete cascade,
      code text not null check (code <> '' and length(code) <= 40),
      added_at timestamptz not null,
      primary key (cart_id, code)
    );
    create table cart_gift_cards (
      cart_id uuid not null references carts on delete cascade,
      gift_card_id uuid not null,
      added_at timestamptz not null,
      primary key (cart_id, gift_card_id)
    );

    -- what a shared link shows: the things as they were when it was made
    create table shared_carts (
      id uuid primary key,
      token_hash text not null unique,
      lines jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index shared_carts_to_drop on shared_carts (expires_at);
  `.execute(db);
}
