import { checkInvariants } from '@souk/domain/app';
import { deadDeliveries, retryDeadEvents } from '@souk/domain/kernel';
import { reindex } from '@souk/domain/search';
import type { Command } from 'commander';
import { withDomain } from '../open-domain.ts';
import { count, startProgress } from '../progress.ts';

/** Declares `souk reindex`. */
export function addReindex(program: Command): void {
  program
    .command('reindex')
    .description('build the search index anew beside the live one, then swap them')
    .action(async () => {
      await withDomain(async (ctx) => {
        const startedAt = Date.now();
        const progress = startProgress({ title: 'Indexing', total: 100, things: 'products' });
        const result = await reindex(ctx, {
          onProgress: ({ done, total }) => progress.update((100 * done) / Math.max(total, 1), done),
        }).finally(() => progress.stop());
        const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
        console.log(
          `${count(result.documents)} products can be found (${result.engine}), after ${seconds} s.`,
        );
      });
    });
}

/** Declares `souk events dead` and `souk events retry`. */
export function addEvents(program: Command): void {
  const events = program
    .command('events')
    .description('look after events that a subscriber could not handle');
  events
    .command('dead')
    .description('list what was set aside after too many tries; exit code 2 when there is anything')
    .action(async () => {
      const dead = await withDomain((ctx) => deadDeliveries(ctx));
      if (dead.length === 0) console.log('No event is set aside.');
      for (const row of dead)
        console.log(`${row.subscriber}: ${count(row.count)}  (${row.lastError ?? 'no error noted'})`);
      process.exitCode = dead.length === 0 ? 0 : 2;
    });
  events
    .command('retry')
    .description('put what was set aside back in line')
    .option('--subscriber <name>', 'only that of this subscriber')
    .action(async (options: { subscriber?: string }) => {
      const revived = await withDomain((ctx) => retryDeadEvents(ctx, options.subscriber));
      console.log(`${count(revived)} events are back in line.`);
    });
}

/** Declares `souk check`. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('prove the invariants of stock and money on the data; exit code 2 when one is broken')
    .action(async () => {
      const results = await withDomain((ctx) => checkInvariants(ctx));
      for (const { claim, breaches, examples } of results) {
        console.log(`${breaches === 0 ? 'holds ' : 'BROKEN'}  ${claim}`);
        if (breaches > 0) console.log(`        ${count(breaches)} times, such as ${examples.join(', ')}`);
      }
      process.exitCode = results.some(({ breaches }) => breaches > 0) ? 2 : 0;
    });
}
