import type { Limit, Report, Timing } from './figures.ts';
import { limitText, outcomeOf, shareText, timeText, verdictOf } from './words.ts';

/** A run for the terminal. */
export function textOf(report: Report): string {
  const { run, shopUrl, seconds, shoppers, orders, refusals } = report;
  const lines = [
    '',
    `${run}: ${shopUrl}, ${seconds} s`,
    `${shoppers} shoppers, ${orders} paid orders, ${refusals} clear refusals; ${rateText(report)}`,
    '',
    header('page'),
    ...report.pages.map(line),
    '',
    header('step'),
    ...report.steps.map(line),
    '',
    'wrong answers',
    ...report.errors.map(
      (share) => `  ${share.name.padEnd(32)}${shareText(share)}${limitsText(share.limits)}`,
    ),
    ...report.other.map((limit) => `  ${limit.name}: ${limitText(limit)}, ${verdictOf(limit)}`),
    '',
    outcomeOf(report),
    '',
  ];
  return lines.join('\n');
}

/** Its objectives alone. */
export function briefTextOf(report: Report): string {
  const { run, pages, steps, errors, other } = report;
  const lines = [...pages, ...steps, ...errors, ...other.map((limit) => ({ ...limit, limits: [limit] }))]
    .filter(({ limits }) => limits.length > 0)
    .map(({ name, limits }) => `  ${name.padEnd(32)}${limitsText(limits).trim()}`);
  return [`${run}: ${outcomeOf(report)}`, ...lines, ''].join('\n');
}

function rateText({ requestsPerSecond, pagesPerSecond }: Report): string {
  return `${requestsPerSecond.toFixed(1)} requests/s, ${pagesPerSecond.toFixed(1)} pages/s`;
}

const columns = ['answers', 'median', 'p95', 'p99', 'longest'] as const;

function header(what: string): string {
  return `${what.padEnd(32)}${columns.map((column) => column.padStart(10)).join('')}`;
}

function line({ name, count, median, p95, p99, max, limits }: Timing): string {
  const figures = [String(count), ...[median, p95, p99, max].map(timeText)];
  return `  ${name.padEnd(30)}${figures.map((figure) => figure.padStart(10)).join('')}${limitsText(limits)}`;
}

function limitsText(limits: readonly Limit[]): string {
  if (limits.length === 0) return '';
  return `   ${limits.map((limit) => `${limitText(limit)}: ${verdictOf(limit)}`).join('; ')}`;
}
