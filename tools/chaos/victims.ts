import type { Supervised } from '../stack/supervisor.ts';
import type { Shop } from '../testing/start-shop.ts';
import type { PlannedKill, VictimName } from './plan.ts';

/** Kills parts of a shop and starts them again. */
export interface Killer {
  /** Tells that a shopper came, or ordered: what is planned for after that happens from here on. */
  notice(shopper: number, when: PlannedKill['when']): void;
  /** Kills no more, and returns when all parts are up. */
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
  const working = new Set<Promise<void>>();
  const turns = new Map<VictimName, Promise<void>>();
  const healing = new AbortController();

  const carryOut = async ({ victim, downMs, delayMs }: PlannedKill) => {
    const part = victims[victim];
    if (!part || !(await pause(delayMs, healing.signal))) return;
    await part.kill();
    kills.set(victim, (kills.get(victim) ?? 0) + 1);
    tell(`kill -9 ${victim}, down for ${(downMs / 1000).toFixed(1)} s`);
    await pause(downMs, healing.signal);
    const began = performance.now();
    await part.start();
    tell(`${victim} is up again after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  };

  return {
    kills,
    notice(shopper, when) {
      for (const kill of waiting) {
        if (kill.shopper !== shopper || kill.when !== when) continue;
        waiting.delete(kill);
        const turn = (turns.get(kill.victim) ?? Promise.resolve()).then(() => carryOut(kill));
        turns.set(kill.victim, turn);
        working.add(turn);
        // told by `heal`
        turn.catch(() => {});
      }
    },
    async heal() {
      healing.abort();
      await Promise.all(working);
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

/** @returns false when it was cut short */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
