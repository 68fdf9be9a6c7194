import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderDashboard } from './dashboards/grafana.ts';
import { dashboards } from './dashboards/index.ts';
import { dashboardsDirectory, filesIn, readRules } from './files.ts';
import { isKnown, knownMetrics } from './known-metrics.ts';
import { selectorsOf } from './promql.ts';
import { dashboardFiles } from './write-dashboards.ts';

const recorded = new Set(readRules().flatMap((rule) => ('record' in rule ? [rule.record] : [])));

test('the files of the chart are those that the sources make (npm run dashboards)', () => {
  const expected = dashboardFiles();
  expect(filesIn(dashboardsDirectory, '.json').map((path) => basename(path))).toEqual(
    expected.map(({ name }) => name).sort(),
  );
  for (const { path, text } of expected) expect(readFileSync(path, 'utf8')).toBe(text);
});

describe.each(dashboards)('$title', ({ rows }) => {
  const panels = rows.flatMap((row) => row.panels);

  test('asks for metrics that there are, of the chosen shop', () => {
    const known = knownMetrics();
    for (const { title, queries } of panels) {
      for (const { metric, matchers } of queries.flatMap(([, expr]) => selectorsOf(expr))) {
        expect(recorded.has(metric) || isKnown(metric, known), `${title}: ${metric}`).toBe(true);
        expect(matchers, `${title}: ${metric}`).toContain('namespace="$namespace"');
      }
    }
  });

  test('has panels that say how to read them, once each', () => {
    expect(panels.filter(({ description }) => description === '')).toEqual([]);
    const titles = panels.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });
});

test('a row that does not fill its columns is refused', () => {
  const panel = { title: 'x', description: 'y', unit: 'none', queries: [], width: 7 } as const;
  const rows = [{ title: 'narrow', height: 4, panels: [panel] }];
  expect(() => renderDashboard({ uid: 'u', title: 't', description: 'd', rows })).toThrow(/7 columns/);
});
