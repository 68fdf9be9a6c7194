import { type Context, sumAmounts } from '../kernel/index.ts';
import { createOrder, type OrderDraft } from '../orders/index.ts';
import { anAddress, sellProduct } from './shopper.ts';

/** Things to write orders of. */
export interface Wares {
  readonly variantId: string;
  readonly productId: string;
  readonly handle: string;
  readonly sellerId: string;
}

/** Puts something on sale that orders can be of. */
export async function someWares(ctx: Context): Promise<Wares> {
  const product = await sellProduct(ctx, { stock: 1 });
  const seller = await ctx.db.selectFrom('sellers').select('id').limit(1).executeTakeFirstOrThrow();
  return { ...product, sellerId: seller.id };
}

/** What an order consists of when a test does not care: two things at 5.00, the tax on top. */
export function plainDraft(
  wares: Wares,
  changes: Partial<OrderDraft> = {},
): Omit<OrderDraft, 'checkoutId' | 'reservationId'> {
  const lines = changes.lines ?? [
    {
      ...wares,
      sku: 'SKU-0',
      title: 'Thing 0',
      variantTitle: '',
      image: null,
      quantity: 2,
      unitAmount: 500,
      taxAmount: 0,
      taxRatePpm: 0,
    },
  ];
  const subtotalAmount = sumAmounts(lines.map((line) => line.unitAmount * line.quantity));
  const discountAmount = sumAmounts(lines.map((line) => line.discountAmount ?? 0));
  const shippingAmount = changes.shippingAmount ?? 0;
  const taxAmount = changes.taxAmount ?? sumAmounts(lines.map((line) => line.taxAmount));
  const addedTax = changes.pricesIncludeTax ? 0 : taxAmount;
  return {
    userId: null,
    email: 'ada@example.com',
    currency: 'USD',
    subtotalAmount,
    discountAmount,
    shippingAmount,
    taxAmount,
    totalAmount: subtotalAmount - discountAmount + shippingAmount + addedTax,
    shippingAddress: anAddress,
    billingAddress: anAddress,
    shippingMethod: { name: 'Standard', minDays: 1, maxDays: 2 },
    ...changes,
    lines,
  };
}

/** Writes an order down as placing one would: with a checkout and a reservation behind it. */
export async function writeOrder(
  ctx: Context,
  draft: Omit<OrderDraft, 'checkoutId' | 'reservationId'>,
  now = ctx.clock.now(),
): Promise<{ id: string; number: string }> {
  const [checkoutId, reservationId] = [ctx.ids.next(), ctx.ids.next()];
  return ctx.transaction(async (tx) => {
    await tx.db
      .insertInto('checkouts')
      .values({
        id: checkoutId,
        status: 'placed',
        currency: draft.currency,
        created_at: now,
        updated_at: now,
      })
      .execute();
    await tx.db
      .insertInto('reservations')
      .values({
        id: reservationId,
        holder_id: checkoutId,
        status: 'allocated',
        expires_at: now,
        created_at: now,
        updated_at: now,
      })
      .execute();
    return createOrder({ ...tx, clock: { now: () => now } }, { ...draft, checkoutId, reservationId });
  });
}
