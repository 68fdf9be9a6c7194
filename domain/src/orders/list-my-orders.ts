import { sql } from 'kysely';
import { z } from 'zod';
import { image } from '../catalog/index.ts';
import {
  authorise,
  type Context,
  currentUserId,
  decodeCursor,
  encodeCursor,
  moneyOf,
  type Page,
} from '../kernel/index.ts';
import { type OrderSummary, SUMMARY_LINES } from './model.ts';

const place = z.tuple([z.coerce.date(), z.uuid()]);

export const orderListInput = z.strictObject({
  /** A part of the order's number, such as its last digits. */
  search: z.string().trim().max(40).default(''),
  /** `open`: under way. */
  status: z.enum(['all', 'open', 'cancelled']).default('all'),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(50).default(10),
});

/**
 * The orders of who is logged in, the newest first. Two statements.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` when the cursor is none of ours
 */
export async function listMyOrders(
  ctx: Context,
  input: z.infer<typeof orderListInput>,
): Promise<Page<OrderSummary>> {
  authorise(ctx, 'orders:read:own');
  const userId = currentUserId(ctx);
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await ctx.db
    .selectFrom('orders')
    .select(['id', 'number', 'placed_at', 'status', 'payment_status', 'payment_method', 'fulfilment_status'])
    .select(['total_amount', 'currency'])
    .where('user_id', '=', userId)
    .$if(input.search !== '', (query) =>
      query.where('number', 'like', `%${input.search.toUpperCase().replaceAll(/[\\%_]/g, '\\$&')}%`),
    )
    .$if(input.status !== 'all', (query) =>
      query.where('status', '=', input.status === 'open' ? 'placed' : 'cancelled'),
    )
    .$if(after !== null, (query) =>
      // as rows are sorted: the latest first, and of one moment the smaller id
      query.where(
        sql<boolean>`(placed_at < ${after?.[0]}::timestamptz
          or (placed_at = ${after?.[0]}::timestamptz and id > ${after?.[1]}::uuid))`,
      ),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('id')
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const lines = await linesOf(
    ctx,
    shown.map((row) => row.id),
  );
  const items = shown.map((row): OrderSummary => {
    const own = lines.filter((line) => line.order_id === row.id);
    return {
      id: row.id,
      number: row.number,
      placedAt: row.placed_at,
      status: row.status,
      paymentStatus: row.payment_status,
      paymentMethod: row.payment_method,
      fulfilmentStatus: row.fulfilment_status,
      total: moneyOf(row.total_amount, row.currency),
      itemCount: own.reduce((sum, line) => sum + line.quantity, 0),
      lines: own.slice(0, SUMMARY_LINES).map((line) => ({
        title: line.title,
        handle: line.handle,
        image: image.nullable().parse(line.image),
      })),
      lineCount: own.length,
    };
  });
  const last = shown.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return { items, nextCursor: hasMore ? encodeCursor([last.placed_at, last.id]) : null };
}

async function linesOf(ctx: Context, orderIds: readonly string[]) {
  if (orderIds.length === 0) return [];
  return ctx.db
    .selectFrom('order_lines')
    .select(['order_id', 'title', 'handle', 'image', 'quantity'])
    .where('order_id', 'in', [...orderIds])
    .orderBy('order_id')
    .orderBy('position')
    .execute();
}
