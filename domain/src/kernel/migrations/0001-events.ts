import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table events (
      id uuid primary key,
      position bigint generated always as identity unique,
      type text not null,
      aggregate_id uuid not null,
      payload jsonb not null,
      actor text not null,
      occurred_at timestamptz not null
    );
    create index events_by_aggregate on events (aggregate_id, position);

    create table event_deliveries (
      subscriber text not null,
      event_id uuid not null references events on delete cascade,
      aggregate_id uuid not null,
      position bigint not null,
      attempts integer not null default 0,
      last_error text,
      dead_at timestamptz,
      primary key (subscriber, event_id)
    );
    create index event_deliveries_pending on event_deliveries (subscriber, position) where dead_at is null;
    create index event_deliveries_pending_by_aggregate
      on event_deliveries (subscriber, aggregate_id, position) where dead_at is null;
    create index event_deliveries_by_event on event_deliveries (event_id);
  `.execute(db);
}
