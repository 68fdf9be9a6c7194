import { checkInvariants } from '../app/index.ts';
import type { Context } from '../kernel/index.ts';

/** What is wrong with stock and money by the design's invariants: an empty list when they hold. */
export async function brokenInvariants(ctx: Context): Promise<string[]> {
  const reports = await checkInvariants(ctx);
  return reports
    .filter((report) => report.breaches > 0)
    .map((report) => `not so: ${report.claim} (${report.examples.join(', ')})`);
}
