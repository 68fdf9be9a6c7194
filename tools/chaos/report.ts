import type { ChaosReport } from './prove-books.ts';

/** Tells what a run did, and the verdict. */
export function tellReport(report: ChaosReport, seed: number, tell: (line: string) => void): void {
  const { visits, kills, orders, charges, breaches } = report;
  tell('');
  tell(`seed ${seed}: ${visits.length} checkouts, ${orders} orders, ${charges} charges`);
  for (const [way, same] of [...Map.groupBy(visits, ({ way }) => way)].toSorted()) {
    tell(`  ${way}: ${countsOf(same.map((visit) => outcomeOf(visit)))}`);
  }
  const killed = [...kills].map(([victim, count]) => `${victim} ${count} times`);
  tell(`killed: ${killed.join(', ')}`);
  for (const breach of breaches) tell(`✗ ${breach}`);
  tell(breaches.length === 0 ? '✓ every invariant holds' : `${breaches.length} breaches`);
}

function outcomeOf({ ended, why }: ChaosReport['visits'][number]): string {
  return why === '' ? ended : `${ended} (${why})`;
}

function countsOf(outcomes: readonly string[]): string {
  return [...Map.groupBy(outcomes, (outcome) => outcome)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([outcome, same]) => `${same.length} ${outcome}`)
    .join(', ');
}
