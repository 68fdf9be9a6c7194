import { Command, InvalidArgumentError } from 'commander';
import { type FaultCase, faultCases } from '../faults/cases.ts';
import { isWithinBars, tellReport } from '../faults/report.ts';
import { runFaults } from '../faults/run-faults.ts';
import { messageOf } from '../stack/errors.ts';

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`a whole number from ${low} to ${high} is wanted`);
  };
}

function named(text: string): FaultCase[] {
  return text.split(',').map((name) => {
    const found = faultCases.find((fault) => fault.name === name.trim());
    if (found) return found;
    throw new InvalidArgumentError(`the cases are: ${faultCases.map((fault) => fault.name).join(', ')}`);
  });
}

const options = new Command('npm run test:faults --')
  .description(
    'Opens a shop with two storefronts and two bffs behind balancers that send requests to who is ready, lets shoppers browse, search and buy by its pages, and breaks one thing after another: a rolling restart, Redis, Meilisearch, the worker and a bff killed and hanging, Postgres killed, its connections exhausted. Tells what shoppers saw of each, and proves stock and orders at the end. Exits with 1 when a bar is broken.',
  )
  .option('--seconds <n>', 'how long each fault lasts', whole(2, 600), 15)
  .option('--only <cases>', 'the cases to run, separated by commas', named, [...faultCases])
  .option('--shoppers <n>', 'how many shoppers there are at once', whole(1, 64), 6)
  .option('--drain <seconds>', 'how long a program that stops goes on serving', whole(0, 8), 3)
  .helpOption('-h, --help')
  .parse()
  .opts<{ seconds: number; only: FaultCase[]; shoppers: number; drain: number }>();

const tell = (line: string) => console.log(line);
try {
  const report = await runFaults({
    cases: options.only,
    seconds: options.seconds,
    calmSeconds: Math.max(3, Math.round(options.seconds / 2)),
    drainSeconds: options.drain,
    shoppers: options.shoppers,
    judgesTime: true,
    directory: 'faults',
    tell,
  });
  tellReport(report, tell);
  if (!isWithinBars(report)) process.exitCode = 1;
} catch (error) {
  tell(messageOf(error));
  // shoppers who are still at it have nobody to buy from
  process.exit(1);
}
