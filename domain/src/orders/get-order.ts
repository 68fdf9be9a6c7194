import type { Selectable } from 'kysely';
import { authorise, type Context, type DB, DomainError, signValue, verifyValue } from '../kernel/index.ts';
import type { OrderView } from './model.ts';
import { viewOf } from './order-view.ts';

const purpose = 'order';

/** The token that opens an order's page to a guest: it is in the link of the mail. */
export function orderToken(ctx: Context, orderId: string): string {
  const signed = signValue(ctx.config.secrets, purpose, orderId);
  return signed.slice(orderId.length + 1);
}

/** The address of an order's page, or of one below it such as `/pay`, signed for its buyer. */
export function orderUrl(ctx: Context, order: { id: string; number: string }, below = ''): string {
  return `${ctx.config.shop.url}/orders/${order.number}${below}?token=${orderToken(ctx, order.id)}`;
}

/**
 * An order for its buyer: whoever holds its signed link, the account that it belongs to, or staff. Four statements.
 *
 * @param input.token of the link; null when the account is to tell
 * @throws DomainError `not_found` when there is no such order or it is not for who asks: which of both is not told
 */
export async function getOrder(
  ctx: Context,
  input: { number: string; token: string | null },
): Promise<OrderView> {
  authorise(ctx, 'orders:read:own');
  return viewOf(ctx, await orderToOpen(ctx, input));
}

/** The row of an order for who may open it. One statement. @throws DomainError `not_found` */
export async function orderToOpen(
  ctx: Context,
  input: { number: string; token: string | null },
): Promise<Selectable<DB['orders']>> {
  const row = await ctx.db
    .selectFrom('orders')
    .selectAll()
    .where('number', '=', input.number)
    .executeTakeFirst();
  if (!row || !mayRead(ctx, row, input.token)) {
    throw new DomainError('not_found', `no order ${input.number} for who asks`);
  }
  return row;
}

function mayRead(ctx: Context, order: { id: string; user_id: string | null }, token: string | null): boolean {
  if (ctx.actor.permissions.has('orders:read:all')) return true;
  if (ctx.actor.kind === 'user' && order.user_id === ctx.actor.id) return true;
  return token !== null && verifyValue(ctx.config.secrets, purpose, `${order.id}.${token}`) === order.id;
}

/** The order of a placed checkout, with the token of its link; null when there is none. One statement. */
export async function orderOfCheckout(
  ctx: Context,
  checkoutId: string,
): Promise<{ id: string; number: string; token: string } | null> {
  const row = await ctx.db
    .selectFrom('orders')
    .select(['id', 'number'])
    .where('checkout_id', '=', checkoutId)
    .executeTakeFirst();
  return row ? { ...row, token: orderToken(ctx, row.id) } : null;
}

/** An order by id, for the system itself. Four statements. @throws DomainError `not_found` */
export async function readOrder(ctx: Context, orderId: string): Promise<OrderView> {
  const order = await ctx.db.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirst();
  if (!order) throw new DomainError('not_found', `no order ${orderId}`);
  return viewOf(ctx, order);
}
