import { randomBytes } from 'node:crypto';
import { runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getOrder, orderToken, verifyOrders } from '../../orders/index.ts';
import { createTestDomain, type TestDomain } from '../../testing/index.ts';
import { createDatabase, type Database } from '../database.ts';
import { migrateToLatest } from '../migrate.ts';
import { migrations } from './index.ts';

const adminUrl = process.env.SOUK_TEST_DATABASE_URL ?? '';
const name = `souk_test_${randomBytes(6).toString('hex')}`;
const url = new URL(adminUrl);
url.pathname = `/${name}`;

let shop: TestDomain;
beforeAll(async () => {
  await asAdmin(`create database ${name}`);
  shop = await createTestDomain({ env: { DATABASE_URL: url.href } });
});
afterAll(async () => {
  await shop?.close();
  await asAdmin(`drop database if exists ${name} with (force)`);
});

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** What the release before wrote when it placed an order, statement by statement. */
async function placeAsBefore(db: Database, order: { number: string; email: string; userId?: string }) {
  const id = crypto.randomUUID();
  await sql`insert into checkouts (id, status, currency, created_at, updated_at)
    values (${id}, 'placed', 'USD', now(), now())`.execute(db);
  await sql`insert into reservations (id, holder_id, status, created_at, updated_at)
    values (${id}, ${id}, 'allocated', now(), now())`.execute(db);
  const address = JSON.stringify({
    fullName: 'Ada',
    line1: '1 Way',
    city: 'Oakland',
    postcode: '94601',
    country: 'US',
  });
  await sql`insert into orders (id, number, checkout_id, reservation_id, user_id, email, currency, subtotal_amount,
      discount_amount, shipping_amount, tax_amount, total_amount, status, payment_status, fulfilment_status,
      shipping_address, billing_address, shipping_method, payment_card, placed_at, updated_at)
    values (${id}, ${order.number}, ${id}, ${id}, ${order.userId ?? null}, ${order.email}, 'USD', 2000, 0, 500, 145, 2645,
      'placed', 'authorised', 'unfulfilled', ${address}, ${address},
      '{"name": "Standard", "minDays": 2, "maxDays": 4}', '{"brand": "visa", "last4": "4242"}', now(), now())`.execute(
    db,
  );
  const { rows } = await sql<{ variant: string; product: string; seller: string }>`
    select variants.id as variant, products.id as product, sellers.id as seller
    from variants join products on products.id = variants.product_id, sellers limit 1`.execute(db);
  const { variant, product, seller } = rows[0] ?? { variant: '', product: '', seller: '' };
  for (const position of [0, 1]) {
    await sql`insert into order_lines (id, order_id, position, variant_id, product_id, seller_id, sku, handle, title,
        variant_title, image, unit_amount, quantity, tax_amount, tax_rate_ppm, total_amount)
      values (gen_random_uuid(), ${id}, ${position}, ${variant}, ${product}, ${seller}, 'SKU', 'thing', 'A thing', '',
        null, 1000, 1, 70, 72500, 1070)`.execute(db);
  }
  await happen(db, id, 'placed', {});
  return id;
}

async function payAsBefore(db: Database, id: string): Promise<void> {
  await sql`update orders set payment_status = 'paid', updated_at = now() where id = ${id}`.execute(db);
  await happen(db, id, 'paid', { amount: 2645 });
}

async function happen(db: Database, id: string, type: string, data: unknown): Promise<void> {
  // the clock of a process, which is never quite that of the row before
  await sql`insert into order_events (id, order_id, type, data, actor, occurred_at)
    values (gen_random_uuid(), ${id}, ${type}, ${JSON.stringify(data)}, 'system', date_trunc('milliseconds', clock_timestamp()))`.execute(
    db,
  );
}

const typesOf = async (db: Database, id: string) => {
  const { rows } = await sql<{ type: string }>`
    select type from order_events where order_id = ${id} order by version`.execute(db);
  return rows.map((row) => row.type);
};

test('orders of the release before get a history that tells all of them, and so do those that it still writes', async () => {
  await migrateToLatest(await oldDatabase());
  const { db } = shop.ctx;
  const orders = await sql<{ id: string; number: string; status: string }>`
    select id, number, payment_status as status from orders order by number`.execute(db);
  expect(orders.rows.map((row) => row.status)).toEqual(['authorised', 'paid', 'paid']);
  expect(await verifyOrders(shop.ctx)).toEqual([]);
  const [, paid] = orders.rows;
  if (!paid) throw new Error('no order');
  expect(await typesOf(db, paid.id)).toEqual(['ORDER_CREATED', 'PAYMENT_AUTHORIZED', 'PAYMENT_CAPTURED']);
  const view = await getOrder(shop.ctx, { number: paid.number, token: orderToken(shop.ctx, paid.id) });
  expect(view).toMatchObject({
    paymentStatus: 'paid',
    payment: {
      method: 'card',
      detail: { type: 'card', brand: 'visa', last4: '4242' },
      paid: { amount: 2_645 },
    },
    lines: [{ kind: 'item', promise: 'in_stock' }, {}],
  });

  // both releases run side by side
  const late = await placeAsBefore(db, { number: 'SK-2026-000009', email: 'late@example.com' });
  expect(await typesOf(db, late)).toEqual(['ORDER_CREATED', 'PAYMENT_AUTHORIZED']);
  await payAsBefore(db, late);
  expect(await typesOf(db, late)).toEqual(['ORDER_CREATED', 'PAYMENT_AUTHORIZED', 'PAYMENT_CAPTURED']);
  expect(await verifyOrders(shop.ctx)).toEqual([]);

  // it attaches and erases without a word to the history
  const { rows: users } = await sql<{ id: string }>`
    insert into users (id, email, name, locale, created_at, updated_at)
    values (gen_random_uuid(), 'late@example.com', 'Ada', 'en', now(), now()) returning id`.execute(db);
  const userId = users[0]?.id ?? '';
  const now = new Date();
  await sql`update orders set user_id = ${userId}, updated_at = ${now} where id = ${late}`.execute(db);
  expect(await verifyOrders(shop.ctx)).toEqual([]);
  await sql`update orders set email = '', user_id = null, updated_at = ${now},
    shipping_address = shipping_address || '{"fullName": "", "line1": "", "line2": "", "city": "", "postcode": "", "phone": "", "region": ""}',
    billing_address = billing_address || '{"fullName": "", "line1": "", "line2": "", "city": "", "postcode": "", "phone": "", "region": ""}'
    where id = ${late}`.execute(db);
  expect(await verifyOrders(shop.ctx)).toEqual([]);
  const { rows: left } = await sql`
    select 1 from order_events event
    where order_id = ${late} and (event::text like '%late@%' or event::text like '%1 Way%' or data::text like ${`%${userId}%`})
  `.execute(db);
  expect(left).toEqual([]);
}, 60_000);

/** A database of the release before, with three orders. @returns its address */
async function oldDatabase(): Promise<string> {
  const { db } = createDatabase({ url: url.href, poolSize: 1 });
  await runMigrations({ connectionString: url.href });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateTo('0010-mails');
  if (error) throw error;
  const ids = { product: crypto.randomUUID(), variant: crypto.randomUUID() };
  await sql`insert into products (id, seller_id, handle, title, status, created_at, updated_at)
    select ${ids.product}, id, 'thing', 'A thing', 'draft', now(), now() from sellers`.execute(db);
  await sql`insert into variants (id, product_id, sku, title, position, created_at, updated_at)
    values (${ids.variant}, ${ids.product}, 'SKU', '', 0, now(), now())`.execute(db);
  await placeAsBefore(db, { number: 'SK-2026-000001', email: 'ada@example.com' });
  await payAsBefore(db, await placeAsBefore(db, { number: 'SK-2026-000002', email: 'ada@example.com' }));
  await payAsBefore(db, await placeAsBefore(db, { number: 'SK-2026-000003', email: '' }));
  await db.destroy();
  return url.href;
}
