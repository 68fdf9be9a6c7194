import { setTimeout as sleep } from 'node:timers/promises';
import { checkInvariants, createDomain, type Domain } from '@souk/domain/app';
import { createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { sellProduct } from '@souk/domain/testing';
import { breachesOf, type Course, type FaultCase } from './cases.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startCrowd, startLoad } from './shoppers.ts';
import { createTally, type Outcome, type Seen, type Tally } from './tally.ts';

export interface FaultsOptions {
  readonly cases: readonly FaultCase[];
  /** How long each fault lasts. */
  readonly seconds: number;
  /** How long shoppers are watched before each, and after it. */
  readonly calmSeconds: number;
  readonly drainSeconds: number;
  readonly shoppers: number;
  /** Whether the bars of time are held to, too. */
  readonly judgesTime: boolean;
  /** The folder of the data and logs, under those of the stacks. */
  readonly directory: string;
  readonly tell: (line: string) => void;
}

export interface CaseReport {
  readonly name: string;
  readonly title: string;
  readonly course: Course;
  readonly breaches: readonly string[];
  /** What failed, with how often, the most frequent first. */
  readonly failures: readonly string[];
}

export interface FaultsReport {
  readonly cases: readonly CaseReport[];
  readonly requests: number;
  readonly orders: number;
  /** What is not right with the books at the end. */
  readonly breaches: readonly string[];
}

const STOCK = 1_000_000;
/** How long somebody may take to buy. */
const PATIENCE_SECONDS = 30;
/** How long the shop may take at the end to put right what it was at. */
const SETTLE_SECONDS = 30;

/** Runs the cases one after another while shoppers buy, then proves the books. */
export async function runFaults(options: FaultsOptions): Promise<FaultsReport> {
  const { cases, shoppers, directory, drainSeconds, tell } = options;
  const cluster = await startCluster({ directory, drainSeconds, seedSize: 40 });
  const config = loadDomainConfig({ ...cluster.shop.env, DATABASE_POOL_SIZE: '2' });
  const domain = createDomain(config, { logger: createLogger({ name: 'faults', level: 'silent' }) });
  try {
    const tally = createTally();
    const { handle: product } = await sellProduct(domain.context({ actor: system }), { stock: STOCK });
    const shopUrl = cluster.ingress.url;
    const load = startLoad({ shopUrl, tally, shoppers, product });
    tell(`the shop is open: ${shoppers} shoppers, ${cases.length} cases of ${options.seconds} s`);
    await warmUp(tally);
    const reports: CaseReport[] = [];
    for (const fault of cases) {
      tell(`${fault.name}: ${fault.title}`);
      reports.push(await runCase(fault, { cluster, tally, product }, options));
    }
    await load.stop();
    const breaches = await proveBooks(domain, tally);
    return { cases: reports, requests: tally.seen.length, orders: tally.orders.length, breaches };
  } finally {
    await domain.close();
    await cluster.stop();
  }
}

/** Until every kind of visit was made: what is asked for the first time takes longer. */
async function warmUp(tally: Tally): Promise<void> {
  await until(() => tally.orders.length >= 3);
}

async function runCase(
  fault: FaultCase,
  { cluster, tally, product }: { cluster: Cluster; tally: Tally; product: string },
  { seconds, calmSeconds, shoppers, judgesTime }: FaultsOptions,
): Promise<CaseReport> {
  const calm = () => sleep(calmSeconds * 1_000);
  const began = performance.now();
  await calm();
  const broken = performance.now();
  const hasLasted = () => performance.now() - broken > seconds * 1_000;
  const hasSold = () => tally.orders.some(({ at }) => at > broken);
  const last = () => until(() => hasLasted() && (!fault.bar.sells || hasSold()), seconds + PATIENCE_SECONDS);
  const crowd = (size: number) => startCrowd({ apiUrl: cluster.service.url, product, tally, size });
  const complaints = await fault.happen({ cluster, last, hasLasted, crowd });
  const mended = performance.now();
  await calm();
  // what was sent while it lasted may still wait for its answer
  await until(() => tally.oldestUnderWay() > mended);
  await until(() => tally.orders.some(({ at }) => at > mended));
  const ended = performance.now();
  // what was under way when it began belongs to it
  const isBefore = ({ at, ms }: Seen) => at >= began && at + ms < broken;
  const isDuring = ({ at, ms }: Seen) => at + ms >= broken && at < mended;
  const course = {
    before: tally.figures(isBefore, { from: began, to: broken }),
    during: tally.figures(isDuring, { from: broken, to: mended }),
    after: tally.figures(({ at }) => at >= mended && at < ended, { from: mended, to: ended }),
    recoverySeconds: recoveryOf(tally, fault.endsByItself ? broken : mended, ended),
  };
  return {
    name: fault.name,
    title: fault.title,
    course,
    breaches: [...breachesOf(fault, course, { shoppers, judgesTime }), ...complaints],
    failures: [
      ...unservedOf(tally, { from: began, to: ended, outcomes: ['failed'] }),
      ...unservedOf(tally, { from: began, to: fault.bar.mayRefuse ? broken : ended, outcomes: ['refused'] }),
    ],
  };
}

/** Waits for what comes in time, if it does. */
async function until(isSo: () => boolean, seconds = PATIENCE_SECONDS): Promise<void> {
  const giveUpAt = performance.now() + seconds * 1_000;
  while (!isSo() && performance.now() < giveUpAt) await sleep(100);
}

/** Seconds from a moment until the last request was sent that was not served. */
function recoveryOf(tally: Tally, from: number, to: number): number {
  const spoiled = tally.seen.filter(({ at, outcome }) => at >= from && at < to && outcome !== 'served');
  const last = Math.max(from, ...spoiled.map(({ at }) => at));
  return (last - from) / 1000;
}

const MOST_FAILURES_TOLD = 5;

function unservedOf(
  tally: Tally,
  { from, to, outcomes }: { from: number; to: number; outcomes: readonly Outcome[] },
): string[] {
  const unserved = tally.seen.filter(
    ({ at, outcome }) => at >= from && at < to && outcomes.includes(outcome),
  );
  return [...Map.groupBy(unserved, ({ what }) => what)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_FAILURES_TOLD)
    .map(([what, same]) => `${same.length} × ${what}`);
}

/** Every invariant of stock and money, and every order that a shopper was told of: it is there, once, and nobody has two. */
async function proveBooks(domain: Domain, tally: Tally): Promise<string[]> {
  const giveUpAt = performance.now() + SETTLE_SECONDS * 1_000;
  for (;;) {
    const breaches = await readBooks(domain, tally);
    if (breaches.length === 0 || performance.now() > giveUpAt) return breaches;
    await sleep(1_000);
  }
}

async function readBooks(domain: Domain, tally: Tally): Promise<string[]> {
  const reports = await checkInvariants(domain.context({ actor: system }));
  const broken = reports.filter(({ breaches }) => breaches > 0);
  const { rows } = await domain.pool.query<{ number: string; email: string }>(
    'select number, email from orders',
  );
  const known = new Set(rows.map(({ number }) => number));
  const lost = tally.orders.filter(({ number }) => !known.has(number));
  const twice = [...Map.groupBy(rows, ({ email }) => email)].filter(([, orders]) => orders.length > 1);
  return [
    ...broken.map(
      ({ claim, breaches, examples }) => `not so: ${claim} (${breaches}, such as ${examples[0]})`,
    ),
    ...lost.map(({ number }) => `order ${number} is lost`),
    ...twice.map(([email]) => `${email} has more than one order`),
  ];
}
