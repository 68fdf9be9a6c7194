import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const timing = z.object({ name: z.string(), count: z.number(), p95: z.number() });

/** The part of a run's report.json that the log of results holds. */
const report = z.object({
  run: z.string(),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  commit: z.string(),
  machine: z.string(),
  isPassed: z.boolean(),
  shoppers: z.number(),
  orders: z.number(),
  requestsPerSecond: z.number(),
  pagesPerSecond: z.number(),
  pages: z.array(timing),
  steps: z.array(timing),
  errors: z.array(z.object({ wrong: z.number(), of: z.number() })),
});
export type RecordedReport = z.infer<typeof report>;

/** Where a new line goes: before this mark, which stands behind the table. */
const MARK = '<!-- npm run load -- … --record adds lines above -->';

const shownPages = ['listing', 'product', 'search', 'cart'];

/** A line of the log's table. */
export function recordLine(run: RecordedReport): string {
  const p95 = (timings: readonly z.infer<typeof timing>[], name: RegExp) => {
    const found = timings.find((each) => name.test(each.name));
    return found === undefined || found.count === 0 ? '–' : String(Math.round(found.p95));
  };
  const wrong = run.errors.reduce((sum, each) => sum + each.wrong, 0);
  const all = run.errors.reduce((sum, each) => sum + each.of, 0);
  const cells = [
    run.startedAt.slice(0, 10),
    run.machine,
    run.commit,
    `${run.run}, ${run.seconds} s`,
    `${run.shoppers} shoppers, ${run.orders} orders`,
    `${run.requestsPerSecond.toFixed(0)} (${run.pagesPerSecond.toFixed(1)} pages)`,
    ...shownPages.map((page) => p95(run.pages, new RegExp(`^${page}$`))),
    p95(run.steps, /^from "Place order"/),
    `${wrong} of ${all}`,
    run.isPassed ? 'kept' : 'not kept',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
}

/**
 * Adds a run to the log of results.
 *
 * @param log docs/performance.md
 * @param reportFile report.json of the run
 * @throws when the log has no mark that says where
 */
export async function recordRun(log: string, reportFile: string): Promise<void> {
  const line = recordLine(report.parse(JSON.parse(await readFile(reportFile, 'utf8'))));
  const text = await readFile(log, 'utf8');
  if (!text.includes(MARK)) throw new Error(`${log} lacks the mark "${MARK}" behind its table`);
  // a blank line ends the table: the mark stands after it
  await writeFile(log, text.replace(`\n\n${MARK}`, `\n${line}\n\n${MARK}`));
}
