import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table payments
      alter column intent_id drop not null,
      add column method text not null default 'card'
        check (method in ('card', 'bank_transfer', 'invoice', 'pay_link', 'cash_on_collection', 'gift_card')),
      -- the provider's page that an order is paid on after it was placed; the newest of them
      add column session_id text unique,
      add column session_attempt integer not null default 0,
      -- how staff know money that came another way: a line of the bank statement, a receipt
      add column reference text,
      add column received_at timestamptz,
      drop constraint payments_status_check,
      add constraint payments_status_check
        check (status in ('created', 'awaiting', 'authorised', 'captured', 'cancelled')),
      add constraint payments_intent_where_asked check (
        (method <> 'card' or intent_id is not null)
        and (method in ('card', 'pay_link') or intent_id is null));

    create table payment_refunds (
      id uuid primary key,
      payment_id uuid not null references payments,
      -- who asks twice for one refund gives the same key
      key text not null unique,
      amount bigint not null check (amount > 0),
      status text not null check (status in ('pending', 'succeeded', 'failed')),
      -- the provider's id; null until it answered, and for money that staff pay back themselves
      refund_id text unique,
      reason text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index payment_refunds_by_payment on payment_refunds (payment_id);
    create index payment_refunds_pending on payment_refunds (created_at) where status = 'pending';

    -- the provider's customer of somebody: made when first needed. The request id makes one of many tries at once
    create table payment_customers (
      user_id uuid primary key references users on delete cascade,
      request_id uuid not null unique,
      customer_id text unique,
      created_at timestamptz not null
    );

    -- tries to pay that are under way or were refused, to stop who tests stolen cards; where from and which card as keyed hashes
    create table payment_attempts (
      key text primary key,
      cart text not null,
      subscriber text,
      network text,
      card text,
      is_declined boolean not null default false,
      attempted_at timestamptz not null
    );
    create index payment_attempts_by_cart on payment_attempts (cart, attempted_at);
    create index payment_attempts_by_subscriber on payment_attempts (subscriber, attempted_at);
    create index payment_attempts_by_network on payment_attempts (network, attempted_at);
    create index payment_attempts_by_card on payment_attempts (card, attempted_at);
    create index payment_attempts_by_time on payment_attempts (attempted_at);

    -- where the provider's books and ours differ
    create table payment_discrepancies (
      id uuid primary key,
      kind text not null,
      -- the intent, or the order's payment where there is no intent
      subject text not null,
      intent_id text,
      order_id uuid references orders,
      currency char(3),
      provider_amount bigint,
      our_amount bigint,
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      resolved_at timestamptz,
      resolved_by text,
      note text
    );
    create unique index payment_discrepancies_open on payment_discrepancies (subject, kind) where resolved_at is null;
    -- what happens once is noted once, also when it was settled before anybody looked
    create unique index payment_discrepancies_once on payment_discrepancies (subject, kind)
      where kind in ('paid_twice', 'disputed');
    create index payment_discrepancies_by_time on payment_discrepancies (first_seen_at desc, id desc);

    -- how far the books have been compared
    create table payment_books (
      id boolean primary key default true check (id),
      compared_until timestamptz not null
    );

    alter table payment_webhooks
      -- what it is about; also how it is found when somebody's traces are removed
      add column checkout_id uuid,
      add column order_id uuid,
      add column is_ignored boolean not null default false,
      add column payload_dropped_at timestamptz;
    create index payment_webhooks_by_checkout on payment_webhooks (checkout_id) where checkout_id is not null;
    create index payment_webhooks_to_empty on payment_webhooks (received_at) where payload_dropped_at is null;
  `.execute(db);
}
