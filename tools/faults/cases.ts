import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { loopback } from '../stack/ports.ts';
import type { Supervised } from '../stack/supervisor.ts';
import type { Cluster } from './cluster.ts';
import type { Load } from './shoppers.ts';
import type { Figures } from './tally.ts';

/** What a case may cost shoppers. */
export interface Bar {
  /** How many requests may fail, other than by 503 and when to come back; of each shopper one at the most, for what was under way. */
  readonly failures: 'none' | 'under-way';
  /** Whether shoppers may be told to come back while it lasts. */
  readonly mayRefuse: boolean;
  /** Seconds until all is well again, from when the fault began or, where it ends by our hand, ended. */
  readonly recoverySeconds: number;
  /** Whether orders have to be placed while it lasts. */
  readonly sells: boolean;
}

/** What went wrong besides what shoppers saw. */
type Complaints = readonly string[];

export interface FaultCase {
  readonly name: string;
  /** In a few words. */
  readonly title: string;
  readonly bar: Bar;
  /** Counts recovery from the beginning of the fault, which ends by itself; otherwise from the end of it. */
  readonly endsByItself?: boolean;
  /** Lets it happen, and returns when it is over. */
  happen(scene: Scene): Promise<Complaints>;
}

export interface Scene {
  readonly cluster: Cluster;
  /** Returns when it has lasted as long as it is to: where the shop has to sell on, until somebody has bought meanwhile. */
  last(): Promise<void>;
  hasLasted(): boolean;
  /** Lets in so many programs that read the API over and over. */
  crowd(size: number): Load;
}

const unnoticed: Bar = { failures: 'none', mayRefuse: false, recoverySeconds: 0, sells: true };
/** Many more at once than there are connections. */
const CROWD = 40;
/** All of a stop has to be over by then. */
const STOP_WITHIN_SECONDS = 10;

/** Every case, in the order in which they are run. */
export const faultCases: readonly FaultCase[] = [
  {
    name: 'rolling-restart',
    title: 'each program stopped by SIGTERM and started, one after another',
    bar: unnoticed,
    happen: rollingRestart,
  },
  ...(['redis', 'meilisearch', 'worker'] as const).flatMap((victim): FaultCase[] => [
    {
      name: `${victim}-kill`,
      title: `${victim} killed, and started later`,
      bar: unnoticed,
      happen: (scene) => downWhile(scene, victim),
    },
    {
      name: `${victim}-hang`,
      title: `${victim} stopped by SIGSTOP, and continued later`,
      bar: unnoticed,
      happen: (scene) => hangingWhile(scene, victim),
    },
  ]),
  {
    name: 'bff-kill',
    title: 'one bff of two killed, and started later',
    bar: { failures: 'under-way', mayRefuse: false, recoverySeconds: 5, sells: true },
    endsByItself: true,
    happen: (scene) => downWhile(scene, 'bff-1'),
  },
  {
    name: 'bff-hang',
    title: 'one bff of two stopped by SIGSTOP, and continued later',
    // what was sent to it and may have been done waits for its answer as long as a page may take
    bar: { failures: 'under-way', mayRefuse: true, recoverySeconds: 20, sells: true },
    endsByItself: true,
    happen: (scene) => hangingWhile(scene, 'bff-1'),
  },
  {
    name: 'postgres-kill',
    title: 'Postgres killed, and started at once',
    bar: { failures: 'none', mayRefuse: true, recoverySeconds: 10, sells: false },
    endsByItself: true,
    happen: restartPostgres,
  },
  {
    name: 'pool-exhaustion',
    title: 'every database connection of the bffs in use, by statements that wait for a lock',
    bar: { failures: 'none', mayRefuse: true, recoverySeconds: 5, sells: false },
    happen: exhaustPools,
  },
];

function victimOf({ programs, stores }: Cluster, name: string): Supervised {
  const victim = programs.get(name) ?? stores.get(name);
  if (!victim) throw new Error(`${name} is not ours to kill: it was started by somebody else`);
  return victim;
}

async function rollingRestart({ cluster: { programs, ingress, service } }: Scene): Promise<Complaints> {
  const complaints: string[] = [];
  for (const [name, program] of programs) {
    const { exited } = program.server();
    const began = performance.now();
    await program.stop();
    const seconds = (performance.now() - began) / 1000;
    const how = await exited;
    if (how !== 'exit code 0') complaints.push(`${name} ended by ${how}`);
    if (seconds > STOP_WITHIN_SECONDS) complaints.push(`${name} took ${seconds.toFixed(1)} s to stop`);
    await program.start();
    // as an orchestrator does, which goes on only when there are as many as before
    const balancer = [ingress, service].find(({ endpoints }) => endpoints.has(name));
    await balancer?.endpoints.untilReady(name);
  }
  return complaints;
}

async function downWhile({ cluster, last }: Scene, name: string): Promise<Complaints> {
  const victim = victimOf(cluster, name);
  await victim.kill();
  await last();
  await victim.start();
  return [];
}

async function restartPostgres({ cluster }: Scene): Promise<Complaints> {
  const victim = victimOf(cluster, 'postgres');
  await victim.kill();
  await victim.start();
  return [];
}

async function hangingWhile({ cluster, last }: Scene, name: string): Promise<Complaints> {
  const { pid } = victimOf(cluster, name).server();
  process.kill(pid, 'SIGSTOP');
  try {
    await last();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return [];
}

/** Health is asked meanwhile: to have much to do is no reason to leave, nor to be killed. */
async function exhaustPools({ cluster: { shop, service }, hasLasted, crowd }: Scene): Promise<Complaints> {
  const complaints: string[] = [];
  const locker = new pg.Client({ connectionString: shop.databaseUrl });
  await locker.connect();
  let reading: Load | undefined;
  try {
    await locker.query('begin');
    await locker.query('lock table products, carts in access exclusive mode');
    reading = crowd(CROWD);
    while (!hasLasted()) {
      for (const path of ['live', 'ready']) complaints.push(...(await complaintOf(shop.bffUrl, path)));
      if (!['bff-1', 'bff-2'].some((name) => service.endpoints.isReady(name))) {
        complaints.push('every bff left the service');
      }
      await sleep(250);
    }
  } finally {
    await locker.end();
    await reading?.stop();
  }
  return [...new Set(complaints)];
}

async function complaintOf(bffUrl: string, path: string): Promise<Complaints> {
  const address = new URL(`/health/${path}`, bffUrl.replace('localhost', loopback));
  const began = performance.now();
  const response = await fetch(address);
  await response.body?.cancel();
  const isSlow = performance.now() - began > 2_000;
  return response.ok && !isSlow
    ? []
    : [`/health/${path} answered ${response.status}${isSlow ? ', late' : ''}`];
}

/** What shoppers saw of a case. */
export interface Course {
  readonly before: Figures;
  readonly during: Figures;
  readonly after: Figures;
  /** Seconds until nobody was turned away or failed any more; 0 when nobody was. */
  readonly recoverySeconds: number;
}

/** A page may take this much longer while something is away, in milliseconds, and no more than three times as long. */
const SLOWER_MS = 1_000;

/** What of a bar was broken. @param judgesTime false where a run is too short, or the machine too busy, for times to mean anything */
export function breachesOf(
  { bar }: FaultCase,
  course: Course,
  { shoppers, judgesTime }: { shoppers: number; judgesTime: boolean },
): string[] {
  const { before, during, after, recoverySeconds } = course;
  const failed = during.failed + after.failed;
  const mostFailures = bar.failures === 'none' ? 0 : shoppers;
  const mostMs = Math.max(3 * before.p95, before.p95 + SLOWER_MS);
  return [
    ...(before.failed + before.refused > 0 ? ['something failed before it began'] : []),
    ...(failed > mostFailures ? [`${failed} requests failed; ${mostFailures} may`] : []),
    ...(!bar.mayRefuse && during.refused + after.refused > 0
      ? [`${during.refused + after.refused} requests were turned away`]
      : []),
    ...(judgesTime && recoverySeconds > bar.recoverySeconds
      ? [`recovery took ${recoverySeconds.toFixed(1)} s`]
      : []),
    ...(bar.sells && during.orders === 0 ? ['nothing was sold while it lasted'] : []),
    ...(judgesTime && bar === unnoticed && during.p95 > mostMs
      ? [`pages took ${Math.round(during.p95)} ms (p95)`]
      : []),
    ...(after.requests === 0 || after.orders === 0 ? ['nothing was sold after it'] : []),
  ];
}
