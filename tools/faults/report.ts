import type { CaseReport, FaultsReport } from './run-faults.ts';

const columns = [
  ['case', 16],
  ['requests', 9],
  ['refused', 8],
  ['failed', 7],
  ['p95 before', 11],
  ['during', 7],
  ['after', 6],
  ['recovery', 9],
  ['orders', 7],
] as const;

/** Tells what each case cost shoppers, and the verdict. */
export function tellReport(
  { cases, requests, orders, breaches }: FaultsReport,
  tell: (line: string) => void,
): void {
  tell('');
  tell(columns.map(([title, width], index) => padded(title, width, index)).join(' '));
  for (const report of cases) {
    tell(
      rowOf(report)
        .map((cell, index) => padded(cell, columns[index]?.[1] ?? 0, index))
        .join(' '),
    );
  }
  tell('requests, refused, failed and orders: while it lasted; p95 in ms; refused: 503 with Retry-After');
  for (const { name, breaches: broken, failures } of cases) {
    for (const failure of failures) tell(`  ${name}: ${failure}`);
    for (const breach of broken) tell(`✗ ${name}: ${breach}`);
  }
  tell(`${requests} requests, ${orders} orders in all`);
  for (const breach of breaches) tell(`✗ ${breach}`);
  const isFine = isWithinBars({ cases, requests, orders, breaches });
  tell(isFine ? '✓ every bar holds, and so does every invariant' : 'a bar is broken');
}

/** Whether everything is as it has to be. */
export function isWithinBars({ cases, breaches }: FaultsReport): boolean {
  return breaches.length === 0 && cases.every((report) => report.breaches.length === 0);
}

function rowOf({ name, course }: CaseReport): string[] {
  const { before, during, after, recoverySeconds } = course;
  const ms = (value: number) => String(Math.round(value));
  return [
    name,
    String(during.requests),
    String(during.refused),
    String(during.failed),
    ms(before.p95),
    ms(during.p95),
    ms(after.p95),
    recoverySeconds === 0 ? '-' : `${recoverySeconds.toFixed(1)} s`,
    String(during.orders),
  ];
}

const padded = (text: string, width: number, index: number) =>
  index === 0 ? text.padEnd(width) : text.padStart(width);
