import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { tellReport } from '../chaos/report.ts';
import { runChaos } from '../chaos/run-chaos.ts';
import { messageOf } from '../stack/errors.ts';

/** What the mail catcher keeps bounds how many orders can be proved. */
const MOST_CHECKOUTS = 400;

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`a whole number from ${low} to ${high} is wanted`);
  };
}

const options = new Command('npm run test:chaos --')
  .description(
    'Lets shoppers buy in every way while the BFF, the worker, Redis, Meilisearch, Postgres and the payment sandbox are killed (-9) at random moments and started again. Then lets the shop come to rest and proves stock, money, orders, gift cards, codes and mails by the books of Postgres and of the sandbox. Exits with 1 when something is not right.',
  )
  .option('--checkouts <n>', 'how many shoppers come', whole(1, MOST_CHECKOUTS), 200)
  .option('--seed <n>', 'decides who buys how, and what is killed when; else by chance', whole(0, 2 ** 32))
  .option('--shoppers <n>', 'how many shoppers there are at once', whole(1, 64), 8)
  .option('--settle <seconds>', 'how long the books may take to be right', whole(10, 3_600), 300)
  .helpOption('-h, --help')
  .parse()
  .opts<{ checkouts: number; seed?: number; shoppers: number; settle: number }>();

const { checkouts, shoppers, settle, seed = randomInt(2 ** 32) } = options;
const again = `again with: npm run test:chaos -- --seed ${seed} --checkouts ${checkouts}`;
const tell = (line: string) => console.log(line);
try {
  const report = await runChaos({ seed, checkouts, shoppers, settleSeconds: settle, tell });
  tellReport(report, seed, tell);
  if (report.breaches.length > 0) {
    tell(again);
    process.exitCode = 1;
  }
} catch (error) {
  tell(messageOf(error));
  tell(again);
  // shoppers who are still at it have nobody to buy from
  process.exit(1);
}
