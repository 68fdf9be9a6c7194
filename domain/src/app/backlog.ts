import { sql } from 'kysely';
import { longestPlacing } from '../checkout/index.ts';
import { overdueReservations } from '../inventory/index.ts';
import { type Context, readTogether, type WaitingWork, waitingEvents, waitingJobs } from '../kernel/index.ts';
import { waitingMails } from '../mail/index.ts';
import { openDiscrepancies } from '../payments/index.ts';

/** What the shop has yet to do, as Postgres knows it: figures for who watches it. */
export interface Backlog {
  readonly jobs: WaitingWork;
  readonly events: WaitingWork;
  readonly reservations: { readonly overdue: number; readonly oldestSeconds: number };
  /** For how long the checkout has been placing that began first. */
  readonly placingSeconds: number;
  readonly mails: { readonly waiting: number; readonly dead: number };
  /** Differences between the books of payments that nobody has resolved, by kind. */
  readonly discrepancies: ReadonlyMap<string, number>;
}

/**
 * Reads it all in one statement, which Postgres gives up after `withinMs`.
 *
 * @throws when Postgres is away or slower
 */
export async function readBacklog(ctx: Context, { withinMs }: { withinMs: number }): Promise<Backlog> {
  return ctx.transaction(async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(withinMs)}`.execute(tx.db);
    const [jobs, events, reservations, placingSeconds, mails, discrepancies] = await readTogether(
      tx,
      waitingJobs(tx),
      waitingEvents(tx),
      overdueReservations(tx),
      longestPlacing(tx),
      waitingMails(),
      openDiscrepancies(),
    );
    return { jobs, events, reservations, placingSeconds, mails, discrepancies };
  });
}
