import { expect, test } from 'vitest';
import { faultCases } from './cases.ts';
import { tellReport } from './report.ts';
import { runFaults } from './run-faults.ts';

/** A short run of what `npm run test:faults` does at length. */
test('whatever is restarted, killed or hangs: shoppers buy on, or are told when to come back', async () => {
  const lines: string[] = [];
  const tell = (line: string) => lines.push(line);
  const report = await runFaults({
    cases: faultCases,
    seconds: 1,
    calmSeconds: 0.5,
    drainSeconds: 1.5,
    shoppers: 4,
    judgesTime: false,
    // whose catalogue is there already
    directory: 'e2e',
    tell,
  });
  tellReport(report, tell);
  const broken = [...report.cases.flatMap(({ breaches }) => breaches), ...report.breaches];
  expect(broken, lines.join('\n')).toEqual([]);
}, 400_000);
