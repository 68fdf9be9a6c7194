import { sql } from 'kysely';
import { z } from 'zod';
import { sellableVariants } from '../catalog/index.ts';
import { emailsOfUsers } from '../identity/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import { addSeconds, type Context, defineJob, enqueue, type TransactionContext } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { stopAlertsUrl } from './stock-alerts.ts';

/** The most mails that one transaction queues. */
const BATCH = 200;
/** So many are told of each unit: most do not buy. */
const TOLD_A_UNIT = 3;
/** So many are told of a few units, or a day would go by. */
const FEWEST_TOLD = 10;
/** The head start of those who are told before others, in seconds. */
const HEAD_START_SECONDS = 30 * 60;
const DAY_SECONDS = 24 * 3_600;
/** A link in a mail works as long. */
const KEEP_MAILED_DAYS = 30;
const KEEP_WAITING_DAYS = 365;

export const mailStockAlertsJob = defineJob({
  name: 'notifications.mail-stock-alerts',
  payload: z.object({ variantId: z.uuid() }),
  handle: (ctx, { variantId }) => mailStockAlerts(ctx, variantId),
});

/** Queues the mails to those who wait for some of these variants. A statement, and one for each variant that somebody waits for. */
export async function enqueueStockAlerts(ctx: Context, variantIds: readonly string[]): Promise<void> {
  const awaited = await ctx.db
    .selectFrom('stock_alerts')
    .select('variant_id')
    .distinct()
    .where('variant_id', '=', sql<string>`any(${[...variantIds]}::uuid[])`)
    .where('mailed_at', 'is', null)
    .execute();
  for (const { variant_id: variantId } of awaited) await enqueueAlertsOf(ctx, variantId);
}

/** Queues the mails to those who wait for a variant; a job that waits to do the same is replaced. One statement. */
async function enqueueAlertsOf(ctx: Context, variantId: string, runAt?: Date): Promise<void> {
  await enqueue(
    ctx,
    mailStockAlertsJob,
    { variantId },
    { key: `${mailStockAlertsJob.name}:${variantId}`, ...(runAt ? { runAt } : {}) },
  );
}

/**
 * Mails those who wait for a variant that can be bought again, in the order that they asked. No more are told at once than may have a
 * chance: three for each unit. If there is some left half an hour later, the next are told; if not, they go on waiting. Who is told
 * first is ahead of others by that, and no more: nothing is put aside for anybody.
 */
async function mailStockAlerts(ctx: Context, variantId: string): Promise<void> {
  const available = (await availabilityOf(ctx, [variantId])).get(variantId) ?? 0;
  const [variant] = await sellableVariants(ctx, [variantId]);
  if (available === 0 || !variant?.isForSale) return;
  const fair = Math.max(FEWEST_TOLD, available * TOLD_A_UNIT);
  const most = Math.min(fair, BATCH);
  await ctx.transaction(async (tx) => {
    const alerts = await takeAlerts(tx, variantId, most);
    const emails = await emailsOfUsers(
      tx,
      alerts.flatMap(({ user_id }) => user_id ?? []),
    );
    for (const alert of alerts) {
      const to = alert.email ?? emails.get(alert.user_id ?? '');
      // who is gone wants no mail
      if (to !== undefined) await mailAlert(tx, { ...alert, to }, variant);
    }
    const pause = most < fair ? 1 : HEAD_START_SECONDS;
    if (alerts.length === most) await enqueueAlertsOf(tx, variantId, addSeconds(tx.clock.now(), pause));
  });
}

/** The next in line, as mailed: of all who try at once, each is taken by one. */
async function takeAlerts(tx: TransactionContext, variantId: string, most: number) {
  const taken = await tx.db
    .updateTable('stock_alerts')
    .set({ mailed_at: tx.clock.now() })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('stock_alerts')
        .select('id')
        .where('variant_id', '=', variantId)
        .where('mailed_at', 'is', null)
        .orderBy('created_at')
        .orderBy('id')
        .limit(most)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'user_id', 'email', 'locale'])
    .execute();
  return taken.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function mailAlert(
  tx: TransactionContext,
  alert: { id: string; user_id: string | null; locale: string; to: string },
  variant: { handle: string; title: string; variantTitle: string },
): Promise<void> {
  await queueMail(tx, {
    template: 'back-in-stock',
    to: alert.to,
    locale: alert.locale,
    data: {
      title: variant.title,
      variant: variant.variantTitle,
      url: `${tx.config.shop.url}/p/${variant.handle}`,
      unsubscribeUrl: stopAlertsUrl(tx, alert.id),
    },
    userId: alert.user_id,
    key: alertMailKey(alert.id),
  });
}

/** What the mail of an alert is known by among the mails: there is one. */
export function alertMailKey(alertId: string): string {
  return `stock-alert:${alertId}`;
}

/** Forgets who was told a month ago, and who has waited for a year. One statement. @returns how many */
export async function dropOldStockAlerts(ctx: Context): Promise<number> {
  const daysAgo = (days: number) => addSeconds(ctx.clock.now(), -days * DAY_SECONDS);
  const { numDeletedRows } = await ctx.db
    .deleteFrom('stock_alerts')
    .where((eb) =>
      eb.or([
        eb('mailed_at', '<', daysAgo(KEEP_MAILED_DAYS)),
        eb.and([eb('mailed_at', 'is', null), eb('created_at', '<', daysAgo(KEEP_WAITING_DAYS))]),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
