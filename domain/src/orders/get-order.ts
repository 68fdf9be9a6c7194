import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { authorise, type Context, DomainError, moneyOf, signValue, verifyValue } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';
import { type OrderView, orderView } from './model.ts';

const purpose = 'order';
const storedMethod = z.object({ name: z.string(), minDays: z.int(), maxDays: z.int() });
const storedCard = z.object({ brand: z.string(), last4: z.string() }).nullable();

/** The token that opens an order's page to a guest: it is in the link of the mail. */
export function orderToken(ctx: Context, orderId: string): string {
  const signed = signValue(ctx.config.secrets, purpose, orderId);
  return signed.slice(orderId.length + 1);
}

/** The address of an order's page, signed for its buyer. */
export function orderUrl(ctx: Context, order: { id: string; number: string }): string {
  return `${ctx.config.shop.url}/orders/${order.number}?token=${orderToken(ctx, order.id)}`;
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
  const found = await ctx.db
    .selectFrom('orders')
    .select(['id', 'user_id as userId'])
    .where('number', '=', input.number)
    .executeTakeFirst();
  if (!found || !mayRead(ctx, found, input.token)) {
    throw new DomainError('not_found', `no order ${input.number} for who asks`);
  }
  return readOrder(ctx, found.id);
}

function mayRead(ctx: Context, order: { id: string; userId: string | null }, token: string | null): boolean {
  if (ctx.actor.permissions.has('orders:read:all')) return true;
  if (ctx.actor.kind === 'user' && order.userId === ctx.actor.id) return true;
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

/** An order by id, for the system itself. Two statements. @throws DomainError `not_found` */
export async function readOrder(ctx: Context, orderId: string): Promise<OrderView> {
  const order = await ctx.db.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirst();
  if (!order) throw new DomainError('not_found', `no order ${orderId}`);
  const rows = await ctx.db
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  const history = await ctx.db
    .selectFrom('order_events')
    .select(['type', 'occurred_at as occurredAt'])
    .where('order_id', '=', orderId)
    .orderBy('occurred_at')
    .orderBy('id')
    .execute();
  const inCurrency = (amount: number) => moneyOf(amount, order.currency);
  return orderView.parse({
    id: order.id,
    number: order.number,
    placedAt: order.placed_at,
    email: order.email,
    status: order.status,
    paymentStatus: order.payment_status,
    fulfilmentStatus: order.fulfilment_status,
    lines: rows.map((row) => ({
      id: row.id,
      title: row.title,
      variantTitle: row.variant_title,
      sku: row.sku,
      handle: row.handle,
      image: image.nullable().parse(row.image),
      quantity: row.quantity,
      unitPrice: inCurrency(row.unit_amount),
      total: inCurrency(row.unit_amount * row.quantity - row.discount_amount),
    })),
    subtotal: inCurrency(order.subtotal_amount),
    discount: inCurrency(order.discount_amount),
    shipping: inCurrency(order.shipping_amount),
    tax: inCurrency(order.tax_amount),
    total: inCurrency(order.total_amount),
    shippingAddress: storedAddress.parse(order.shipping_address),
    billingAddress: storedAddress.parse(order.billing_address),
    shippingMethod: storedMethod.parse(order.shipping_method),
    card: storedCard.parse(order.payment_card),
    history,
  } satisfies OrderView);
}
