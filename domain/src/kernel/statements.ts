import { AsyncLocalStorage } from 'node:async_hooks';

interface Tally {
  count: number;
}

const current = new AsyncLocalStorage<Tally>();

/** Counts one SQL statement of the work under way; called by the database for every statement that it sends. */
export function tallyStatement(): void {
  const tally = current.getStore();
  if (tally) tally.count += 1;
}

/**
 * Runs `work` and counts the SQL statements that it sends, transaction control left out.
 * `statements()` tells the count so far, also when `work` throws.
 */
export async function countStatements<T>(
  work: (statements: () => number) => Promise<T>,
): Promise<{ result: T; statements: number }> {
  const tally: Tally = { count: 0 };
  const result = await current.run(tally, () => work(() => tally.count));
  return { result, statements: tally.count };
}
