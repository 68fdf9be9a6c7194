import { expect, test } from 'vitest';
import { racesOf, runRaces } from './run-races.ts';

/** Part of the whole size, which `npm run test:race` has: what it finds seldom, this finds seldom. */
const SHARE = 0.15;

test('many who want the same things at once: nothing is sold, charged or spent twice', async () => {
  const lines: string[] = [];
  const { breaches } = await runRaces(racesOf(SHARE), (line) => lines.push(line));
  expect(breaches, lines.join('\n')).toEqual([]);
}, 120_000);
