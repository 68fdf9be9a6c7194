import type { Domain } from '@souk/domain/app';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Buckets of durations in seconds: from what a good answer takes to what nobody waits for. The bars of docs/slo.md are among them. */
export const SECONDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1, 2, 5, 10, 30,
];

/** What a program is a build of. */
export interface Build {
  readonly version: string;
  readonly commit: string;
}

/** A registry whose every series says which program it is of, with the process's own figures: CPU, memory, event loop, collections. */
export function createRegistry(service: 'bff' | 'worker', build: Build): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'build_info',
    help: 'always 1; its labels tell what runs',
    labelNames: ['version', 'commit'],
    registers: [registry],
  }).set({ version: build.version, commit: build.commit }, 1);
  return registry;
}

/** How the connections of the pool stand, at each scrape. */
export function addPoolMetrics(registry: Registry, pool: Domain['pool']): void {
  new Gauge({
    name: 'database_pool_connections',
    help: 'connections of the pool by state; waiting are callers without one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}
