import type { Allocation, AllocationProblem, Location, StockLine } from './model.ts';

/** With more locations than this, only so many of the nearest are tried in all combinations. */
const MOST_COMBINED = 12;

/**
 * Takes a sale from the fewest locations that have all of it, the nearest to the destination first; a line is split only when no one of
 * them has it whole. What lies anywhere is taken before anything is promised ahead.
 */
export function fewestLocations(problem: AllocationProblem): Allocation[] {
  const ranked = byNearness(problem.locations, problem.destination?.country ?? null);
  const free = (variantId: string, locationId: string) => sourceOf(problem, variantId, locationId)?.free ?? 0;
  const total = (variantId: string, locations: readonly Location[]) =>
    locations.reduce((sum, { id }) => sum + free(variantId, id), 0);
  const taken: Allocation[] = [];
  const fromHand: StockLine[] = [];
  for (const { variantId, quantity } of problem.lines) {
    const here = Math.min(quantity, total(variantId, ranked));
    fromHand.push({ variantId, quantity: here });
    let rest = quantity - here;
    for (const { id } of ranked) {
      const ahead = Math.min(rest, sourceOf(problem, variantId, id)?.ahead ?? 0);
      if (ahead > 0) taken.push({ variantId, locationId: id, quantity: ahead, ahead });
      rest -= ahead;
    }
  }
  const suffices = (chosen: readonly Location[]) =>
    fromHand.every((line) => total(line.variantId, chosen) >= line.quantity);
  const chosen = smallest(ranked, new Set(taken.map(({ locationId }) => locationId)), suffices);
  for (const { variantId, quantity } of fromHand) {
    for (const { id, units } of piecesOf(chosen, quantity, (id) => free(variantId, id))) {
      taken.push({ variantId, locationId: id, quantity: units, ahead: 0 });
    }
  }
  return merged(taken);
}

function sourceOf(problem: AllocationProblem, variantId: string, locationId: string) {
  return problem.sources.find((source) => source.variantId === variantId && source.locationId === locationId);
}

/** Those in the country itself, then those that name it among where they deliver to, then the others; by priority among equals. */
function byNearness(locations: readonly Location[], country: string | null): Location[] {
  const distance = (location: Location) => {
    if (country === null) return 0;
    if (location.country === country) return 0;
    return location.countries.includes(country) ? 1 : 2;
  };
  return locations.toSorted(
    (a, b) => distance(a) - distance(b) || a.priority - b.priority || (a.id < b.id ? -1 : 1),
  );
}

/** The fewest locations that suffice, of equally many the nearest; `used` are taken from anyhow. */
function smallest(
  ranked: readonly Location[],
  used: ReadonlySet<string>,
  suffices: (chosen: readonly Location[]) => boolean,
): readonly Location[] {
  const given = ranked.filter(({ id }) => used.has(id));
  const others = ranked.filter(({ id }) => !used.has(id)).slice(0, MOST_COMBINED);
  for (let size = 0; size <= others.length; size += 1) {
    for (const combination of combinations(others, size)) {
      const chosen = [...given, ...combination];
      if (suffices(chosen)) return ranked.filter((location) => chosen.includes(location));
    }
  }
  return ranked;
}

/** All ways to choose so many, those with the first items first. */
function* combinations<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  if (size === 0) return yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of combinations(items.slice(index + 1), size - 1)) yield [item, ...rest];
  }
}

/** Whole from the nearest that has it whole; else in few pieces, the greatest first. */
function piecesOf(chosen: readonly Location[], quantity: number, free: (id: string) => number) {
  const whole = chosen.find(({ id }) => free(id) >= quantity);
  if (whole) return [{ id: whole.id, units: quantity }];
  let rest = quantity;
  return chosen
    .toSorted((a, b) => free(b.id) - free(a.id))
    .map(({ id }) => {
      const units = Math.min(rest, free(id));
      rest -= units;
      return { id, units };
    });
}

/** One allocation a variant and location; empty ones are dropped. */
function merged(allocations: readonly Allocation[]): Allocation[] {
  const byPlace = Map.groupBy(
    allocations.filter(({ quantity }) => quantity > 0),
    ({ variantId, locationId }) => `${variantId}:${locationId}`,
  );
  return [...byPlace.values()].flatMap((parts) =>
    parts.slice(0, 1).map((part) => ({
      ...part,
      quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0),
      ahead: parts.reduce((sum, { ahead }) => sum + ahead, 0),
    })),
  );
}
