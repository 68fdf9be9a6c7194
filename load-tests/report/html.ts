import type { Limit, Report, Timing } from './figures.ts';
import { limitText, outcomeOf, shareText, timeText, verdictOf } from './words.ts';

const styles = `
:root { color-scheme: light dark; --line: light-dark(#d5d8dc, #3a3f46); --good: light-dark(#0b6b3a, #6fd39c); --bad: light-dark(#b3261e, #ff9d94); }
html { background: light-dark(#fff, #121416); color: light-dark(#16181b, #f2f3f4); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
.table { overflow-x: auto; margin: 1.5rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; font-size: 1.25rem; padding: .5rem 0; }
th, td { text-align: right; padding: .4rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:last-child, th:last-child { text-align: left; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
.kept { color: var(--good); } .broken { color: var(--bad); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
`;

/** A run as one page that needs no other file. */
export function htmlOf(report: Report): string {
  const { run, isPassed } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load run: ${escaped(run)}, ${isPassed ? 'passed' : 'not passed'}</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>Load run: ${escaped(run)}</h1>
<p class="${isPassed ? 'kept' : 'broken'}">${outcomeOf(report)}</p>
${factsOf(report)}
${timings('Pages', 'Page', report.pages)}
${timings('Steps of buying', 'Step', report.steps)}
${errors(report)}
${others(report)}
</main>
</body>
</html>
`;
}

function factsOf(report: Report): string {
  const facts = [
    ['Shop', report.shopUrl],
    ['Began', report.startedAt],
    ['Took', `${report.seconds} s`],
    ['Commit', report.commit],
    ['Machine', report.machine],
    ['Shoppers', String(report.shoppers)],
    ['Paid orders', String(report.orders)],
    ['Clear refusals, such as “sold out”', String(report.refusals)],
    ['Requests a second', report.requestsPerSecond.toFixed(1)],
    ['Pages a second', report.pagesPerSecond.toFixed(1)],
  ] as const;
  const rows = facts.filter(([, value]) => value !== '');
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
}

function timings(caption: string, first: string, rows: readonly Timing[]): string {
  const body = rows.map(
    (row) =>
      `<tr><th scope="row">${escaped(row.name)}</th><td>${row.count}</td>${[
        row.median,
        row.p95,
        row.p99,
        row.max,
      ]
        .map((time) => `<td>${timeText(time)}</td>`)
        .join('')}<td>${limitList(row.limits)}</td></tr>`,
  );
  return table(caption, [first, 'Answers', 'Median', 'p95', 'p99', 'Longest', 'Objectives'], body);
}

function errors(report: Report): string {
  const body = report.errors.map(
    (share) =>
      `<tr><th scope="row">${escaped(share.name)}</th><td>${shareText(share)}</td><td>${limitList(share.limits)}</td></tr>`,
  );
  return table('Wrong answers', ['Where', 'How many', 'Objectives'], body);
}

function others({ other }: Report): string {
  if (other.length === 0) return '';
  const body = other.map(
    (limit) => `<tr><th scope="row">${escaped(limit.name)}</th><td>${limitList([limit])}</td></tr>`,
  );
  return table('Other objectives', ['Of', 'Objective'], body);
}

/** It scrolls by itself on narrow screens, by the keyboard, too. */
function table(caption: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((title) => `<th scope="col">${title}</th>`).join('');
  return `<div class="table" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function limitList(limits: readonly Limit[]): string {
  if (limits.length === 0) return '–';
  const items = limits.map(
    (limit) =>
      `<li class="${limit.isKept ? 'kept' : 'broken'}">${escaped(limitText(limit))}: ${verdictOf(limit)}</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
