import { createDomain, type Domain } from '@souk/domain/app';
import { saveProducts } from '@souk/domain/catalog';
import { releaseReservation, reserveStock } from '@souk/domain/inventory';
import { type Context, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { Command } from 'commander';
import pg from 'pg';
import { startBenchStack } from './bench-stack.ts';
import { prepareLimit, runLimitTransaction } from './limit-transaction.ts';

const { clients, seconds } = new Command('hot-item')
  .description(
    'Measures how fast one variant is reserved by many at once, as a ratio to a 5-statement write transaction of Postgres with as many clients in the same run.',
  )
  .option('--clients <n>', 'how many buy at once', Number, 64)
  .option('--seconds <n>', 'how long each is measured', Number, 6)
  .parse()
  .opts<{ clients: number; seconds: number }>();

const PLENTY = 50_000_000;

const { stack, env } = await startBenchStack();
const config = loadDomainConfig({ ...env, DATABASE_POOL_SIZE: String(clients) });
const domain = createDomain(config, { logger: createLogger({ name: 'bench', level: 'error' }) });
try {
  await measure(domain);
} finally {
  await domain.close();
  await stack.stop();
}

async function measure(domain: Domain): Promise<void> {
  const ctx = domain.context({ actor: system });
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: clients });
  const [hot = '', ...others] = await sell(ctx, clients + 1);
  try {
    // one row each, or nearly; and all of them on one row, as with one branch of the bank
    await prepareLimit(pool, clients);
    const limit = await rate('Postgres: 5-statement transaction', () => runLimitTransaction(pool, clients));
    await rate('Postgres: the same, all on one hot row', () => runLimitTransaction(pool, 1), limit);
    await rate(
      'reserve: each client a variant of its own',
      (client) => reserve(ctx, others[client] ?? ''),
      limit,
    );
    await rate('reserve: all the same variant', () => reserve(ctx, hot), limit);
    await rate('reserve and release: all the same variant', () => reserveAndRelease(ctx, hot), limit);
  } finally {
    await pool.end();
  }
  await soldOut(ctx);
}

/** Variants with more stock than can be sold. */
async function sell(ctx: Context, count: number, stock = PLENTY): Promise<string[]> {
  const skus = Array.from({ length: count }, () => `HOT-${crypto.randomUUID()}`);
  const products = skus.map((sku) => ({
    handle: sku.toLowerCase(),
    title: 'Hot',
    variants: [{ sku, price: { amount: 100, currency: 'USD' as const }, stock }],
  }));
  const saved = await ctx.transaction((tx) => saveProducts(tx, products));
  if (saved.some(({ outcome }) => outcome !== 'created')) throw new Error('the variants were not made');
  const rows = await ctx.db.selectFrom('variants').select('id').where('sku', 'in', skus).execute();
  return rows.map(({ id }) => id);
}

function reserve(ctx: Context, variantId: string) {
  return ctx.transaction((tx) =>
    reserveStock(tx, { holderId: tx.ids.next(), lines: [{ variantId, quantity: 1 }] }),
  );
}

async function reserveAndRelease(ctx: Context, variantId: string): Promise<void> {
  const { id } = await reserve(ctx, variantId);
  await ctx.transaction((tx) => releaseReservation(tx, id));
}

/** Runs `work` by all clients over and over. @returns how often a second it was done */
async function rate(
  title: string,
  work: (client: number) => Promise<unknown>,
  limit?: number,
): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < until) {
        const from = performance.now();
        await work(client);
        times.push(performance.now() - from);
      }
    }),
  );
  const perSecond = times.length / ((performance.now() - began) / 1000);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  const ratio = limit === undefined ? 'the limit' : `${(perSecond / limit).toFixed(2)} of the limit`;
  console.log(
    `  ${title.padEnd(44)} ${perSecond.toFixed(0).padStart(6)}/s  ${ratio.padEnd(18)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`,
  );
  return perSecond;
}

/** A rush on few units: how long until all of them know. */
async function soldOut(ctx: Context): Promise<void> {
  const [variantId = ''] = await sell(ctx, 1, 10);
  const began = performance.now();
  const results = await Promise.allSettled(Array.from({ length: clients }, () => reserve(ctx, variantId)));
  const held = results.filter(({ status }) => status === 'fulfilled').length;
  const took = (performance.now() - began).toFixed(0);
  console.log(`  ${clients} buyers at once of 10 units: ${held} hold one, all know after ${took} ms`);
}
