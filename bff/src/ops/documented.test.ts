import { readFileSync } from 'node:fs';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import type { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addBacklogMetrics } from './backlog-metrics.ts';
import { observeDomain, observeJobs } from './domain-metrics.ts';
import { createMetrics } from './metrics.ts';
import { addPoolMetrics, createRegistry } from './registry.ts';

const build = { version: '1.2.3', commit: 'c0ffee' };

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

/** The rows of the table in docs/observability.md: name, type and labels of what a program tells. */
function documented(service: string): string[] {
  const text = readFileSync(new URL('../../../docs/observability.md', import.meta.url), 'utf8');
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(
      ([, name = '', type = '', , , tellers = '']) =>
        type !== '' && /^[a-z_]+$/.test(name) && tellers.split(', ').includes(service),
    )
    .map(([, name, type, labels]) => `${name} ${type} (${labels})`)
    .sort();
}

const declared = z.object({ name: z.string(), type: z.string(), labelNames: z.array(z.string()) });

/** The same of what it really tells, the process's own figures left out. */
function told(registry: Registry): string[] {
  return registry
    .getMetricsAsArray()
    .map((metric) => declared.parse(metric))
    .filter(({ name }) => !/^(process|nodejs)_/.test(name))
    .map(({ name, type, labelNames }) => `${name} ${type} (${labelNames.join(', ')})`)
    .sort();
}

test('what the bff tells is what docs/observability.md says', () => {
  const metrics = createMetrics(build);
  metrics.watch(shop.domain);
  expect(documented('bff').length).toBeGreaterThan(10);
  expect(told(metrics.registry)).toEqual(documented('bff'));
});

test('what the worker tells is what docs/observability.md says', () => {
  const registry = createRegistry('worker', build);
  observeDomain(registry);
  observeJobs(registry);
  addPoolMetrics(registry, shop.domain.pool);
  addBacklogMetrics(registry, shop.domain);
  expect(told(registry)).toEqual(documented('worker'));
});
