import type { Insertable } from 'kysely';
import { z } from 'zod';
import type { DB } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';
import type { OrderState } from './apply-order-event.ts';
import { orderCreated, paymentDetail, shippingMethod } from './order-draft.ts';

export type OrderRow = Omit<Insertable<DB['orders']>, 'id'>;
export type OrderLineRow = Insertable<DB['order_lines']>;

const line = orderCreated.shape.lines.unwrap();

/** The columns of both that hold JSON, each with how it is read: a field that came later has its default in older rows. */
export const jsonColumns: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['payment_detail', paymentDetail.nullable()],
  ['payment_card', z.object({ brand: z.string(), last4: z.string() }).nullable()],
  ['shipping_address', storedAddress],
  ['billing_address', storedAddress],
  ['shipping_method', shippingMethod],
  ['taxes', orderCreated.shape.taxes],
  ['promotions', orderCreated.shape.promotions],
  ['gift_cards', orderCreated.shape.giftCards],
  ['image', line.shape.image],
  ['discounts', line.shape.discounts],
]);

/** The row that shows an order as it is. Together with `lineRowsOf` it is all that is kept beside the history. */
export function rowOf(order: OrderState): OrderRow {
  const { created } = order;
  const detail = order.paymentDetail;
  return {
    number: created.number,
    version: order.version,
    checkout_id: created.checkoutId,
    reservation_id: created.reservationId,
    user_id: order.userId,
    email: created.email,
    locale: created.locale,
    currency: created.currency,
    region_code: created.regionCode,
    prices_include_tax: created.pricesIncludeTax,
    subtotal_amount: created.subtotalAmount,
    discount_amount: created.discountAmount,
    shipping_amount: created.shippingAmount,
    shipping_discount_amount: created.shippingDiscountAmount,
    tax_amount: created.taxAmount,
    total_amount: created.totalAmount,
    gift_card_amount: created.giftCardAmount,
    paid_amount: order.paidAmount,
    refunded_amount: order.refundedAmount,
    status: order.status,
    payment_status: order.paymentStatus,
    fulfilment_status: order.fulfilmentStatus,
    payment_method: created.payment.method,
    payment_detail: detail === null ? null : JSON.stringify(detail),
    // what the release before reads
    payment_card:
      detail?.brand == null ? null : JSON.stringify({ brand: detail.brand, last4: detail.last4 ?? '' }),
    payment_due_at: order.paymentDueAt,
    reminded_at: order.remindedAt,
    paid_at: order.paidAt,
    cancelled_at: order.cancelledAt,
    cancel_reason: order.cancelReason,
    shipping_address: JSON.stringify(created.shippingAddress),
    billing_address: JSON.stringify(created.billingAddress),
    shipping_method: JSON.stringify(created.shippingMethod),
    taxes: JSON.stringify(created.taxes),
    promotions: JSON.stringify(created.promotions),
    gift_cards: JSON.stringify(created.giftCards),
    vat_id: created.vatId,
    note: created.note,
    gift_message: created.giftMessage,
    placed_at: order.placedAt,
    updated_at: order.updatedAt,
  };
}

/** The rows of an order's lines, in their order. */
export function lineRowsOf({ id, created }: OrderState): OrderLineRow[] {
  return created.lines.map((line, position) => ({
    id: line.id,
    order_id: id,
    position,
    kind: line.kind,
    variant_id: line.variantId,
    product_id: line.productId,
    seller_id: line.sellerId,
    sku: line.sku,
    handle: line.handle,
    title: line.title,
    variant_title: line.variantTitle,
    image: line.image === null ? null : JSON.stringify(line.image),
    unit_amount: line.unitAmount,
    quantity: line.quantity,
    discount_amount: line.discountAmount,
    discounts: JSON.stringify(line.discounts),
    prices_include_tax: created.pricesIncludeTax,
    tax_amount: line.taxAmount,
    tax_rate_ppm: line.taxRatePpm,
    tax_class: line.taxClass,
    promise: line.promise,
    ships_at: line.shipsAt === null ? null : new Date(line.shipsAt),
    total_amount:
      line.unitAmount * line.quantity - line.discountAmount + (created.pricesIncludeTax ? 0 : line.taxAmount),
  }));
}
