import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeFile, readmeNow, valuesTable } from './readme.ts';

test("the chart's README tells the values as they are (npm run charts:docs)", () => {
  expect(readFileSync(readmeFile, 'utf8')).toBe(readmeNow());
});

test('each value is a row, with its comment, and a group with a comment one of its own', () => {
  const yaml = `# Of the file.

# How many.
replicas: 3
# Of both.
group:
  # First
  # of all.
  one: a|b
  two: { cpu: 1, memory: 2Gi }
  three: []
`;
  expect(valuesTable(yaml).split('\n').slice(2)).toEqual([
    '| `replicas` | `3` | How many. |',
    '| `group` |  | Of both. |',
    '| `group.one` | `"a\\|b"` | First of all. |',
    '| `group.two` | `{"cpu":1,"memory":"2Gi"}` |  |',
    '| `group.three` | `[]` |  |',
  ]);
});
