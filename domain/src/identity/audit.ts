import { sql } from 'kysely';
import { z } from 'zod';
import {
  authorise,
  type Context,
  decodeCursor,
  encodeCursor,
  networkOf,
  type Page,
} from '../kernel/index.ts';
import { deviceName } from './device-name.ts';
import type { AuditEntry } from './model.ts';

/** What happened, to what. No secrets and nothing personal: ids, codes and settings only, as entries are never erased. */
export interface AuditedAct {
  /** Such as `user.logged-in`: the thing, a dot, what was done in the past tense. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/**
 * Writes into the audit log who did what, and from where, in the caller's transaction. The log only grows: the database refuses
 * changes. One statement.
 */
export async function recordAudit(ctx: Context, ...acts: readonly AuditedAct[]): Promise<void> {
  if (acts.length === 0) return;
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await ctx.db
    .insertInto('audit_log')
    .values(
      acts.map((act) => ({
        id: ctx.ids.next(),
        occurred_at: ctx.clock.now(),
        actor_kind: ctx.actor.kind,
        actor_id: ctx.actor.id,
        action: act.action,
        target_kind: act.target.kind,
        target_id: act.target.id,
        before: json(act.before),
        after: json(act.after),
        network: networkOf(ctx.origin.address),
        device: deviceName(ctx.origin.userAgent),
        request_id: ctx.origin.requestId,
      })),
    )
    .execute();
}

export const auditFilter = z.object({
  /** By whom: a user's or key's id, or `system`. */
  actorId: z.string().max(64).nullable().default(null),
  /** To what: an id. */
  targetId: z.string().max(64).nullable().default(null),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
});

const place = z.tuple([z.coerce.date(), z.uuid()]);

/** The audit log, the newest first. One statement. @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` */
export async function listAudit(ctx: Context, input: z.infer<typeof auditFilter>): Promise<Page<AuditEntry>> {
  authorise(ctx, 'audit:read');
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await ctx.db
    .selectFrom('audit_log')
    .selectAll()
    .$if(input.actorId !== null, (query) => query.where('actor_id', '=', input.actorId ?? ''))
    .$if(input.targetId !== null, (query) => query.where('target_id', '=', input.targetId ?? ''))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(occurred_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .execute();
  const items = rows.slice(0, input.limit).map(
    (row): AuditEntry => ({
      id: row.id,
      occurredAt: row.occurred_at,
      actorKind: row.actor_kind,
      actorId: row.actor_id,
      action: row.action,
      targetKind: row.target_kind,
      targetId: row.target_id,
      before: row.before,
      after: row.after,
      network: row.network,
      device: row.device,
      requestId: row.request_id,
    }),
  );
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return { items, nextCursor: hasMore ? encodeCursor([last.occurredAt, last.id]) : null };
}
