import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { findTool } from '../go/go-tools.ts';
import { breachesOfBooks } from '../load/check-shop.ts';
import { breachesOfSale, type FlashItem, prepareFlashItem } from '../load/flash-item.ts';
import { recordRun } from '../load/record.ts';
import { archiveRun, type K6Run, startK6, THRESHOLDS_CROSSED } from '../load/run-k6.ts';
import { openShop, type ShopUnderLoad, shopAt } from '../load/shop-under-load.ts';
import { commitText, machineText } from '../load/surroundings.ts';
import { withBooks } from '../load/with-books.ts';
import { StackError } from '../stack/errors.ts';
import { repository, soukDirectory } from '../stack/paths.ts';
import { printError, terminalProgress } from '../stack/progress.ts';
import { askedToStop } from '../stack/signals.ts';
import { definedOnly } from '../stack/stack.ts';

const runs = {
  smoke: 'does everything work: 4 shoppers for 30 s, thinking half as long as usual',
  load: 'as busy as usual: 60 shoppers a minute, for 5 minutes',
  stress: '2, 3, 4 times as many, then as many as usual, which must be as fast again',
  spike: 'a flash sale: 1,000 shoppers at once for one thing that there are 100 of',
  soak: '40 shoppers a minute for 2 hours; the end must be as fast as the beginning',
  breakpoint: 'more and more shoppers, until an objective breaks',
} as const;

/** How this run's figures come to be, as load-tests/settings.ts and the run name it. */
interface LoadOptions {
  url?: string;
  duration?: string;
  vus?: number;
  rate?: number;
  think?: number;
  files: boolean;
  shoppers: number;
  stock: number;
  item: string;
  only?: 'thresholds';
  record: boolean;
  archive: boolean;
}

const flashSale = 'spike';
/** Parts of the usual time for thought: little where a run is short, or what is wanted may be gone. */
const usualThink: Readonly<Record<string, number>> = { smoke: 0.5, [flashSale]: 0.2 };
const progress = terminalProgress();
const log = join(repository, 'docs/performance.md');

await new Command('npm run load --')
  .description(
    'Sends shoppers to the shop with k6: they browse (60 of 100), search (25), fill a cart (10) and buy to the paid order (5), with pauses for thought, and fetch pages with all their files as browsers do. Exits with 1 when an objective was not kept or the books are not right. The report is in .souk/load.',
  )
  .addArgument(new Argument('<run>', 'one of them').choices(Object.keys(runs)))
  .option('--url <url>', 'a shop that is open; by default one is opened as npm start does, on free ports')
  .option('--duration <time>', 'such as 90s, 10m, 2h')
  .option('--vus <n>', 'smoke: shoppers at once', whole)
  .option('--rate <n>', 'shoppers who come a minute; breakpoint: up to so many', whole)
  .option('--think <factor>', 'parts of the usual time for thought: 0 for none', positive)
  .option('--no-files', 'fetch pages alone, as where a CDN has styles, scripts and pictures')
  .option('--shoppers <n>', 'spike: how many want the thing', whole, 1_000)
  .option('--stock <n>', 'spike: how many there are', whole, 100)
  .option('--item <handle>', 'spike: the product', 'harbour-mug')
  .addOption(new Option('--only <part>', 'of the report, in the terminal').choices(['thresholds']))
  .option('--archive', 'do not run it, but write it for the k6 operator: load-tests/operator', false)
  .option('--record', 'add a line to docs/performance.md', false)
  .addHelpText(
    'after',
    `\nRuns:\n${Object.entries(runs)
      .map(([name, what]) => `  ${name.padEnd(11)} ${what}`)
      .join(
        '\n',
      )}\n\nA shop that is somewhere else is only looked at from outside: its stock and books are its own, and spike
takes --stock for what there is. Needs k6: npm run tools:install -- k6`,
  )
  .helpOption('-h, --help')
  .action(async (run: string, options: LoadOptions) => {
    try {
      process.exitCode = await load(run, options);
    } catch (error) {
      printError(error);
      process.exitCode = 1;
    }
    // What is still on its way up is not waited for: it ends with this process.
    process.exit();
  })
  .parseAsync();

/** @returns the exit code */
async function load(run: string, options: LoadOptions): Promise<number> {
  const k6 = findTool('k6');
  if (options.archive) return archive(k6, run, options);
  const stopping = askedToStop();
  const opening =
    options.url === undefined ? progress.step('Shop opened', openShop) : Promise.resolve(shopAt(options.url));
  opening.catch(() => {});
  const shop = await Promise.race([opening, stopping]);
  if (typeof shop === 'string') return 1;
  try {
    return await sendShoppers(k6, run, shop, options, stopping);
  } finally {
    await shop.stop();
  }
}

async function archive(k6: string, run: string, options: LoadOptions): Promise<number> {
  const folder = join('load-tests/operator', run);
  const file = join(repository, folder, 'run.tar');
  await archiveRun(k6, run, sizeOf(options), file);
  progress.note(`Written to ${relative(repository, file)}. Now: kubectl apply -k ${folder}`);
  return 0;
}

async function sendShoppers(
  k6: string,
  run: string,
  shop: ShopUnderLoad,
  options: LoadOptions,
  stopping: Promise<unknown>,
): Promise<number> {
  const { environment } = shop;
  const item = run === flashSale && environment ? await prepareItem(environment, options) : undefined;
  const folder = join(
    soukDirectory,
    'load',
    `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}-${run}`,
  );
  await mkdir(folder, { recursive: true });
  const started = startK6(k6, run, settingsOf(run, options, shop, folder), folder);
  const code = await endOf(started, stopping);
  if (code !== 0 && code !== THRESHOLDS_CROSSED) {
    throw new StackError(`k6 ended with ${code}: it ran into something before the end, which it told above`);
  }
  const breaches = environment ? await lookIntoBooks(environment, shop.isOurs, item, options) : [];
  for (const breach of breaches) progress.note(`  ✗ ${breach}`);
  progress.note(`Report: ${relative(repository, join(folder, 'report.html'))}`);
  if (options.record) {
    await recordRun(log, join(folder, 'report.json'));
    progress.note(`Recorded in ${relative(repository, log)}`);
  }
  // where the shop breaks is what a breakpoint is after
  const isPassed = code === 0 || run === 'breakpoint';
  return isPassed && breaches.length === 0 ? 0 : 1;
}

function prepareItem(
  environment: Readonly<Record<string, string>>,
  options: LoadOptions,
): Promise<FlashItem> {
  return progress.step(`${options.stock} of ${options.item} laid out`, () =>
    withBooks(environment, (domain) => prepareFlashItem(domain, options.item, options.stock)),
  );
}

function lookIntoBooks(
  environment: Readonly<Record<string, string>>,
  isOurs: boolean,
  item: FlashItem | undefined,
  { shoppers }: LoadOptions,
): Promise<string[]> {
  return progress.step('Books looked into', () =>
    withBooks(environment, async (domain) => [
      ...(item ? await breachesOfSale(domain, item, shoppers) : []),
      ...(await breachesOfBooks(domain, isOurs)),
    ]),
  );
}

async function endOf(run: K6Run, stopping: Promise<unknown>): Promise<number> {
  const first = await Promise.race([run.ended, stopping]);
  if (typeof first === 'number') return first;
  run.stop();
  return run.ended;
}

function settingsOf(
  run: string,
  options: LoadOptions,
  { url }: ShopUnderLoad,
  folder: string,
): Record<string, string> {
  const { think = usualThink[run], files, item, only } = options;
  return {
    ...sizeOf(options),
    ...definedOnly({ THINK: think?.toString(), REPORT: only }),
    SHOP_URL: url,
    FILES: files ? 'yes' : 'no',
    ITEM: `/p/${item}`,
    REPORT_FOLDER: folder,
    COMMIT: commitText(),
    MACHINE: machineText(),
  };
}

/** How many come, and for how long. */
function sizeOf({ duration, vus, rate, shoppers, stock }: LoadOptions): Record<string, string> {
  return definedOnly({
    DURATION: duration,
    VUS: vus?.toString(),
    RATE: rate?.toString(),
    SHOPPERS: String(shoppers),
    STOCK: String(stock),
  });
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('a whole number from 1 on is wanted');
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('a number from 0 on is wanted');
}
