import { expect, test } from 'vitest';
import { runChaos } from './run-chaos.ts';

/** A short run of what `npm run test:chaos` does at length. */
test('whatever is killed while shoppers buy: the books are right when all is up again', async () => {
  const lines: string[] = [];
  const report = await runChaos({
    seed: 4,
    checkouts: 12,
    settleSeconds: 150,
    // whose catalogue is there already
    directory: 'e2e',
    tell: (line) => lines.push(line),
  });
  expect(report.breaches, lines.join('\n')).toEqual([]);
  expect(report.kills.size).toBe(6);
  expect(report.orders).toBeGreaterThan(3);
}, 400_000);
