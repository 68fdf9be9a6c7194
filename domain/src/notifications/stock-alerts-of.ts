import { z } from 'zod';
import { sellableVariants } from '../catalog/index.ts';
import { readUser } from '../identity/index.ts';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { dropMailsByKey } from '../mail/index.ts';
import { alertMailKey } from './mail-stock-alerts.ts';

/** Something that somebody wanted to hear of, as they are handed it. */
export const exportedStockAlert = z.object({
  sku: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  createdAt: z.date(),
  mailedAt: z.date().nullable(),
});
export type ExportedStockAlert = z.infer<typeof exportedStockAlert>;

/** What a user waits for, also what they asked for as a guest by the same address; the newest first. Three statements. */
export async function exportStockAlerts(
  ctx: Context,
  input: { userId: string },
): Promise<ExportedStockAlert[]> {
  const { email } = await readUser(ctx, input.userId);
  const rows = await alertsOf(ctx, { ...input, email });
  const variants = await sellableVariants(ctx, [...new Set(rows.map((row) => row.variant_id))]);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return rows.flatMap((row) => {
    const variant = byId.get(row.variant_id);
    if (!variant) return [];
    const { sku, title, variantTitle } = variant;
    return { sku, title, variantTitle, createdAt: row.created_at, mailedAt: row.mailed_at };
  });
}

/**
 * Forgets what somebody waits for, and the mails about it: part of erasing them. Three statements.
 *
 * @param input.email what it was; null when it is not known any more
 */
export async function dropStockAlertsOf(
  tx: TransactionContext,
  input: { userId: string; email: string | null },
): Promise<void> {
  const rows = await alertsOf(tx, input);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await dropMailsByKey(tx, ids.map(alertMailKey));
  await tx.db.deleteFrom('stock_alerts').where('id', 'in', ids).execute();
}

function alertsOf(ctx: Context, { userId, email }: { userId: string; email: string | null }) {
  return ctx.db
    .selectFrom('stock_alerts')
    .select(['id', 'variant_id', 'created_at', 'mailed_at'])
    .where((eb) => eb.or([eb('user_id', '=', userId), ...(email === null ? [] : [eb('email', '=', email)])]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}
