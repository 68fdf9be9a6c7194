import { type Kysely, sql } from 'kysely';

/**
 * Events that the worker has not yet handed to their subscribers: what tells of a change writes one short row, and nothing waits. And
 * what most versions of a checkout have none of stands in no index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table event_outbox (position bigint primary key);

    alter table checkouts
      drop constraint checkouts_payment_intent_id_key,
      drop constraint checkouts_payment_session_id_key;
    create unique index checkouts_by_intent on checkouts (payment_intent_id) where payment_intent_id is not null;
    create unique index checkouts_by_session on checkouts (payment_session_id) where payment_session_id is not null;
    drop index checkouts_by_reservation;
    create unique index checkouts_by_reservation on checkouts (reservation_id) where reservation_id is not null;
  `.execute(db);
}
