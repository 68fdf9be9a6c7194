import { type Kysely, sql } from 'kysely';

/**
 * A try to pay is noted by a statement that learns only while it runs which try it is, so the locks are made of what it holds. The
 * function of four parameters is of the release before, and goes when none of its processes runs any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function note_payment_attempt(
      attempt payment_attempts, counted_from timestamptz, pending_from timestamptz
    ) returns setof payment_attempts language plpgsql as $$
    begin
      -- in one order, against deadlocks
      perform pg_advisory_xact_lock(shared.key) from (
        select hashtextextended(hash, 0) as key
        from unnest(array[attempt.cart, attempt.subscriber, attempt.network, attempt.card]) hash
        where hash is not null
        order by key
      ) shared;
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
