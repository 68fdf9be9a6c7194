import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { countTests } from './test-results.ts';

interface Run {
  name: string;
  files: [status: string, tests: string[]][];
  exitCode: number;
  counted: { passed: number; failed: number };
}

function writeReport(files: Run['files']): string {
  const directory = mkdtempSync(join(tmpdir(), 'souk-results-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'results.json');
  const count = (status: string) =>
    files.flatMap(([, tests]) => tests).filter((test) => test === status).length;
  const testResults = files.map(([status, tests]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  }));
  const report = { numPassedTests: count('passed'), numFailedTests: count('failed'), testResults };
  writeFileSync(path, JSON.stringify(report));
  return path;
}

test.each<Run>([
  {
    name: 'all passed',
    files: [['passed', ['passed', 'passed']]],
    exitCode: 0,
    counted: { passed: 2, failed: 0 },
  },
  {
    name: 'a test failed',
    files: [['failed', ['passed', 'failed']]],
    exitCode: 1,
    counted: { passed: 1, failed: 1 },
  },
  { name: 'a file did not load', files: [['failed', []]], exitCode: 1, counted: { passed: 0, failed: 1 } },
  {
    name: 'something outside of the tests failed',
    files: [['passed', ['passed']]],
    exitCode: 1,
    counted: { passed: 1, failed: 1 },
  },
  { name: 'nothing ran', files: [], exitCode: 1, counted: { passed: 0, failed: 1 } },
])('counts when $name', ({ files, exitCode, counted }) => {
  expect(countTests(writeReport(files), exitCode)).toEqual(counted);
});

test('counts a missing report as a failure', () => {
  expect(countTests('/nowhere/results.json', 1)).toEqual({ passed: 0, failed: 1 });
});
