import { type Kysely, sql } from 'kysely';

/** Events that the worker has not yet handed to their subscribers: what tells of a change writes one short row, and nothing waits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table event_outbox (position bigint primary key);
  `.execute(db);
}
