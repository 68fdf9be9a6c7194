import { type Kysely, sql } from 'kysely';

/** Deliveries that were set aside are counted every few seconds, however many others wait. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index event_deliveries_dead on event_deliveries (subscriber) where dead_at is not null`.execute(
    db,
  );
}
