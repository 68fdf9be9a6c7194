import type { BundleAction } from '../actions.ts';
import { type Ground, matching, unitsOf } from './ground.ts';

/** The units of a “buy X get Y” that are reduced. */
export interface Bundle {
  /** By the place of their line; lines without any are left out. */
  readonly units: ReadonlyMap<number, number>;
  /** How many more units the next one takes: of what is bought, or of what is got. */
  readonly missing: number;
}

/**
 * Finds which units “buy X get Y” reduces: as many as can be, with each unit counted once; of those the cheapest, and of equals those of
 * the earlier line.
 */
export function bundleOf(ground: Ground, action: BundleAction): Bundle {
  const { buy, get, maxTimes } = action;
  const bought = new Set(matching(ground, buy.of));
  const got = matching(ground, get.of ?? buy.of);
  const isGot = new Set(got);
  // units that only count as bought, those that count either way, and those that can only be got
  const onlyBought = unitsOf(
    ground,
    [...bought].filter((place) => !isGot.has(place)),
  );
  const either = unitsOf(
    ground,
    got.filter((place) => bought.has(place)),
  );
  const onlyGot = unitsOf(ground, got) - either;
  const reach = (times: number) =>
    Math.min(times * get.quantity, onlyGot + either - Math.max(0, times * buy.quantity - onlyBought));

  const most = Math.min(
    Math.floor((onlyBought + either) / buy.quantity),
    maxTimes ?? Number.POSITIVE_INFINITY,
  );
  // what can be got grows with each time until the things run out, and falls from there: the best is next to where it turns
  const pool = onlyGot + either;
  const turn =
    (pool / get.quantity) * buy.quantity <= onlyBought
      ? pool / get.quantity
      : (pool + onlyBought) / (buy.quantity + get.quantity);
  const count = Math.max(
    0,
    ...[Math.floor(turn), Math.ceil(turn)].map((times) => reach(Math.min(times, most))),
  );
  const times = Math.ceil(count / get.quantity);
  const fromEither = either - Math.max(0, times * buy.quantity - onlyBought);
  const missingToBuy = buy.quantity - onlyBought - either;
  return {
    units: cheapest(ground, got, { count, fromEither, isEither: (place) => bought.has(place) }),
    missing: missingToBuy > 0 ? missingToBuy + (onlyGot > 0 ? 0 : 1) : 1,
  };
}

function cheapest(
  { sale }: Ground,
  places: readonly number[],
  wanted: { count: number; fromEither: number; isEither: (place: number) => boolean },
): Map<number, number> {
  const units = new Map<number, number>();
  const price = (place: number) => sale.lines[place]?.unitAmount ?? 0;
  let left = wanted.count;
  let eitherLeft = wanted.fromEither;
  for (const place of [...places].sort((a, b) => price(a) - price(b) || a - b)) {
    const there = sale.lines[place]?.quantity ?? 0;
    const taken = Math.min(there, left, wanted.isEither(place) ? eitherLeft : left);
    if (taken <= 0) continue;
    units.set(place, taken);
    left -= taken;
    if (wanted.isEither(place)) eitherLeft -= taken;
  }
  return units;
}
