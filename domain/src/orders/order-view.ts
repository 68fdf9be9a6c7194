import { type Selectable, sql } from 'kysely';
import { image } from '../catalog/index.ts';
import { type Context, type DB, moneyOf } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';
import { isCancellable } from './cancel-rules.ts';
import { cancelReason, type OrderEventType } from './history.ts';
import { type OrderView, orderView } from './model.ts';
import { orderCreated, orderLocale, paymentDetail, shippingMethod } from './order-draft.ts';

type OrderRow = Selectable<DB['orders']>;

/** What of the history a buyer is shown; the rest is for the shop. */
export const toldToBuyers: readonly OrderEventType[] = [
  'ORDER_CREATED',
  'PAYMENT_AUTHORIZED',
  'PAYMENT_CAPTURED',
  'PAYMENT_RECEIVED',
  'PAYMENT_REMINDED',
  'PAYMENT_VOIDED',
  'PAYMENT_REFUNDED',
  'REFUND_FAILED',
  'ORDER_CANCELLED',
];

/** An order as its buyer sees it, of its row. Three statements. @param told which entries of its history are in it */
export async function viewOf(ctx: Context, order: OrderRow, told = toldToBuyers): Promise<OrderView> {
  const [view] = await viewsOf(ctx, [order], told);
  if (!view) throw new Error(`order ${order.id} has no view`);
  return view;
}

/** Orders as their buyers see them, of their rows and in their order. Three statements. */
export async function viewsOf(
  ctx: Context,
  orders: readonly OrderRow[],
  told = toldToBuyers,
): Promise<OrderView[]> {
  if (orders.length === 0) return [];
  const ids = orders.map((order) => order.id);
  const lines = await ctx.db
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', 'in', ids)
    .orderBy('position')
    .execute();
  const history = await ctx.db
    .selectFrom('order_events')
    .select(['order_id', 'type', 'occurred_at', sql<number | null>`(data->>'amount')::bigint`.as('amount')])
    .where('order_id', 'in', ids)
    .where('type', 'in', told)
    .orderBy('version')
    .execute();
  const documents = await ctx.db
    .selectFrom('order_documents')
    .select(['order_id', 'kind', 'number', 'issued_at'])
    .where('order_id', 'in', ids)
    .orderBy('issued_at')
    .orderBy('number')
    .execute();
  return orders.map((order) => {
    const isOwn = (row: { order_id: string }) => row.order_id === order.id;
    return {
      ...orderFacts(order),
      isCancellable: isCancellable(
        {
          status: order.status,
          paymentStatus: order.payment_status,
          fulfilmentStatus: order.fulfilment_status,
          placedAt: order.placed_at,
        },
        ctx.clock.now(),
      ),
      ...totalsView(order),
      lines: lines.filter(isOwn).map((line) => lineView(line, order)),
      payment: paymentView(ctx, order),
      documents: documents
        .filter(isOwn)
        .map(({ kind, number, issued_at: issuedAt }) => ({ kind, number, issuedAt })),
      history: history.filter(isOwn).map(({ type, occurred_at: occurredAt, amount }) => ({
        type,
        occurredAt,
        amount: amount === null ? null : moneyOf(amount, order.currency),
      })),
    };
  });
}

function orderFacts(order: OrderRow) {
  return {
    id: order.id,
    number: order.number,
    placedAt: order.placed_at,
    email: order.email,
    locale: orderLocale.parse(order.locale),
    isGuest: order.user_id === null && order.email !== '',
    status: order.status,
    paymentStatus: order.payment_status,
    fulfilmentStatus: order.fulfilment_status,
    cancelledAt: order.cancelled_at,
    cancelReason: cancelReason.nullable().parse(order.cancel_reason),
    shippingAddress: storedAddress.parse(order.shipping_address),
    billingAddress: storedAddress.parse(order.billing_address),
    vatId: order.vat_id,
    shippingMethod: shippingMethod.parse(order.shipping_method),
    note: order.note,
    giftMessage: order.gift_message,
    card: orderView.shape.card.parse(order.payment_card),
  };
}

function lineView(line: Selectable<DB['order_lines']>, order: OrderRow): OrderView['lines'][number] {
  const inCurrency = (amount: number) => moneyOf(amount, order.currency);
  const discounts = orderCreated.shape.lines.unwrap().shape.discounts.parse(line.discounts);
  return {
    id: line.id,
    kind: line.kind,
    title: line.title,
    variantTitle: line.variant_title,
    sku: line.sku,
    handle: line.handle,
    image: image.nullable().parse(line.image),
    quantity: line.quantity,
    unitPrice: inCurrency(line.unit_amount),
    discounts: discounts.map(({ label, amount }) => ({ label, amount: inCurrency(amount) })),
    discount: inCurrency(line.discount_amount),
    taxClass: line.tax_class,
    taxRatePpm: line.tax_rate_ppm,
    tax: inCurrency(line.tax_amount),
    total: inCurrency(line.unit_amount * line.quantity - line.discount_amount),
    promise: line.promise,
    shipsAt: line.ships_at,
  };
}

function totalsView(order: OrderRow) {
  const inCurrency = (amount: number) => moneyOf(amount, order.currency);
  const { taxes, promotions, giftCards } = orderCreated
    .pick({ taxes: true, promotions: true, giftCards: true })
    .parse({ taxes: order.taxes, promotions: order.promotions, giftCards: order.gift_cards });
  return {
    pricesIncludeTax: order.prices_include_tax,
    subtotal: inCurrency(order.subtotal_amount),
    discount: inCurrency(order.discount_amount),
    shipping: inCurrency(order.shipping_amount),
    shippingDiscount: inCurrency(order.shipping_discount_amount),
    tax: inCurrency(order.tax_amount),
    taxes: taxes.map((tax) => ({ ...tax, amount: inCurrency(tax.amount) })),
    total: inCurrency(order.total_amount),
    promotions: promotions.map(({ code, label, amount, on }) => ({
      code,
      label,
      amount: inCurrency(amount),
      on,
    })),
    giftCards: giftCards.map(({ last4, amount }) => ({ last4, amount: inCurrency(amount) })),
  };
}

function paymentView(ctx: Context, order: OrderRow): OrderView['payment'] {
  const inCurrency = (amount: number) => moneyOf(amount, order.currency);
  const dueAmount = order.total_amount - order.gift_card_amount;
  const { bank } = ctx.config.seller;
  const isAwaited = order.status === 'placed' && order.payment_status === 'awaiting';
  const isTransfer = order.payment_method === 'bank_transfer' || order.payment_method === 'invoice';
  return {
    method: order.payment_method,
    detail: paymentDetail.nullable().parse(order.payment_detail),
    due: inCurrency(dueAmount),
    paid: inCurrency(order.paid_amount),
    refunded: inCurrency(order.refunded_amount),
    open: inCurrency(isAwaited ? dueAmount - order.paid_amount : 0),
    dueAt: order.payment_due_at,
    paidAt: order.paid_at,
    transfer: bank !== null && isAwaited && isTransfer ? { ...bank, reference: order.number } : null,
  };
}
