import { type Kysely, sql } from 'kysely';

/** What a checkout remembers so that its next step need not ask again, and a try to pay noted and judged in one trip. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table checkouts
      -- until when the things are held at the least: where that is long enough, placing does not look it up
      add column held_until timestamptz,
      -- the ways to ship that were offered for this address and cart, and for which version of it
      add column offered jsonb;

    -- Notes a try and tells of the others that share something with it. Who shares something waits until this commits; the
    -- question is a statement of its own, so that it sees what they wrote.
    create function note_payment_attempt(
      locks bigint[], attempt payment_attempts, counted_from timestamptz, pending_from timestamptz
    ) returns setof payment_attempts language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(key) from unnest(locks) as key;
      return query
        select * from payment_attempts other
        where (other.cart = attempt.cart or other.subscriber = attempt.subscriber
            or other.network = attempt.network or other.card = attempt.card)
          and other.key <> attempt.key and other.attempted_at > counted_from
          and (other.is_declined or other.attempted_at > pending_from);
      insert into payment_attempts select (attempt).* on conflict (key) do nothing;
    end $$;
  `.execute(db);
}
