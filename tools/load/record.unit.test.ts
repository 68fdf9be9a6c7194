import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type RecordedReport, recordLine, recordRun } from './record.ts';

const timing = (name: string, p95: number) => ({ name, count: 10, p95 });
const report: RecordedReport = {
  run: 'load',
  startedAt: '2026-11-22T07:58:50.000Z',
  seconds: 300,
  commit: 'abc1234',
  machine: '2 × a|b, 8 GiB',
  isPassed: true,
  shoppers: 240,
  orders: 12,
  requestsPerSecond: 41.6,
  pagesPerSecond: 5.04,
  pages: [timing('listing', 101.4), timing('search', 33.3), timing('cart', 44.5)],
  steps: [timing('from "Place order" to the order', 310)],
  errors: [
    { wrong: 0, of: 4_000 },
    { wrong: 1, of: 200 },
  ],
};
const line =
  '| 2026-11-22 | 2 × a/b, 8 GiB | abc1234 | load, 300 s | 240 shoppers, 12 orders | 42 (5.0 pages) | 101 | – | 33 | 45 | 310 | 1 of 4200 | kept |';

it('tells a run on one line of the log', () => {
  expect(recordLine(report)).toBe(line);
});

it('adds the line to the end of the table, and refuses a log that has none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-record-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const log = join(folder, 'performance.md');
  const file = join(folder, 'report.json');
  const mark = '<!-- npm run load -- … --record adds lines above -->';
  await writeFile(file, JSON.stringify(report));
  await writeFile(log, `| a |\n| --- |\n| 1 |\n\n${mark}\n\nMore.\n`);
  await recordRun(log, file);
  expect(await readFile(log, 'utf8')).toBe(`| a |\n| --- |\n| 1 |\n${line}\n\n${mark}\n\nMore.\n`);
  await writeFile(log, 'nothing');
  await expect(recordRun(log, file)).rejects.toThrow('lacks the mark');
});
