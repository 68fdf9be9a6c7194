import { setTimeout as sleep } from 'node:timers/promises';
import type { Supervised } from '../stack/supervisor.ts';
import type { Shop } from '../testing/start-shop.ts';
import type { PlannedKill, VictimName } from './plan.ts';

/** Kills parts of a shop and starts them again. */
export interface Killer {
  /** Tells that a shopper came, or ordered: what is planned for after that happens from here on. */
  notice(shopper: number, when: PlannedKill['when']): void;
  /** Returns when all that is under way is done, and all parts are up. */
  heal(): Promise<void>;
  /** How often each was killed. */
  readonly kills: ReadonlyMap<VictimName, number>;
}

/**
 * Makes a killer by plan. One part is not killed while it is down or comes up, several of them may be down at once.
 *
 * @param tell gets a line for each kill and each start
 */
export function createKiller(
  shop: Shop,
  planned: readonly PlannedKill[],
  tell: (line: string) => void,
): Killer {
  const victims = victimsOf(shop);
  const kills = new Map<VictimName, number>();
  const waiting = new Set(planned);
  const turns = new Map<VictimName, Promise<void>>();

  const carryOut = async ({ victim, downMs, delayMs }: PlannedKill) => {
    const part = victims[victim];
    if (!part) return;
    await sleep(delayMs);
    await part.kill();
    kills.set(victim, (kills.get(victim) ?? 0) + 1);
    tell(`kill -9 ${victim}, down for ${(downMs / 1000).toFixed(1)} s`);
    await sleep(downMs);
    const began = performance.now();
    await part.start();
    tell(`${victim} is up again after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  };

  return {
    kills,
    notice(shopper, when) {
      for (const kill of waiting) {
        // one who was to order may have left without
        const isDue = kill.shopper < shopper || (kill.shopper === shopper && kill.when === when);
        if (!isDue) continue;
        waiting.delete(kill);
        const turn = (turns.get(kill.victim) ?? Promise.resolve()).then(() => carryOut(kill));
        turns.set(kill.victim, turn);
        // told by `heal`
        turn.catch(() => {});
      }
    },
    async heal() {
      await Promise.all(turns.values());
    },
  };
}

/** What can be killed; stores that are not ours are left alone. */
function victimsOf(shop: Shop): Partial<Record<VictimName, Supervised>> {
  const { bff, worker, sandbox } = shop.programs;
  const stores = shop.stack.services.flatMap(({ name, supervised }) =>
    supervised ? [[name.toLowerCase(), supervised]] : [],
  );
  return { bff, worker, sandbox, ...Object.fromEntries(stores) };
}
