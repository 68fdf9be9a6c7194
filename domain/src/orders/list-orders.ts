import { sql } from 'kysely';
import { z } from 'zod';
import {
  authorise,
  type Context,
  type CurrencyCode,
  decodeCursor,
  encodeCursor,
  money,
  moneyOf,
  type Page,
} from '../kernel/index.ts';
import { orderToOpen } from './get-order.ts';
import type { OrderEvent } from './history.ts';
import { orderView, type StaffOrderView } from './model.ts';
import { readHistory } from './order-store.ts';
import { toldToBuyers, viewOf } from './order-view.ts';

const place = z.tuple([z.coerce.date(), z.uuid()]);

export const orderFilter = z.strictObject({
  status: orderView.shape.status.nullable().default(null),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(100).default(50),
});

/** An order in the list of staff and of programs with a key. */
export const orderListItem = orderView.pick({ id: true, number: true, placedAt: true, email: true }).extend({
  status: orderView.shape.status,
  paymentStatus: orderView.shape.paymentStatus,
  fulfilmentStatus: orderView.shape.fulfilmentStatus,
  total: money,
  /** Whether a bank has still to decide about its payment. */
  isDisputed: z.boolean(),
});
export type OrderListItem = z.infer<typeof orderListItem>;

/**
 * Everybody's orders, the newest first. One statement.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` when the cursor is none of ours
 */
export async function listOrders(
  ctx: Context,
  input: z.infer<typeof orderFilter>,
): Promise<Page<OrderListItem>> {
  authorise(ctx, 'orders:read:all');
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await ctx.db
    .selectFrom('orders')
    .select(['id', 'number', 'placed_at', 'email', 'status', 'payment_status', 'fulfilment_status'])
    .select(['total_amount', 'currency'])
    .select((eb) =>
      eb
        .selectFrom('order_events')
        .select(
          sql<boolean>`count(*) filter (where type = 'PAYMENT_DISPUTED') > count(*) filter (where type = 'DISPUTE_CLOSED')`.as(
            'is',
          ),
        )
        .whereRef('order_id', '=', 'orders.id')
        .where('type', 'in', ['PAYMENT_DISPUTED', 'DISPUTE_CLOSED'])
        .as('is_disputed'),
    )
    .$if(input.status !== null, (query) => query.where('status', '=', input.status ?? 'placed'))
    .$if(after !== null, (query) =>
      // as rows are sorted: the latest first, and of one moment the smaller id; the first condition is the index's
      query.where(
        sql<boolean>`placed_at <= ${after?.[0]}::timestamptz
          and (placed_at < ${after?.[0]}::timestamptz or id > ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('id')
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) =>
      orderListItem.parse({
        id: row.id,
        number: row.number,
        placedAt: row.placed_at,
        email: row.email,
        status: row.status,
        paymentStatus: row.payment_status,
        fulfilmentStatus: row.fulfilment_status,
        total: moneyOf(row.total_amount, row.currency),
        isDisputed: row.is_disputed,
      }),
    ),
    nextCursor: rows.length > shown.length && last ? encodeCursor([last.placed_at, last.id]) : null,
  };
}

/** Anybody's order by its number. Five statements. @throws DomainError `unauthenticated`, `forbidden`, `not_found` */
export async function findOrder(ctx: Context, input: { number: string }): Promise<StaffOrderView> {
  authorise(ctx, 'orders:read:all');
  const order = await orderToOpen(ctx, { ...input, token: null });
  const view = await viewOf(ctx, order, [...toldToBuyers, 'PAYMENT_DISPUTED', 'DISPUTE_CLOSED']);
  return { ...view, disputes: disputesOf(await readHistory(ctx, order.id), order.currency) };
}

function disputesOf(history: readonly OrderEvent[], currency: CurrencyCode): StaffOrderView['disputes'] {
  return history.flatMap((opened) => {
    if (opened.type !== 'PAYMENT_DISPUTED') return [];
    const { disputeId: id, amount, reason } = opened.data;
    const closed = history.find((event) => event.type === 'DISPUTE_CLOSED' && event.data.disputeId === id);
    const outcome = closed?.type === 'DISPUTE_CLOSED' ? closed.data.outcome : null;
    return [
      {
        id,
        amount: moneyOf(amount, currency),
        reason,
        openedAt: opened.occurredAt,
        outcome,
        closedAt: closed?.occurredAt ?? null,
      },
    ];
  });
}
