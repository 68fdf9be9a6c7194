import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create sequence order_numbers;

    create table orders (
      id uuid primary key,
      number text not null unique,
      checkout_id uuid not null unique references checkouts,
      reservation_id uuid not null unique references reservations,
      email text not null,
      currency char(3) not null,
      subtotal_amount bigint not null check (subtotal_amount >= 0),
      discount_amount bigint not null default 0 check (discount_amount >= 0),
      shipping_amount bigint not null check (shipping_amount >= 0),
      tax_amount bigint not null check (tax_amount >= 0),
      total_amount bigint not null,
      status text not null check (status in ('placed', 'completed', 'cancelled')),
      payment_status text not null check (payment_status in ('authorised', 'paid', 'voided', 'refunded')),
      fulfilment_status text not null check (fulfilment_status in ('unfulfilled', 'fulfilled')),
      shipping_address jsonb not null,
      billing_address jsonb not null,
      shipping_method jsonb not null,
      payment_card jsonb,
      placed_at timestamptz not null,
      updated_at timestamptz not null,
      check (total_amount = subtotal_amount - discount_amount + shipping_amount + tax_amount)
    );
    create index orders_by_time on orders (placed_at desc, id);
    create index orders_to_capture on orders (placed_at) where payment_status = 'authorised';

    create table order_lines (
      id uuid primary key,
      order_id uuid not null references orders,
      position integer not null,
      variant_id uuid not null references variants,
      product_id uuid not null references products,
      seller_id uuid not null references sellers,
      sku text not null,
      handle text not null,
      title text not null,
      variant_title text not null,
      image jsonb,
      unit_amount bigint not null check (unit_amount >= 0),
      quantity integer not null check (quantity > 0),
      discount_amount bigint not null default 0 check (discount_amount >= 0),
      tax_amount bigint not null check (tax_amount >= 0),
      tax_rate_ppm integer not null,
      total_amount bigint not null,
      unique (order_id, position),
      check (total_amount = unit_amount * quantity - discount_amount + tax_amount)
    );
    create index order_lines_by_variant on order_lines (variant_id);
    create index order_lines_by_product on order_lines (product_id);

    -- the history: append-only
    create table order_events (
      id uuid primary key,
      order_id uuid not null references orders,
      type text not null,
      data jsonb not null,
      actor text not null,
      occurred_at timestamptz not null
    );
    create index order_events_by_order on order_events (order_id, occurred_at, id);

    create table payments (
      id uuid primary key,
      checkout_id uuid not null references checkouts,
      order_id uuid unique references orders,
      intent_id text not null unique,
      currency char(3) not null,
      amount bigint not null check (amount >= 0),
      captured_amount bigint not null default 0 check (captured_amount between 0 and amount),
      refunded_amount bigint not null default 0 check (refunded_amount between 0 and captured_amount),
      status text not null check (status in ('created', 'authorised', 'captured', 'cancelled')),
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index payments_by_checkout on payments (checkout_id);
    create index payments_by_status on payments (status, updated_at);

    -- webhooks as they came, stored before they are handled; the key drops repeats
    create table payment_webhooks (
      id text primary key,
      type text not null,
      intent_id text,
      payload jsonb not null,
      received_at timestamptz not null,
      handled_at timestamptz
    );
    create index payment_webhooks_unhandled on payment_webhooks (received_at) where handled_at is null;

    -- one row a mail that must be sent once
    create table sent_mails (
      kind text not null,
      reference_id uuid not null,
      sent_at timestamptz not null,
      primary key (kind, reference_id)
    );
  `.execute(db);
}
