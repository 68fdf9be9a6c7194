import { type Kysely, sql } from 'kysely';

/**
 * The history of an order becomes what the order is made of: `orders` and `order_lines` are what its events add up to. Histories that
 * are there are rewritten in the new words. The release before goes on writing as it did; triggers put that into the new words too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widenTables(db);
  await makeDocuments(db);
  await describeOldOrders(db);
  await translateHistory(db);
  await guardHistory(db);
}

async function widenTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table orders
      add column version integer not null default 0,
      add column locale text not null default 'en',
      add column region_code text,
      -- whether the prices of its lines, and its shipping, contain the tax
      add column prices_include_tax boolean not null default false,
      -- what was taken off shipping; shipping_amount is after it
      add column shipping_discount_amount bigint not null default 0 check (shipping_discount_amount >= 0),
      add column gift_card_amount bigint not null default 0,
      -- of what gift cards leave to pay
      add column paid_amount bigint not null default 0,
      add column refunded_amount bigint not null default 0,
      add column payment_method text not null default 'card' check (
        payment_method in ('card', 'bank_transfer', 'invoice', 'pay_link', 'cash_on_collection', 'gift_card')),
      add column payment_detail jsonb,
      add column payment_due_at timestamptz,
      add column reminded_at timestamptz,
      add column paid_at timestamptz,
      add column cancelled_at timestamptz,
      add column cancel_reason text,
      add column taxes jsonb not null default '[]',
      add column promotions jsonb not null default '[]',
      add column gift_cards jsonb not null default '[]',
      add column vat_id text,
      add column note text not null default '',
      add column gift_message text not null default '',
      drop constraint orders_check,
      drop constraint orders_payment_status_check,
      add constraint orders_payment_status_check check (
        payment_status in ('awaiting', 'authorised', 'paid', 'partially_refunded', 'refunded', 'voided')),
      add constraint orders_total check (total_amount = subtotal_amount - discount_amount + shipping_amount
        + case when prices_include_tax then 0 else tax_amount end),
      add constraint orders_gift_cards check (gift_card_amount between 0 and total_amount),
      add constraint orders_paid check (paid_amount between 0 and total_amount - gift_card_amount),
      add constraint orders_refunded check (refunded_amount between 0 and paid_amount);
    create index orders_awaiting on orders (payment_due_at) where payment_status = 'awaiting' and status = 'placed';

    alter table order_lines
      add column kind text not null default 'item' check (kind in ('item', 'gift')),
      add column prices_include_tax boolean not null default false,
      add column tax_class text not null default 'standard',
      add column discounts jsonb not null default '[]',
      add column promise text not null default 'in_stock' check (promise in ('in_stock', 'backorder', 'preorder')),
      add column ships_at timestamptz,
      drop constraint order_lines_check,
      add constraint order_lines_total check (total_amount = unit_amount * quantity - discount_amount
        + case when prices_include_tax then 0 else tax_amount end);

    alter table order_events add column version integer;
    drop index order_events_by_order;
  `.execute(db);
}

/** Invoices and credit notes: a number is taken in the transaction that issues it, so that a series has no gap. */
async function makeDocuments(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table document_series (
      series text primary key,
      last_serial integer not null check (last_serial > 0)
    );
    create table order_documents (
      id uuid primary key,
      order_id uuid not null references orders,
      kind text not null check (kind in ('invoice', 'credit_note')),
      series text not null references document_series,
      serial integer not null,
      number text not null unique,
      amount bigint not null check (amount >= 0),
      -- of a credit note: the refund that it is for
      refund_id text,
      -- who sold, as the law wants it printed: later changes of the configuration leave it alone
      seller jsonb not null,
      issued_at timestamptz not null,
      unique (series, serial),
      check ((kind = 'credit_note') = (refund_id is not null))
    );
    create unique index order_documents_one_invoice on order_documents (order_id) where kind = 'invoice';
    create unique index order_documents_one_a_refund on order_documents (order_id, refund_id) where kind = 'credit_note';
  `.execute(db);
}

/** What an order was created with, told from its rows: for those that were written without saying so in their history. */
async function describeOldOrders(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function order_created_of_rows(of_order uuid) returns jsonb language sql stable as $$
      select jsonb_build_object(
        'number', number, 'checkoutId', checkout_id, 'reservationId', reservation_id, 'userId', user_id,
        'email', email, 'currency', currency,
        'subtotalAmount', subtotal_amount, 'discountAmount', discount_amount, 'shippingAmount', shipping_amount,
        'taxAmount', tax_amount, 'totalAmount', total_amount,
        'shippingAddress', shipping_address, 'billingAddress', billing_address, 'shippingMethod', shipping_method,
        'payment', jsonb_build_object('method', 'card', 'dueAmount', total_amount, 'detail', payment_detail),
        'lines', coalesce((
          select jsonb_agg(jsonb_build_object(
            'id', line.id, 'variantId', line.variant_id, 'productId', line.product_id, 'sellerId', line.seller_id,
            'sku', line.sku, 'handle', line.handle, 'title', line.title, 'variantTitle', line.variant_title,
            'image', line.image, 'quantity', line.quantity, 'unitAmount', line.unit_amount,
            'discountAmount', line.discount_amount, 'taxAmount', line.tax_amount, 'taxRatePpm', line.tax_rate_ppm
          ) order by line.position)
          from order_lines line where line.order_id = orders.id), '[]')
      )
      from orders where id = of_order
    $$
  `.execute(db);
}

async function translateHistory(db: Kysely<unknown>): Promise<void> {
  await sql`
    update orders set
      version = case payment_status when 'paid' then 3 else 2 end,
      payment_detail = jsonb_build_object('type', 'card', 'brand', payment_card->'brand', 'last4', payment_card->'last4')
    where payment_card is not null;
    update orders set version = case payment_status when 'paid' then 3 else 2 end where payment_card is null;
    update order_events set type = 'ORDER_CREATED', version = 1, data = order_created_of_rows(order_id)
    where type = 'placed';
    insert into order_events (id, order_id, version, type, data, actor, occurred_at)
      select gen_random_uuid(), order_id, 2, 'PAYMENT_AUTHORIZED', jsonb_build_object('amount', data->'totalAmount'),
        actor, occurred_at
      from order_events where type = 'ORDER_CREATED';
    update order_events set type = 'PAYMENT_CAPTURED', version = 3 where type = 'paid';
    update orders set
      updated_at = last.at,
      paid_amount = case payment_status when 'paid' then total_amount else 0 end,
      paid_at = case payment_status when 'paid' then last.at end
    from (select order_id, max(occurred_at) as at from order_events group by order_id) last
    where last.order_id = orders.id;
    update orders set placed_at = event.occurred_at
    from order_events event
    where event.order_id = orders.id and event.version = 1 and orders.placed_at <> event.occurred_at;
    alter table order_events
      alter column version set not null,
      add constraint order_events_version unique (order_id, version),
      add check (version > 0);
  `.execute(db);
}

async function guardHistory(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_change_of_history() returns trigger language plpgsql as $$
    begin
      -- erasing a person empties what tells of them; nothing else may change
      if tg_op = 'UPDATE' and current_setting('souk.forgets_person', true) = 'on'
        and (new.id, new.order_id, new.version, new.type, new.occurred_at)
          = (old.id, old.order_id, old.version, old.type, old.occurred_at)
      then
        return new;
      end if;
      raise exception 'the history of orders only grows' using errcode = 'integrity_constraint_violation';
    end $$;
    create trigger refuse_change before update or delete on order_events
      for each row execute function refuse_change_of_history();

    -- the release before does not count versions, and calls things by other names
    create function translate_order_event() returns trigger language plpgsql as $$
    begin
      if new.type = 'placed' then
        update orders set version = 2, placed_at = new.occurred_at, updated_at = new.occurred_at,
          payment_detail = case when payment_card is not null then jsonb_build_object(
            'type', 'card', 'brand', payment_card->'brand', 'last4', payment_card->'last4') end
        where id = new.order_id;
        new.type := 'ORDER_CREATED';
        new.version := 1;
        new.data := order_created_of_rows(new.order_id);
        insert into order_events (id, order_id, version, type, data, actor, occurred_at) values (
          gen_random_uuid(), new.order_id, 2, 'PAYMENT_AUTHORIZED',
          jsonb_build_object('amount', new.data->'totalAmount'), new.actor, new.occurred_at);
      elsif new.type = 'paid' then
        new.type := 'PAYMENT_CAPTURED';
        update orders set version = version + 1, paid_amount = (new.data->>'amount')::bigint,
          paid_at = new.occurred_at, updated_at = new.occurred_at
        where id = new.order_id
        returning version into new.version;
      end if;
      return new;
    end $$;
    create trigger translate before insert on order_events
      for each row when (new.version is null) execute function translate_order_event();

    -- nor does it tell the history whose an order is, or that its person is forgotten
    create function note_order_change() returns trigger language plpgsql as $$
    declare
      happened text := 'ORDER_ATTACHED';
      told jsonb := jsonb_build_object('userId', new.user_id);
    begin
      if new.email = '' and old.email <> '' then
        happened := 'ORDER_ANONYMISED';
        told := '{}';
        perform set_config('souk.forgets_person', 'on', true);
        update order_events set data = data || jsonb_build_object(
          'userId', null, 'email', '', 'shippingAddress', new.shipping_address, 'billingAddress', new.billing_address,
          'vatId', null, 'note', '', 'giftMessage', '')
        where order_id = new.id and type = 'ORDER_CREATED';
        update order_events set data = jsonb_set(data, '{userId}', 'null') where order_id = new.id and type = 'ORDER_ATTACHED';
        update order_events set data = jsonb_set(data, '{reference}', '""') where order_id = new.id and type = 'PAYMENT_RECEIVED';
        perform set_config('souk.forgets_person', 'off', true);
      end if;
      insert into order_events (id, order_id, version, type, data, actor, occurred_at)
        values (gen_random_uuid(), new.id, new.version + 1, happened, told, 'system', new.updated_at);
      update orders set version = version + 1, vat_id = case when email = '' then null else vat_id end,
        note = case when email = '' then '' else note end,
        gift_message = case when email = '' then '' else gift_message end
      where id = new.id;
      return null;
    end $$;
    create trigger note_change after update of email, user_id on orders
      for each row when (new.version = old.version
        and (new.email, new.user_id) is distinct from (old.email, old.user_id))
      execute function note_order_change();
  `.execute(db);
}
