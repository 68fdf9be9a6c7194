import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';
import { MAX_QUANTITY } from './model.ts';

/** Keeps variants for later; what is kept already grows. One statement. */
export async function saveVariants(
  tx: TransactionContext,
  cartId: string,
  variants: readonly { variantId: string; quantity: number }[],
): Promise<void> {
  if (variants.length === 0) return;
  const rows = variants.map((variant) => ({ id: tx.ids.next(), ...variant }));
  await sql`
    insert into cart_saved_lines as saved (id, cart_id, variant_id, quantity, saved_at)
    select row.id, ${cartId}::uuid, row."variantId", row.quantity, ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, "variantId" uuid, quantity integer)
    on conflict (cart_id, variant_id) do update set quantity = least(${MAX_QUANTITY}::int, saved.quantity + excluded.quantity)
  `.execute(tx.db);
}
