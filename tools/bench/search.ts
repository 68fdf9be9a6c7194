import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createDomain } from '@souk/domain/app';
import { type Context, createContext, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { type SearchQuery, searchProducts } from '@souk/domain/search';
import { Command } from 'commander';
import { repository } from '../stack/paths.ts';
import { startBenchStack } from './bench-stack.ts';
import { type JudgedQuery, ndcg, readQueries, readTraits, type Traits } from './quality.ts';

const { connections, requests } = new Command('search')
  .description(
    'Measures search on the fashion catalogue in ../shared/data, on both engines: NDCG@10 over its judged queries, and latency. The catalogue is imported into a stack of its own on the first run.',
  )
  .option('--connections <n>', 'how many shoppers search at once', Number, 16)
  .option('--requests <n>', 'how many searches are timed, an engine and a kind of listing', Number, 600)
  .parse()
  .opts<{ connections: number; requests: number }>();

const data = join(repository, '../shared/data');
const catalogue = join(data, 'fashion.csv.gz');
const queryFile = join(data, 'fashion-queries.jsonl');

if (existsSync(catalogue) && existsSync(queryFile)) await measure();
else console.log('Left out: ../shared/data is not here.');

async function measure(): Promise<void> {
  const { stack, env } = await startBenchStack();
  const config = loadDomainConfig({ ...process.env, ...env });
  const domain = createDomain(config, { logger: createLogger({ name: 'bench', level: 'warn' }) });
  try {
    souk(
      env,
      'import',
      catalogue,
      '--format',
      'csv',
      '--mapping',
      join(repository, 'tools/cli/mappings/fashion.json'),
    );
    souk(env, 'reindex');
    const ctx = domain.context({ actor: system });
    const queries = await readQueries(queryFile);
    const traits = await readTraits(ctx);
    for (const [name, engine] of Object.entries(engines(ctx))) {
      console.log(`\n${name}, ${traits.size.toLocaleString('en')} products`);
      await reportQuality(engine, queries, traits);
      await reportLatency(engine, queries, await floorOf(engine));
    }
  } finally {
    await domain.close();
    await stack.stop();
  }
}

function souk(env: Record<string, string>, ...args: string[]): void {
  execFileSync(process.execPath, [join(repository, 'tools/cli/souk.ts'), ...args], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
}

function engines(ctx: Context): Record<string, Context> {
  return {
    meilisearch: ctx,
    postgres: createContext({ ...ctx, services: { ...ctx.services, meili: null } }),
  };
}

async function reportQuality(ctx: Context, queries: readonly JudgedQuery[], traits: Traits): Promise<void> {
  const scores: { kind: string; score: number }[] = [];
  for (const query of queries) {
    const { items } = await searchProducts(ctx, { q: query.q, limit: 10 });
    const score = ndcg(
      query,
      traits,
      items.map((item) => item.id),
    );
    if (score !== null) scores.push({ kind: query.kind, score });
  }
  for (const kind of ['plain', 'typo']) {
    const those = scores.filter((scored) => scored.kind === kind);
    console.log(
      `  NDCG@10 ${kind.padEnd(6)} ${mean(those.map(({ score }) => score)).toFixed(3)}  (${those.length} queries)`,
    );
  }
  console.log(`  NDCG@10 all    ${mean(scores.map(({ score }) => score)).toFixed(3)}`);
}

/** One round trip to the engine, doing nothing: the limit that latencies are compared with, in milliseconds at the median. */
async function floorOf(ctx: Context): Promise<number> {
  const { meili } = ctx.services;
  const trip = meili
    ? () => meili.health()
    : () => ctx.db.selectNoFrom((eb) => eb.lit(1).as('one')).execute();
  return quantile(await time(trip), 0.5);
}

async function reportLatency(ctx: Context, queries: readonly JudgedQuery[], floor: number): Promise<void> {
  const text = (index: number) => queries[index % queries.length]?.q ?? '';
  const listings: Record<string, (index: number) => Partial<SearchQuery>> = {
    'search, all facets': (index) => ({ q: text(index) }),
    'search, three facets chosen': (index) => ({
      q: text(index),
      brands: ['nike', 'puma'],
      colours: ['black', 'blue'],
      priceMax: 15_000,
    }),
    'category, by price': () => ({ category: 'apparel', sort: 'price-asc' }),
    'everything, page 400': () => ({ page: 400 }),
  };
  console.log(
    `  latency at ${connections} connections, ms and times a bare round trip (${floor.toFixed(1)} ms)`,
  );
  for (const [name, query] of Object.entries(listings)) {
    const times = await time((index) => searchProducts(ctx, query(index)));
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    const ratio = `${(p50 / floor).toFixed(1)}x / ${(p95 / floor).toFixed(1)}x`;
    console.log(
      `    ${name.padEnd(28)} p50 ${p50.toFixed(1).padStart(6)}  p95 ${p95.toFixed(1).padStart(6)}  ${ratio}`,
    );
  }
}

async function time(work: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const shopper = async () => {
    while (next < requests) {
      next += 1;
      const start = performance.now();
      await work(next);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, shopper));
  return times;
}

function quantile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
