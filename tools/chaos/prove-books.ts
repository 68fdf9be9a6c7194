import { setTimeout as sleep } from 'node:timers/promises';
import { believeShoppers } from './checker/believe-shoppers.ts';
import { checkBooks, tell as describe } from './checker/check-books.ts';
import { checkMails } from './checker/check-mails.ts';
import { readLeftovers } from './checker/leftovers.ts';
import { letTimePass } from './let-time-pass.ts';
import type { VictimName } from './plan.ts';
import type { Visit } from './shoppers/shopper.ts';
import type { Stage } from './stage.ts';

export interface ChaosReport {
  readonly visits: readonly Visit[];
  readonly kills: ReadonlyMap<VictimName, number>;
  readonly orders: number;
  readonly charges: number;
  /** Seconds from when everything was up until the work under way was done. */
  readonly recoverySeconds: number;
  readonly breaches: readonly string[];
}

export interface ProofOptions {
  readonly visits: readonly Visit[];
  readonly kills: ReadonlyMap<VictimName, number>;
  readonly settleSeconds: number;
  readonly tell: (line: string) => void;
}

/** How long the shop is watched before time is let pass for those who left. */
const RECOVERY_SECONDS = 60;

/**
 * Waits until the shop has come to rest, and proves its books. What a shopper left behind lapses only after half an hour: that long is let
 * pass, once the rest is done.
 */
export async function proveBooks(stage: Stage, options: ProofOptions): Promise<ChaosReport> {
  const { visits, kills, settleSeconds, tell } = options;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  while (seconds() < RECOVERY_SECONDS && (await readLeftovers(stage)).work.length > 0) await sleep(500);
  const recoverySeconds = seconds();
  tell(`work under way was done ${recoverySeconds.toFixed(1)} s after everything was up`);
  await letTimePass(stage);
  for (let last = 0; ; ) {
    const { breaches, orders, charges } = await look(stage, visits);
    if (breaches.length !== last && breaches.length > 0) {
      tell(`${breaches.length} things are not settled yet, such as: ${breaches[0]}`);
    }
    last = breaches.length;
    if (breaches.length === 0 || seconds() > settleSeconds) {
      tell(`the books were looked at ${seconds().toFixed(1)} s after everything was up`);
      return { visits, kills, orders, charges, recoverySeconds, breaches };
    }
    await sleep(2_000);
  }
}

async function look(stage: Stage, visits: readonly Visit[]) {
  const leftovers = await readLeftovers(stage);
  const { breaches, shop, intents } = await checkBooks(stage.domain);
  const mails = await checkMails(stage);
  const told = believeShoppers(visits, shop.orders);
  const left = [...leftovers.work, ...leftovers.lapsing];
  return {
    breaches: [...breaches, ...left, ...mails, ...told].map(describe),
    orders: shop.orders.length,
    charges: intents.reduce((sum, { charges }) => sum + charges, 0),
  };
}
