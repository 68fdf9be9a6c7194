import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertUser } from '../identity/index.ts';
import { isDomainError } from '../kernel/index.ts';
import {
  brokenInvariants,
  createTestDomain,
  plainDraft,
  someWares,
  type TestDomain,
  type Wares,
  writeOrder,
} from '../testing/index.ts';
import { anonymiseOrders, rebuildOrder, rebuildOrders, verifyOrders } from './index.ts';
import { changeOrder } from './order-store.ts';
import { anyDraft, anyHappening } from './testing/random-orders.ts';

const ORDERS = 300;

let shop: TestDomain;
let wares: Wares;
beforeAll(async () => {
  shop = await createTestDomain();
  wares = await someWares(shop.ctx);
});
afterAll(() => shop?.close());

/** Every row of orders and their lines, as one text. */
async function allRows(): Promise<string> {
  const { rows } = await sql<{ all: string }>`
    select string_agg(row, e'\n') as all from (
      (select orders::text as row from orders order by id)
      union all
      (select order_lines::text from order_lines order by order_id, position)
    ) as rows
  `.execute(shop.ctx.db);
  return rows[0]?.all ?? '';
}

test(`${ORDERS} orders of all kinds, whatever happened to them, are rebuilt to the letter from their history`, async () => {
  const { ctx } = shop;
  const { id: userId } = await ctx.transaction((tx) =>
    insertUser(tx, { email: 'erased@example.com', name: 'Ada', passwordHash: null, locale: 'en' }),
  );
  const histories = fc.sample(
    anyDraft(wares, plainDraft).chain((draft) =>
      fc.tuple(fc.constant(draft), fc.array(anyHappening(draft.payment?.dueAmount ?? 0), { maxLength: 6 })),
    ),
    { numRuns: ORDERS, seed: 4 },
  );
  let happened = 0;
  for (const [index, [draft, wishes]] of histories.entries()) {
    const { id } = await writeOrder(ctx, { ...draft, userId: index % 50 === 0 ? userId : null });
    for (const wish of wishes) {
      // whose it is has an account behind it, and erasing is done by its own use case
      if (wish.type === 'ORDER_ATTACHED' || wish.type === 'ORDER_ANONYMISED') continue;
      try {
        await ctx.transaction((tx) => changeOrder(tx, id, () => [wish]));
        happened += 1;
      } catch (error) {
        if (!isDomainError(error, 'conflict')) throw error;
      }
    }
  }
  expect(happened).toBeGreaterThan(ORDERS / 2);
  await ctx.transaction((tx) => anonymiseOrders(tx, { userId }));
  expect(await verifyOrders(ctx)).toEqual([]);

  const before = await allRows();
  await sql`
    update orders set version = 0, email = 'x', status = 'completed', payment_status = 'paid', paid_amount = 0,
      refunded_amount = 0, subtotal_amount = 1, discount_amount = 1, shipping_amount = 0, tax_amount = 0,
      total_amount = 0, gift_card_amount = 0, payment_method = 'card', payment_detail = null, payment_card = null,
      cancelled_at = null, cancel_reason = null, paid_at = null, payment_due_at = null, note = 'x',
      taxes = '[]', promotions = '[]', gift_cards = '[]', placed_at = now(), updated_at = now();
    delete from order_lines where position > 0;
    update order_lines set title = 'x', discounts = '[]', quantity = 1, unit_amount = 0, discount_amount = 0,
      tax_amount = 0, total_amount = 0
  `.execute(ctx.db);
  expect(await verifyOrders(ctx)).toHaveLength(ORDERS);
  const rebuilt = await rebuildOrders(ctx);
  expect(rebuilt).toHaveLength(ORDERS);
  expect(await allRows()).toBe(before);
  expect(await rebuildOrders(ctx)).toEqual([]);
}, 120_000);

test('one column of one order that is wrong is found by the invariants, named, and mended', async () => {
  const { id, number } = await writeOrder(shop.ctx, plainDraft(wares));
  await shop.ctx.db.updateTable('orders').set({ note: 'planted' }).where('id', '=', id).execute();
  expect(await brokenInvariants(shop.ctx)).toContainEqual(
    `not so: each order shows what its history adds up to (${number}: note)`,
  );
  expect(await rebuildOrder(shop.ctx, id)).toEqual(['note']);
  expect(await rebuildOrder(shop.ctx, id)).toEqual([]);
});

test('the history only grows', async () => {
  const { id } = await writeOrder(shop.ctx, plainDraft(wares));
  const { db } = shop.ctx;
  await expect(
    db.updateTable('order_events').set({ data: '{}' }).where('order_id', '=', id).execute(),
  ).rejects.toThrow('only grows');
  await expect(db.deleteFrom('order_events').where('order_id', '=', id).execute()).rejects.toThrow(
    'only grows',
  );
  await expect(
    db.transaction().execute(async (tx) => {
      await sql`select set_config('souk.forgets_person', 'on', true)`.execute(tx);
      await tx.updateTable('order_events').set({ type: 'x' }).where('order_id', '=', id).execute();
    }),
  ).rejects.toThrow('only grows');
});

test('many that change one order at once come one after the other: each version once', async () => {
  const draft = plainDraft(wares, {
    payment: { method: 'bank_transfer', status: 'awaiting', detail: null, dueAmount: 1_000 },
  });
  const { id } = await writeOrder(shop.ctx, draft);
  const receipts = Array.from({ length: 30 }, (_, index) =>
    shop.ctx.transaction((tx) =>
      changeOrder(tx, id, () => [
        { type: 'PAYMENT_RECEIVED', data: { amount: 50, reference: '', requestId: `r${index}` } },
      ]),
    ),
  );
  const outcomes = await Promise.allSettled(receipts);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
  const row = await shop.ctx.db
    .selectFrom('orders')
    .select(['version', 'paid_amount', 'payment_status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ version: 22, paid_amount: 1_000, payment_status: 'paid' });
  expect(await verifyOrders(shop.ctx)).toEqual([]);
});
