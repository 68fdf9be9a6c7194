import { sql } from 'kysely';
import type { Image } from '../catalog/index.ts';
import type { CurrencyCode, TransactionContext } from '../kernel/index.ts';
import type { PostalAddress } from '../shipping/index.ts';
import { orderPlaced } from './events.ts';

/** All that an order keeps, as it was when the shopper agreed to it. Amounts in minor units. */
export interface OrderDraft {
  readonly checkoutId: string;
  readonly reservationId: string;
  /** Whose account it belongs to; null for a guest's. */
  readonly userId: string | null;
  readonly email: string;
  readonly currency: CurrencyCode;
  readonly lines: readonly OrderLineDraft[];
  readonly subtotalAmount: number;
  readonly discountAmount: number;
  readonly shippingAmount: number;
  readonly taxAmount: number;
  readonly totalAmount: number;
  readonly shippingAddress: PostalAddress;
  readonly billingAddress: PostalAddress;
  readonly shippingMethod: { readonly name: string; readonly minDays: number; readonly maxDays: number };
  readonly card: { readonly brand: string; readonly last4: string } | null;
}

export interface OrderLineDraft {
  readonly variantId: string;
  readonly productId: string;
  readonly sellerId: string;
  readonly sku: string;
  readonly handle: string;
  readonly title: string;
  readonly variantTitle: string;
  readonly image: Image | null;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly taxAmount: number;
  readonly taxRatePpm: number;
}

/**
 * Writes an order down with its lines and the first line of its history. The database refuses a second order for a checkout and
 * sums that do not add up. Four statements and an event.
 */
export async function createOrder(
  tx: TransactionContext,
  draft: OrderDraft,
): Promise<{ id: string; number: string }> {
  const now = tx.clock.now();
  const id = tx.ids.next();
  const number = await nextOrderNumber(tx);
  await tx.db
    .insertInto('orders')
    .values({
      id,
      number,
      checkout_id: draft.checkoutId,
      reservation_id: draft.reservationId,
      user_id: draft.userId,
      email: draft.email,
      currency: draft.currency,
      subtotal_amount: draft.subtotalAmount,
      discount_amount: draft.discountAmount,
      shipping_amount: draft.shippingAmount,
      tax_amount: draft.taxAmount,
      total_amount: draft.totalAmount,
      status: 'placed',
      payment_status: 'authorised',
      fulfilment_status: 'unfulfilled',
      shipping_address: JSON.stringify(draft.shippingAddress),
      billing_address: JSON.stringify(draft.billingAddress),
      shipping_method: JSON.stringify(draft.shippingMethod),
      payment_card: draft.card === null ? null : JSON.stringify(draft.card),
      placed_at: now,
      updated_at: now,
    })
    .execute();
  await tx.db
    .insertInto('order_lines')
    .values(
      draft.lines.map((line, position) => ({
        id: tx.ids.next(),
        order_id: id,
        position,
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
        tax_amount: line.taxAmount,
        tax_rate_ppm: line.taxRatePpm,
        total_amount: line.unitAmount * line.quantity + line.taxAmount,
      })),
    )
    .execute();
  await recordOrderEvent(tx, id, 'placed', {});
  await tx.emit(orderPlaced(id, { number, checkoutId: draft.checkoutId }));
  return { id, number };
}

/** `SK-2026-000123`: the year it is placed in and a number that grows over all years. */
async function nextOrderNumber(tx: TransactionContext): Promise<string> {
  const { rows } = await sql<{ number: number }>`select nextval('order_numbers') as number`.execute(tx.db);
  const serial = String(rows[0]?.number ?? 0).padStart(6, '0');
  return `SK-${tx.clock.now().getUTCFullYear()}-${serial}`;
}

/** Adds to an order's history, which only grows. One statement. */
export async function recordOrderEvent(
  tx: TransactionContext,
  orderId: string,
  type: string,
  data: Record<string, unknown>,
): Promise<void> {
  await tx.db
    .insertInto('order_events')
    .values({
      id: tx.ids.next(),
      order_id: orderId,
      type,
      data: JSON.stringify(data),
      actor: tx.actor.id,
      occurred_at: tx.clock.now(),
    })
    .execute();
}
