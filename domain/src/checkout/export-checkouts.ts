import { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';

/** What was entered on the way to an order that was not placed. */
export const exportedCheckout = z.object({
  status: z.string(),
  email: z.string().nullable(),
  shippingAddress: storedAddress.nullable(),
  billingAddress: storedAddress.nullable(),
  vatId: z.string().nullable(),
  note: z.string(),
  giftMessage: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ExportedCheckout = z.infer<typeof exportedCheckout>;

/** The checkouts of a customer that no order came of, the newest first, for the copy of their data. One statement. */
export async function exportCheckouts(ctx: Context, input: { userId: string }): Promise<ExportedCheckout[]> {
  const rows = await ctx.db
    .selectFrom('checkouts')
    .select([
      'status',
      'email',
      'shipping_address',
      'billing_address',
      'vat_id',
      'note',
      'gift_message',
      'created_at',
      'updated_at',
    ])
    .where('user_id', '=', input.userId)
    .where('status', '<>', 'placed')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    status: row.status,
    email: row.email,
    shippingAddress: storedAddress.nullable().parse(row.shipping_address),
    billingAddress: storedAddress.nullable().parse(row.billing_address),
    vatId: row.vat_id,
    note: row.note,
    giftMessage: row.gift_message,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}
