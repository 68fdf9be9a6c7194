import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../stack/paths.ts';
import { runbookOf } from './dashboards/grafana.ts';
import { dashboards } from './dashboards/index.ts';
import { type Alert, readRuleExpectations, readRules } from './files.ts';
import { isKnown, knownMetrics } from './known-metrics.ts';
import { selectorsOf } from './promql.ts';

const rules = readRules();
const alerts = rules.filter((rule): rule is Alert => 'alert' in rule);
const recorded = [...new Set(rules.flatMap((rule) => ('record' in rule ? [rule.record] : [])))];
const expectations = readRuleExpectations();

const firing = (name: string) =>
  expectations.flatMap(({ exp_samples: samples }) =>
    samples.filter(
      ({ labels }) =>
        labels.startsWith('ALERTS{') && labels.includes(`alertname="${name}",alertstate="firing"`),
    ),
  );

const silent = (name: string) =>
  expectations.filter(
    ({ expr, exp_samples: samples }) =>
      samples.length === 0 && new RegExp(`alertname=~?"(?:[^"]*\\|)?${name}[|"]`).test(expr),
  );

const labelsIn = (text: string) => [...text.matchAll(/([a-z_]+)="/g)].flatMap(([, name]) => name ?? []);

test('alerts have names of their own', () => {
  const names = alerts.map(({ alert }) => alert);
  expect(names).toEqual([...new Set(names)]);
  for (const name of names) expect(name).toMatch(/^Souk([A-Z][a-z]+)+$/);
});

describe.each(alerts)('$alert', ({ alert, annotations }) => {
  test('has a runbook that names it, and a dashboard that there is', () => {
    const path = join(repository, annotations.runbook_url);
    expect(existsSync(path), annotations.runbook_url).toBe(true);
    expect(readFileSync(path, 'utf8').split('\n')[0]).toContain(alert);
    expect(dashboards.map(({ uid }) => `/d/${uid}`)).toContain(annotations.dashboard);
  });

  test('is tested to fire and to stay silent', () => {
    expect(firing(alert).length).toBeGreaterThan(0);
    expect(silent(alert).length).toBeGreaterThan(0);
  });

  test('names labels only that it has when it fires', () => {
    const used = [
      ...Object.values(annotations)
        .join(' ')
        .matchAll(/\$labels\.([a-z_]+)/g),
    ].flatMap(([, name]) => name ?? []);
    const has = new Set(firing(alert).flatMap(({ labels }) => labelsIn(labels)));
    expect(used.filter((label) => !has.has(label))).toEqual([]);
  });
});

test.each(recorded)('%s is tested', (name) => {
  const asked = expectations.filter(
    ({ expr, exp_samples: samples }) =>
      samples.length > 0 && selectorsOf(expr).some(({ metric }) => metric === name),
  );
  expect(asked.length).toBeGreaterThan(0);
});

test('rules ask for metrics that there are, of their own namespace', () => {
  const known = knownMetrics();
  for (const { expr, ...rule } of rules) {
    for (const { metric, matchers } of selectorsOf(expr)) {
      const name = 'alert' in rule ? rule.alert : rule.record;
      expect(recorded.includes(metric) || isKnown(metric, known), `${name}: ${metric}`).toBe(true);
      // budgets are the same for every shop
      if (metric !== 'souk:slo_budget:ratio')
        expect(matchers, `${name}: ${metric}`).toContain('namespace="souk"');
    }
  }
});

test('each runbook of an alert is of an alert that there is, and the index lists it', () => {
  const directory = join(repository, 'docs/runbooks');
  const index = readFileSync(join(directory, 'README.md'), 'utf8');
  const ofAlerts = new Set(alerts.map(({ annotations }) => annotations.runbook_url));
  for (const name of readdirSync(directory)) {
    if (name === 'README.md') continue;
    expect(index, name).toContain(`(${name})`);
    const title = readFileSync(join(directory, name), 'utf8').split('\n')[0] ?? '';
    if (title.startsWith('# Souk')) expect(ofAlerts, name).toContain(`docs/runbooks/${name}`);
  }
});

test('dashboards lead to the runbooks of alerts', () => {
  const named = dashboards.flatMap(({ rows }) =>
    rows.flatMap(({ panels }) => panels.flatMap(({ alerts: names = [] }) => names)),
  );
  for (const name of named) {
    expect(alerts.map(({ alert }) => alert)).toContain(name);
    expect(existsSync(join(repository, runbookOf(name))), runbookOf(name)).toBe(true);
  }
});
