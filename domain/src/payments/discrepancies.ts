import { sql } from 'kysely';
import { z } from 'zod';
import {
  authorise,
  type Context,
  DomainError,
  decodeCursor,
  encodeCursor,
  type Page,
  type Read,
  readOf,
} from '../kernel/index.ts';

/** In what the provider's books and ours may differ. */
export const discrepancyKinds = [
  /** Money was taken, and there is no order. */
  'money_without_order',
  /** The bank holds money, and nobody places an order for it. */
  'held_without_order',
  /** There is an order, and its money is neither held nor taken. */
  'order_without_money',
  'wrong_amount',
  'wrong_currency',
  /** Taken there and not noted here, or the other way round. */
  'captured_differs',
  'refunded_differs',
  /** The money says that it belongs to another order. */
  'wrong_order',
  /** Money came for an order that was paid or given up, and went back. */
  'paid_twice',
  /** The cardholder disputes it. */
  'disputed',
  /** A refund did not arrive: it is to be paid back in another way. */
  'refund_failed',
] as const;
export type DiscrepancyKind = (typeof discrepancyKinds)[number];

export interface Finding {
  readonly kind: DiscrepancyKind;
  /** What names it: the intent, the order's payment, or the dispute. */
  readonly subject: string;
  readonly intentId: string | null;
  readonly orderId: string | null;
  readonly currency: string | null;
  readonly providerAmount: number | null;
  readonly ourAmount: number | null;
}

/** What happens to a payment once, and is not noted again after staff has dealt with it. */
const onceOnly: ReadonlySet<DiscrepancyKind> = new Set(['paid_twice', 'disputed']);

/**
 * Notes a difference for staff; one that is open already is only seen again.
 *
 * @param finding.resolution how it was mended, where it was: it is noted as resolved, once
 * @returns whether it is new
 */
export async function noteDiscrepancy(
  ctx: Context,
  finding: Finding & { resolution?: string },
): Promise<boolean> {
  const now = ctx.clock.now();
  const { resolution } = finding;
  if (resolution !== undefined && (await isNoted(ctx, finding))) return false;
  const row = await ctx.db
    .insertInto('payment_discrepancies')
    .values({
      id: ctx.ids.next(),
      kind: finding.kind,
      subject: finding.subject,
      intent_id: finding.intentId,
      order_id: finding.orderId,
      currency: finding.currency,
      provider_amount: finding.providerAmount,
      our_amount: finding.ourAmount,
      first_seen_at: now,
      last_seen_at: now,
      ...(resolution === undefined ? {} : { resolved_at: now, resolved_by: 'system', note: resolution }),
    })
    .onConflict((conflict) =>
      onceOnly.has(finding.kind)
        ? conflict.doNothing()
        : conflict.columns(['subject', 'kind']).where('resolved_at', 'is', null).doUpdateSet({
            last_seen_at: now,
            provider_amount: finding.providerAmount,
            our_amount: finding.ourAmount,
          }),
    )
    .returning(sql<boolean>`xmax = 0`.as('isNew'))
    .executeTakeFirst();
  if (row?.isNew !== true) return false;
  const { kind, subject, orderId } = finding;
  ctx.logger.error({ kind, subject, orderId, isMended: resolution !== undefined }, 'the books differ');
  return true;
}

/** Tells whether it was ever noted, open or not. */
export async function isNoted(ctx: Context, finding: Pick<Finding, 'kind' | 'subject'>): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('payment_discrepancies')
    .select('id')
    .where('subject', '=', finding.subject)
    .where('kind', '=', finding.kind)
    .executeTakeFirst();
  return row !== undefined;
}

/** Closes what is open about a subject and does not stand any more. */
export async function closeDiscrepancies(
  ctx: Context,
  input: { subject: string; except: readonly DiscrepancyKind[]; note: string },
): Promise<void> {
  await ctx.db
    .updateTable('payment_discrepancies')
    .set({ resolved_at: ctx.clock.now(), resolved_by: 'system', note: input.note })
    .where('subject', '=', input.subject)
    .where('resolved_at', 'is', null)
    .where('kind', 'not in', ['disputed', 'refund_failed', ...input.except])
    .execute();
}

/** How many differences nobody has resolved, by kind: a metric. */
export function openDiscrepancies(): Read<ReadonlyMap<string, number>> {
  const query = sql`select kind, count(*)::int as count from payment_discrepancies where resolved_at is null group by kind`;
  return readOf<{ kind: string; count: number }, ReadonlyMap<string, number>>(
    query,
    (rows) => new Map(rows.map((row) => [row.kind, row.count])),
  );
}

const place = z.tuple([z.coerce.date(), z.uuid()]);

export const discrepancyFilter = z.strictObject({
  isOpen: z.boolean().default(true),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(100).default(50),
});

export const discrepancyView = z.object({
  id: z.uuid(),
  kind: z.string(),
  intentId: z.string().nullable(),
  orderId: z.uuid().nullable(),
  currency: z.string().nullable(),
  providerAmount: z.int().nullable(),
  ourAmount: z.int().nullable(),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
  resolvedAt: z.date().nullable(),
  note: z.string().nullable(),
});
export type Discrepancy = z.infer<typeof discrepancyView>;

/**
 * Differences of the books, the newest first. One statement.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` when the cursor is none of ours
 */
export async function listDiscrepancies(
  ctx: Context,
  input: z.infer<typeof discrepancyFilter>,
): Promise<Page<Discrepancy>> {
  authorise(ctx, 'orders:payments');
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await ctx.db
    .selectFrom('payment_discrepancies')
    .selectAll()
    .where('resolved_at', input.isOpen ? 'is' : 'is not', null)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(first_seen_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('first_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      kind: row.kind,
      intentId: row.intent_id,
      orderId: row.order_id,
      currency: row.currency,
      providerAmount: row.provider_amount,
      ourAmount: row.our_amount,
      firstSeenAt: row.first_seen_at,
      lastSeenAt: row.last_seen_at,
      resolvedAt: row.resolved_at,
      note: row.note,
    })),
    nextCursor: rows.length > shown.length && last ? encodeCursor([last.first_seen_at, last.id]) : null,
  };
}

export const discrepancyResolution = z.strictObject({
  id: z.uuid(),
  note: z.string().trim().min(1).max(1_000),
});

/**
 * Notes how staff settled a difference. If it still stands, the next comparison opens it anew. One statement.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found` when there is none open
 */
export async function resolveDiscrepancy(
  ctx: Context,
  input: z.infer<typeof discrepancyResolution>,
): Promise<void> {
  authorise(ctx, 'orders:payments');
  const { numUpdatedRows } = await ctx.db
    .updateTable('payment_discrepancies')
    .set({ resolved_at: ctx.clock.now(), resolved_by: ctx.actor.id, note: input.note })
    .where('id', '=', input.id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new DomainError('not_found', `no open discrepancy ${input.id}`);
}
