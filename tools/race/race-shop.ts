import { createTestDomain, type TestDomain } from '@souk/domain/testing';

/** How many connections to Postgres the racers share, and how many of them act at once. */
export const CONNECTIONS = 64;

/** A shop for one run: a database of its own, and more connections than any process of a real shop has. */
export function openRaceShop(): Promise<TestDomain> {
  return createTestDomain({
    env: { DATABASE_POOL_SIZE: String(CONNECTIONS), SHOP_BANK_IBAN: 'DE89370400440532013000' },
  });
}

/** What one race did. */
export interface RaceResult {
  /** Figures, for people. */
  readonly told: string;
  /** What came out otherwise than it must. */
  readonly breaches: readonly string[];
}

export interface Race {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  run(shop: TestDomain): Promise<RaceResult>;
}

/** Does `work` for each item, so many at once; an item's failure is its result. */
async function atOnce<Item, Result>(
  items: readonly Item[],
  many: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const results: PromiseSettledResult<Result>[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      const [result] = await Promise.allSettled([work(item, index)]);
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: many }, worker));
  return results;
}

/** The same where nothing may fail. */
export async function allAtOnce<Item, Result>(
  items: readonly Item[],
  many: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = await atOnce(items, many, work);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** How often each outcome was seen: `100 placed, 200 out_of_stock`. */
export function countsOf(outcomes: readonly string[]): string {
  const counts = [...Map.groupBy(outcomes, (outcome) => outcome)].map(([name, same]) => ({
    name,
    count: same.length,
  }));
  return counts
    .toSorted((a, b) => b.count - a.count)
    .map(({ name, count }) => `${count} ${name}`)
    .join(', ');
}

/** A breach unless two figures are the same. */
export function mustBe(what: string, found: number | string, wanted: number | string): string[] {
  return found === wanted ? [] : [`${what}: ${found}, and not ${wanted}`];
}
