import { keptTraceparent, type TraceParent } from '@souk/telemetry';
import { sql } from 'kysely';
import type { z } from 'zod';
import { authorise } from './access.ts';
import type { Context, TransactionContext } from './context.ts';
import { inLaterSpan, withoutTrace, withTrace } from './handed-on-trace.ts';
import { andCommit } from './prepared-statements.ts';
import { namedWrites, type Write } from './write-together.ts';

/** A fact that others care about, not yet written down. */
export interface NewEvent {
  readonly type: string;
  readonly aggregateId: string;
  readonly payload: unknown;
}

/** A fact as a subscriber receives it. `position` grows with time for one aggregate. */
export interface StoredEvent<Payload = unknown> {
  readonly id: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly position: number;
  readonly payload: Payload;
  readonly occurredAt: Date;
}

/** An event, and the trace that it was written in, if that is kept. */
type TracedEvent = StoredEvent & { readonly trace: TraceParent | null };

export interface EventType<Type extends string, Schema extends z.ZodType> {
  readonly type: Type;
  readonly schema: Schema;
  (aggregateId: string, payload: z.infer<Schema>): NewEvent;
}

/**
 * Declares a kind of event.
 *
 * @example export const orderPlaced = defineEvent('order.placed', z.object({ number: z.string() }));
 *          await tx.emit(orderPlaced(order.id, { number: order.number }));
 */
export function defineEvent<Type extends string, Schema extends z.ZodType>(
  type: Type,
  schema: Schema,
): EventType<Type, Schema> {
  const make = (aggregateId: string, payload: z.infer<Schema>): NewEvent => ({ type, aggregateId, payload });
  return Object.assign(make, { type, schema });
}

/** Who wants to hear of events. Handlers run in the worker, at least once, and must be idempotent. */
export interface Subscription {
  /** Unique and stable: deliveries are kept under it. */
  readonly name: string;
  readonly on: readonly { readonly type: string }[];
  /**
   * `aggregate`: one aggregate's events in order, other aggregates side by side. `batch`: up to `batchSize` events of any
   * aggregates in one call, one call at a time (for views that are cheaper to build in bulk).
   */
  readonly mode: 'aggregate' | 'batch';
  readonly batchSize?: number;
  readonly handle: (ctx: Context, events: readonly StoredEvent[]) => Promise<void>;
}

/** The name of the job that delivers events to subscribers. */
export const DELIVER_JOB = 'events.deliver';

/** How often a delivery is tried before it is set aside as dead. */
export const MAX_DELIVERY_ATTEMPTS = 12;

/** Queues a subscriber's deliveries spread over: within one queue they run one after the other. */
const LANES = 16;

/**
 * Writes events in the caller's transaction (the transactional outbox): an event exists exactly when the change that it tells of does.
 * The worker hands them to their subscribers, see `relayEvents`. One statement.
 *
 * @param how.changes to tables, made with it: none of them sees what the others do
 * @param how.andCommit it is the last of its transaction, see `writeLast`
 */
export async function writeEvents(
  tx: TransactionContext,
  events: readonly NewEvent[],
  how: { readonly changes?: readonly Write[]; readonly andCommit?: boolean } = {},
): Promise<void> {
  if (events.length === 0 && how.changes === undefined) return;
  const traceparent = keptTraceparent();
  const rows = events.map((event) => ({
    id: tx.ids.next(),
    type: event.type,
    aggregate_id: event.aggregateId,
    payload: withTrace(event.payload, traceparent),
  }));
  await sql`${how.andCommit ? andCommit : sql``}
    with ${namedWrites(how.changes ?? [])} written as (
      insert into events (id, type, aggregate_id, payload, actor, occurred_at)
      select id, type, aggregate_id, payload, ${tx.actor.id}, ${tx.clock.now()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (id uuid, type text, aggregate_id uuid, payload jsonb)
      returning position
    )
    insert into event_outbox (position) select position from written
  `.execute(tx.db);
}

/** How many events are handed over in one transaction. */
const RELAYED_AT_ONCE = 1_000;

/**
 * Hands the events of the outbox to their subscribers: a delivery for each, and a job for each to wake. One hands over at a time, so that
 * the events of one aggregate never overtake each other.
 *
 * @returns how many; as long as it is not 0 there may be more
 */
export async function relayEvents(ctx: Context): Promise<number> {
  const { rows: waiting } = await sql`select from event_outbox limit 1`.execute(ctx.db);
  if (waiting.length === 0) return 0;
  return ctx.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('events.relay', 0))`.execute(tx.db);
    const { rows: events } = await sql<{ id: string; type: string; aggregate_id: string }>`
      with taken as (
        delete from event_outbox
        where position in (select position from event_outbox order by position limit ${RELAYED_AT_ONCE})
        returning position
      )
      select event.id, event.type, event.aggregate_id from events event join taken using (position)
    `.execute(tx.db);
    const deliveries = events.flatMap(({ id, type, aggregate_id }) =>
      tx.subscriptions
        .filter((subscription) => subscription.on.some((heard) => heard.type === type))
        .map(({ name }) => ({ subscriber: name, event_id: id, aggregate_id })),
    );
    if (deliveries.length > 0) {
      await sql`
        insert into event_deliveries (subscriber, event_id, aggregate_id, position)
        select row.subscriber, event.id, event.aggregate_id, event.position
        from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as row (subscriber text, event_id uuid)
        join events event on event.id = row.event_id
      `.execute(tx.db);
      await wakeSubscribers(tx, deliveries);
    }
    return events.length;
  });
}

function jobFor(subscriber: string, aggregateId: string | null) {
  const lane = aggregateId === null ? 'all' : Number.parseInt(aggregateId.slice(-2), 16) % LANES;
  return {
    payload: { subscriber, aggregateId },
    queue_name: `${subscriber}:${lane}`,
    job_key: `${subscriber}:${aggregateId ?? 'all'}`,
  };
}

/**
 * Delivers what is pending for a subscriber (of one aggregate, or of all in `batch` mode), in order, until nothing is left.
 * Throws what the handler throws, after noting it at the delivery: the job is retried with backoff. On the last try the
 * events that fail are set aside as dead, so that those behind them go on.
 *
 * @returns how many were set aside
 */
export async function deliverEvents(
  ctx: Context,
  input: { subscriber: string; aggregateId: string | null; isLastAttempt: boolean },
): Promise<number> {
  const subscription = ctx.subscriptions.find((candidate) => candidate.name === input.subscriber);
  if (!subscription) throw new Error(`no subscription is called ${input.subscriber}`);
  // the last try goes one by one, so that only what fails is set aside and not its whole batch
  const size = subscription.mode === 'batch' && !input.isLastAttempt ? (subscription.batchSize ?? 500) : 1;
  let dead = 0;
  for (;;) {
    const events = await pendingEvents(ctx, subscription.name, input.aggregateId, size);
    if (events.length === 0) return dead;
    const ids = events.map((event) => event.id);
    try {
      await inLaterSpan(
        `deliver ${subscription.name}`,
        events.map(({ trace }) => trace),
        () => subscription.handle(ctx, events),
      );
    } catch (error) {
      await noteFailure(ctx, subscription.name, ids, error, input.isLastAttempt);
      if (!input.isLastAttempt) throw error;
      ctx.logger.error(
        { err: error, subscriber: subscription.name, events: ids },
        'events set aside as dead',
      );
      dead += ids.length;
      continue;
    }
    await ctx.db
      .deleteFrom('event_deliveries')
      .where('subscriber', '=', subscription.name)
      .where('event_id', 'in', ids)
      .execute();
  }
}

async function pendingEvents(
  ctx: Context,
  subscriber: string,
  aggregateId: string | null,
  limit: number,
): Promise<TracedEvent[]> {
  const rows = await ctx.db
    .selectFrom('event_deliveries as delivery')
    .innerJoin('events as event', 'event.id', 'delivery.event_id')
    .select([
      'event.id',
      'event.type',
      'event.aggregate_id',
      'event.position',
      'event.payload',
      'event.occurred_at',
    ])
    .where('delivery.subscriber', '=', subscriber)
    .where('delivery.dead_at', 'is', null)
    .$if(aggregateId !== null, (query) => query.where('delivery.aggregate_id', '=', aggregateId ?? ''))
    .orderBy('delivery.position')
    .limit(limit)
    .execute();
  return rows.map(
    (row): TracedEvent => ({
      id: row.id,
      type: row.type,
      aggregateId: row.aggregate_id,
      position: row.position,
      ...withoutTrace(row.payload),
      occurredAt: row.occurred_at,
    }),
  );
}

async function noteFailure(ctx: Context, subscriber: string, ids: string[], error: unknown, isDead: boolean) {
  await ctx.db
    .updateTable('event_deliveries')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      last_error: error instanceof Error ? error.message : String(error),
      ...(isDead ? { dead_at: ctx.clock.now() } : {}),
    }))
    .where('subscriber', '=', subscriber)
    .where('event_id', 'in', ids)
    .execute();
}

/** Puts dead deliveries back in line. @returns how many */
export async function retryDeadEvents(ctx: Context, subscriber?: string): Promise<number> {
  authorise(ctx, 'events:manage');
  return ctx.transaction(async (tx) => {
    const revived = await tx.db
      .updateTable('event_deliveries')
      .set({ dead_at: null, attempts: 0 })
      .where('dead_at', 'is not', null)
      .$if(subscriber !== undefined, (query) => query.where('subscriber', '=', subscriber ?? ''))
      .returning(['subscriber', 'aggregate_id'])
      .execute();
    await wakeSubscribers(tx, revived);
    return revived.length;
  });
}

/** Queues a job for each subscriber that has deliveries, of one aggregate or in batch mode of all; one that waits already is replaced. */
export async function wakeSubscribers(
  ctx: Context,
  deliveries: readonly { subscriber: string; aggregate_id: string }[],
): Promise<void> {
  const modes = new Map(ctx.subscriptions.map((subscription) => [subscription.name, subscription.mode]));
  const jobs = new Map(
    deliveries.map((row) => {
      const aggregateId = modes.get(row.subscriber) === 'batch' ? null : row.aggregate_id;
      return [`${row.subscriber}:${aggregateId}`, jobFor(row.subscriber, aggregateId)];
    }),
  );
  await sql`
    select from graphile_worker.add_jobs(array(
      select (
        ${DELIVER_JOB}::text, row.payload, row.queue_name, null::timestamptz, ${MAX_DELIVERY_ATTEMPTS}::smallint, row.job_key,
        null::smallint, null::text[]
      )::graphile_worker.job_spec
      from jsonb_to_recordset(${JSON.stringify([...jobs.values()])}::jsonb) as row (payload json, queue_name text, job_key text)
    ))
  `.execute(ctx.db);
}
