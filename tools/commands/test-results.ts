import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const Results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * Counts what a run of vitest has found, from its JSON report. A file that fails as a whole (it does not load, its set-up breaks)
 * counts as one failure, and so does a run that fails for any other reason: a missing report, an unhandled error, no tests at all.
 */
export function countTests(reportFile: string, exitCode: number): { passed: number; failed: number } {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 };
  const results = Results.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  const brokenFiles = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = results.numFailedTests + brokenFiles.length;
  return { passed: results.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
