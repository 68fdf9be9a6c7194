import { expect, test } from 'vitest';
import { runDrill } from './run-drill.ts';

/** A short run of what `npm run drill:restore` does at length. */
test('a shop that lost its database comes back at a moment, with every order acknowledged by then', async () => {
  const lines: string[] = [];
  const report = await runDrill({
    seconds: 3,
    restores: 1,
    shoppers: 2,
    tell: (line) => lines.push(line),
  });
  expect(report.breaches, lines.join('\n')).toEqual([]);
  expect(report.orders).toBeGreaterThan(3);
  expect(report.restored).toHaveLength(1);
}, 240_000);
