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
      add column abandoned_at timestamptz;
    create unique index carts_one_active_a_user on carts (user_id) where status = 'active' and user_id is not null;
    create index carts_to_remind on carts (updated_at) where status = 'active' and abandoned_at is null;

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
