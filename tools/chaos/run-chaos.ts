import { setTimeout as sleep } from 'node:timers/promises';
import { startShop } from '../testing/start-shop.ts';
import { type Plan, planChaos } from './plan.ts';
import { type ChaosReport, proveBooks } from './prove-books.ts';
import { randomOf } from './random.ts';
import { type Visit, visitShop } from './shoppers/shopper.ts';
import { type Stage, setStage } from './stage.ts';
import { createKiller, type Killer } from './victims.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly checkouts: number;
  /** How many shoppers there are at once. */
  readonly shoppers?: number;
  /** How long the shop may take to put its books right after everything is up again, in seconds. */
  readonly settleSeconds?: number;
  /** The folder of the shop's data and logs, under those of the stacks. */
  readonly directory?: string;
  /** Gets a line for each thing that happens. */
  readonly tell: (line: string) => void;
}

/** Sells to many shoppers while parts of the shop are killed, lets it come to rest, and proves its books. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, checkouts, shoppers = 8, settleSeconds = 300, directory = 'chaos' } = options;
  const tell = timed(options.tell);
  const plan = planChaos(seed, checkouts);
  const shop = await startShop({
    seedSize: 40,
    durable: true,
    directory,
    restarts: 30,
    onRestart: (name, how) => tell(`${name} ended by itself (${how}) and is started again`),
  });
  const killer = createKiller(shop, plan.kills, tell);
  let stage: Stage | undefined;
  try {
    stage = await setStage(shop, plan);
    tell(`the shop is open: ${checkouts} checkouts, ${plan.kills.length} kills planned, seed ${seed}`);
    const gaveUp = shop.gaveUp.then(({ name, how, logFile }) => {
      throw new Error(`${name} ended by itself and stays down: ${how}; see ${logFile}`);
    });
    const visits = await Promise.race([sell(stage, plan, { shoppers, killer, tell }), gaveUp]);
    killer.notice(checkouts, 'comes');
    await killer.heal();
    tell('everything is up again');
    return await Promise.race([
      proveBooks(stage, { visits, kills: killer.kills, settleSeconds, tell }),
      gaveUp,
    ]);
  } finally {
    // nothing may be started again behind the back of what stops it
    await Promise.allSettled([killer.heal(), stage?.domain.close()]);
    await shop.stop();
  }
}

interface Selling {
  readonly shoppers: number;
  readonly killer: Killer;
  readonly tell: (line: string) => void;
}

/** Lets all shoppers of the plan in, so many at once. */
async function sell(stage: Stage, plan: Plan, { shoppers, killer, tell }: Selling): Promise<Visit[]> {
  const queue = plan.shoppers.entries();
  const visits: Visit[] = [];
  const serve = async () => {
    for (const [index, way] of queue) {
      const random = randomOf(plan.seed, `shopper ${index}`);
      killer.notice(index, 'comes');
      await sleep(random.between(0, 500));
      const visit = await visitShop(stage, {
        index,
        way,
        random,
        onOrder: () => killer.notice(index, 'orders'),
      });
      visits.push(visit);
      if (visits.length % 25 === 0) tell(`${visits.length} shoppers have been here`);
    }
  };
  await Promise.all(Array.from({ length: shoppers }, serve));
  return visits;
}

/** The same with the seconds since it began before each line. */
function timed(tell: (line: string) => void): (line: string) => void {
  const began = performance.now();
  return (line) => tell(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
