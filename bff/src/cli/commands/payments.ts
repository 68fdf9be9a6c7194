import { addSeconds, read } from '@souk/domain/kernel';
import { compareBooks, openDiscrepancies } from '@souk/domain/payments';
import { type Command, InvalidArgumentError } from 'commander';
import { withDomain } from '../open-domain.ts';
import { count } from '../progress.ts';

const DAY_SECONDS = 24 * 3_600;

/** Declares `souk payments compare`. */
export function addPayments(program: Command): void {
  program
    .command('payments')
    .description('look after the books of payments')
    .command('compare')
    .description(
      "compare the payment provider's books with ours both ways, mend what can be; exit code 2 when they differ",
    )
    .option(
      '--since <moment>',
      'from then on, such as 2026-11-01 or 2026-11-01T08:00:00Z (default: a day ago)',
      momentIn,
    )
    .action(compare);
}

function momentIn(given: string): Date {
  const moment = new Date(given);
  if (Number.isNaN(moment.getTime())) throw new InvalidArgumentError('expected a day such as 2026-11-01');
  return moment;
}

async function compare(options: { since?: Date }): Promise<void> {
  await withDomain(async (ctx) => {
    const since = options.since ?? addSeconds(ctx.clock.now(), -DAY_SECONDS);
    const { compared, found, retold } = await compareBooks(ctx, { since });
    console.log(
      `${count(compared)} payments compared since ${since.toISOString()}: ${count(found)} new differences, ${count(retold)} told to whoever mends them.`,
    );
    const open = await read(ctx, openDiscrepancies());
    for (const [kind, times] of open) console.log(`  open: ${kind}, ${count(times)} times`);
    process.exitCode = open.size > 0 ? 2 : 0;
  });
}
