import { Command } from 'commander';
import { racesOf, runRaces } from '../race/run-races.ts';
import { startOwnStack } from '../testing/own-stack.ts';

const { runs, share, only } = new Command('npm run test:race --')
  .description(
    'Lets many buyers want the same things at the same moment, on real Postgres by 64 connections: stock, codes, gift cards, one checkout posted many times, one payment reported many times, two tabs. After each run, every invariant and the books of the payment sandbox are checked. Exits with 1 on a breach.',
  )
  .option('--runs <n>', 'how often, each in a database of its own', Number, 20)
  .option('--share <n>', 'part of the whole size: 0.1 for a quick look', Number, 1)
  .option('--only <races>', 'some of them: stock, code, gift-card, post, settle, two-tabs', (list) =>
    list.split(','),
  )
  .helpOption('-h, --help')
  .parse()
  .opts<{ runs: number; share: number; only?: string[] }>();

const own = await startOwnStack('race', { durable: false });
try {
  process.exitCode = await race();
} finally {
  await own.stop();
}

async function race(): Promise<number> {
  let clean = 0;
  for (let run = 1; run <= runs; run += 1) {
    const began = performance.now();
    console.log(`run ${run} of ${runs}`);
    const races = racesOf(share).filter(({ name }) => only?.includes(name) ?? true);
    const { breaches } = await runRaces(races, (line) => console.log(`  ${line}`));
    for (const breach of breaches) console.log(`  ✗ ${breach}`);
    if (breaches.length === 0) clean += 1;
    console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  console.log(`\n${clean} of ${runs} runs without a breach`);
  return clean === runs ? 0 : 1;
}
