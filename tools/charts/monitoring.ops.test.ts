import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { chartDirectory, render } from './helm.ts';
import { ofKind, theOne, workloadsOf } from './manifests.ts';

/** A copy of the chart with files of ours, which hold what Helm could take for its own. */
let chart = '';
const rule = `groups:
  - name: probe
    rules:
      - alert: Probe
        expr: up{namespace="souk"} == 0
        annotations:
          summary: '{{ $labels.pod }} of {{ printf "%.2f" $value }}'
          runbook_url: docs/runbooks/probe.md
          dashboard: /d/souk-probe
`;
const dashboard = JSON.stringify({ title: 'Probe', legend: '{{pod}}', expr: 'up{namespace="souk"}' });

beforeAll(() => {
  chart = join(mkdtempSync(join(tmpdir(), 'souk-chart-')), 'souk');
  cpSync(chartDirectory, chart, { recursive: true });
  for (const folder of ['rules', 'dashboards']) mkdirSync(join(chart, folder), { recursive: true });
  writeFileSync(join(chart, 'rules/probe.yaml'), rule);
  writeFileSync(join(chart, 'dashboards/probe.json'), dashboard);
});
afterAll(() => rmSync(join(chart, '..'), { recursive: true, force: true }));

const ruleGroups = z.looseObject({
  spec: z.looseObject({
    groups: z.array(
      z.looseObject({
        name: z.string(),
        rules: z.array(
          z.looseObject({ expr: z.string(), annotations: z.record(z.string(), z.string()).optional() }),
        ),
      }),
    ),
  }),
});

test("rules keep Prometheus' own braces, and are told where they are", async () => {
  const manifests = await render({ values: 'production', namespace: 'shop', chart });
  const { spec } = theOne(manifests, ['PrometheusRule', 'souk-probe'], ruleGroups);
  expect(spec.groups[0]?.rules[0]).toMatchObject({
    expr: 'up{namespace="shop"} == 0',
    annotations: {
      summary: '{{ $labels.pod }} of {{ printf "%.2f" $value }}',
      runbook_url: 'https://github.com/example/souk/blob/main/docs/runbooks/probe.md',
      dashboard: 'https://grafana.example.com/d/souk-probe',
    },
  });
});

test('dashboards are the files themselves, for this namespace', async () => {
  const manifests = await render({ values: 'production', namespace: 'shop', chart });
  const config = theOne(
    manifests,
    ['ConfigMap', 'souk-dashboard-probe'],
    z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      data: z.record(z.string(), z.string()),
    }),
  );
  expect(config.metadata.labels.grafana_dashboard).toBe('1');
  expect(JSON.parse(config.data['probe.json'] ?? '')).toEqual({
    title: 'Probe',
    legend: '{{pod}}',
    expr: 'up{namespace="shop"}',
  });
});

test('every rule and dashboard of the chart is in the release, unchanged in its own namespace', async () => {
  const manifests = await render({ values: 'production' });
  const filesOf = (folder: string, ending: string) =>
    readdirSync(join(chartDirectory, folder)).filter((name) => name.endsWith(ending));
  for (const file of filesOf('rules', '.yaml')) {
    const { spec } = theOne(manifests, ['PrometheusRule', `souk-${file.replace('.yaml', '')}`], ruleGroups);
    const { groups } = ruleGroups.shape.spec.parse(
      parse(readFileSync(join(chartDirectory, 'rules', file), 'utf8')),
    );
    const bare = (from: typeof groups) =>
      from.map(({ name, rules }) => [
        name,
        ...rules.map(({ expr, annotations }) => [expr, annotations?.summary]),
      ]);
    expect(bare(spec.groups), file).toEqual(bare(groups));
  }
  for (const file of filesOf('dashboards', '.json')) {
    const { data } = theOne(
      manifests,
      ['ConfigMap', `souk-dashboard-${file.replace('.json', '')}`],
      z.looseObject({ data: z.record(z.string(), z.string()) }),
    );
    const written: unknown = JSON.parse(readFileSync(join(chartDirectory, 'dashboards', file), 'utf8'));
    expect(JSON.parse(data[file] ?? ''), file).toEqual(written);
    // a config map takes a megabyte
    expect(Buffer.byteLength(data[file] ?? ''), file).toBeLessThan(900_000);
  }
});

test('each program is scraped at its metrics port, and says itself which service it is', async () => {
  const manifests = await render({ values: 'production' });
  const monitors = ofKind(
    manifests,
    'PodMonitor',
    z.looseObject({
      spec: z.looseObject({
        selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
        podMetricsEndpoints: z.array(
          z.object({ port: z.string(), path: z.string(), interval: z.string(), honorLabels: z.boolean() }),
        ),
      }),
    }),
  );
  for (const { component, template } of workloadsOf(manifests)) {
    if (!['storefront', 'bff', 'worker'].includes(component)) continue;
    const own = monitors.filter(({ spec }) =>
      Object.entries(spec.selector.matchLabels).every(
        ([key, value]) => template.metadata.labels[key] === value,
      ),
    );
    expect(own, component).toHaveLength(1);
    expect(own[0]?.spec.podMetricsEndpoints).toEqual([
      { port: 'metrics', path: '/metrics', interval: '15s', honorLabels: true },
    ]);
    const ports = template.spec.containers.flatMap((container) => container.ports.map(({ name }) => name));
    expect(ports).toContain('metrics');
  }
});

test('nothing of the operator is made where it is off', async () => {
  const kinds = new Set((await render({ values: 'local' })).map(({ kind }) => kind));
  for (const kind of ['PodMonitor', 'PrometheusRule', 'ScaledObject', 'Rollout', 'Cluster'])
    expect(kinds).not.toContain(kind);
});
