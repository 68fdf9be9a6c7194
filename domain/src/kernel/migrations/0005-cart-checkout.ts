import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table carts (
      id uuid primary key,
      currency char(3) not null,
      status text not null check (status in ('active', 'ordered')),
      created_at timestamptz not null,
      updated_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index carts_to_expire on carts (expires_at) where status = 'active';

    create table cart_lines (
      id uuid primary key,
      cart_id uuid not null references carts on delete cascade,
      variant_id uuid not null references variants on delete cascade,
      quantity integer not null check (quantity between 1 and 99),
      -- what the shopper saw when the line was last touched; never what is charged
      seen_amount bigint not null,
      added_at timestamptz not null,
      unique (cart_id, variant_id)
    );
    create index cart_lines_by_variant on cart_lines (variant_id);

    create table cart_requests (
      id uuid not null,
      variant_id uuid not null references variants on delete cascade,
      cart_id uuid not null references carts on delete cascade,
      created_at timestamptz not null,
      primary key (id, variant_id)
    );
    create index cart_requests_by_variant on cart_requests (variant_id);
    create index cart_requests_by_cart on cart_requests (cart_id);

    create table shipping_rates (
      id uuid primary key,
      method text not null,
      name text not null,
      description text not null default '',
      countries text[] not null,
      currency char(3) not null,
      min_weight_grams integer not null default 0,
      max_weight_grams integer,
      min_subtotal_amount bigint not null default 0,
      max_subtotal_amount bigint,
      amount bigint not null check (amount >= 0),
      min_days integer not null,
      max_days integer not null,
      position integer not null default 0,
      check (max_days >= min_days)
    );

    create table tax_rates (
      country char(2) not null,
      region text not null default '',
      tax_class text not null default 'standard',
      name text not null,
      rate_ppm integer not null check (rate_ppm between 0 and 1000000),
      taxes_shipping boolean not null default false,
      primary key (country, region, tax_class)
    );

    create table checkouts (
      id uuid primary key,
      -- null when the cart is gone
      cart_id uuid references carts on delete set null,
      status text not null check (status in ('open', 'placing', 'placed', 'cancelled')),
      currency char(3) not null,
      email text,
      shipping_address jsonb,
      -- null: the same as shipping
      billing_address jsonb,
      shipping_rate_id uuid references shipping_rates,
      payment_method text check (payment_method in ('card')),
      -- lines and totals as frozen on entering payment; a new version each time that they change
      frozen jsonb,
      totals_version integer not null default 0,
      reservation_id uuid references reservations,
      payment_intent_id text unique,
      payment_card jsonb,
      payment_attempt integer not null default 0,
      payment_error text,
      placing_since timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (status <> 'placing' or (frozen is not null and payment_intent_id is not null and placing_since is not null))
    );
    create unique index checkouts_one_live_a_cart on checkouts (cart_id) where status in ('open', 'placing');
    create index checkouts_by_cart on checkouts (cart_id);
    create index checkouts_placing on checkouts (placing_since) where status = 'placing';
    create unique index checkouts_by_reservation on checkouts (reservation_id);
  `.execute(db);
}
