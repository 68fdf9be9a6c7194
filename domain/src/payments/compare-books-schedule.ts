import { addSeconds, type Context, type Schedule } from '../kernel/index.ts';
import { type BooksReport, compareBooks } from './compare-books.ts';

/** Younger things are under way still. */
const GRACE_SECONDS = 60;
/** How far each comparison looks back beyond the last one: what was not settled then must be by now. */
const OVERLAP_SECONDS = 40 * 60;
const HOUR_SECONDS = 3_600;
/** A payment may be authorised long after it was begun: a shopper who comes back to their bank's page. */
const WIDE_HOURS = 26;
/** Money is held for seven days at most. */
const DEEP_HOURS = 9 * 24;

/** Compares the books since the last comparison that ended, and a bit more. */
async function compareLately(ctx: Context): Promise<BooksReport> {
  const until = addSeconds(ctx.clock.now(), -GRACE_SECONDS);
  const mark = await ctx.db.selectFrom('payment_books').select('compared_until').executeTakeFirst();
  const since = mark
    ? addSeconds(mark.compared_until, -OVERLAP_SECONDS)
    : addSeconds(until, -WIDE_HOURS * HOUR_SECONDS);
  const report = await compareBooks(ctx, { since, until });
  await ctx.db
    .insertInto('payment_books')
    .values({ compared_until: until })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ compared_until: until }))
    .execute();
  return report;
}

async function tell(ctx: Context, compared: Promise<BooksReport>): Promise<void> {
  const report = await compared;
  if (report.found > 0 || report.retold > 0) ctx.logger.warn(report, 'the books were compared');
}

function compareHours(ctx: Context, hours: number): Promise<BooksReport> {
  const until = addSeconds(ctx.clock.now(), -GRACE_SECONDS);
  return compareBooks(ctx, { since: addSeconds(until, -hours * HOUR_SECONDS), until });
}

export const bookSchedules: readonly Schedule[] = [
  { name: 'payments.compare-books', cron: '*/3 * * * *', handle: (ctx) => tell(ctx, compareLately(ctx)) },
  {
    name: 'payments.compare-books-wide',
    cron: '20 * * * *',
    handle: (ctx) => tell(ctx, compareHours(ctx, WIDE_HOURS)),
  },
  {
    name: 'payments.compare-books-deep',
    cron: '40 3 * * *',
    handle: (ctx) => tell(ctx, compareHours(ctx, DEEP_HOURS)),
  },
];
