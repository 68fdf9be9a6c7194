import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runWorker } from '@souk/domain/app';
import { compareBooks } from '@souk/domain/payments';
import { brokenInvariants, createTestDomain, sellProduct, type TestDomain } from '@souk/domain/testing';
import type { Service } from '../stack/service.ts';
import { startOwnStack } from '../testing/own-stack.ts';
import { archiveRest, type BaseBackup, keepLog, takeBaseBackup } from './archive.ts';
import { restoreTo } from './restore.ts';
import { openSales, type Sale } from './sales.ts';

/** How long the books may take to tell of everything. */
const SETTLE_MS = 90_000;

export interface DrillOptions {
  /** How long shoppers buy after the base backup. */
  readonly seconds: number;
  /** How many moments the shop is brought back to. */
  readonly restores: number;
  readonly shoppers: number;
  readonly tell: (line: string) => void;
}

/** One return to a moment. */
export interface Restored {
  readonly at: Date;
  /** Until the database took writes again, in milliseconds. */
  readonly tookMs: number;
  /** Orders that had been acknowledged by then. */
  readonly acknowledged: number;
  /** Of orders acknowledged later: those that the payment provider's books brought back, and those that it tells of. */
  readonly broughtBack: number;
  readonly told: number;
}

export interface DrillReport {
  readonly orders: number;
  readonly restored: readonly Restored[];
  readonly breaches: readonly string[];
}

/**
 * Backs up a shop that sells, loses its database, and brings it back to moments by chance: every order acknowledged by then must be there, and
 * no half of one; what was sold after it must be found by its money.
 */
export async function runDrill(options: DrillOptions): Promise<DrillReport> {
  const own = await startOwnStack('restore-drill', { durable: true, fresh: true });
  try {
    const postgres = own.stack.services.find(({ name }) => name === 'Postgres');
    if (postgres === undefined) throw new Error('the stack has no Postgres');
    const archive = await keepLog(postgres);
    const shop = await createTestDomain();
    try {
      return await drill(shop, postgres, archive, options);
    } finally {
      // Of no use where the database did not come back, and that is what is to be told then.
      await shop.close().catch(() => {});
    }
  } finally {
    await own.stop();
  }
}

async function drill(
  shop: TestDomain,
  postgres: Service,
  archive: string,
  { seconds, restores, shoppers, tell }: DrillOptions,
): Promise<DrillReport> {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1_000_000 });
  const worker = await runWorker(shop.domain);
  const sales = openSales(shop, variantId, shoppers);
  const base = await takeBaseBackup(postgres);
  tell(`base backup of ${base.files} files, while ${sales.sold.length} orders were placed`);
  await sleep(seconds * 1_000);
  await sales.close();
  await worker.stop();
  await archiveRest(postgres, archive);
  tell(`${sales.sold.length} orders acknowledged, the log is in the archive`);

  const breaches: string[] = [];
  const restored: Restored[] = [];
  for (let count = 0; count < restores; count += 1) {
    const at = momentOf(base, sales.sold);
    const tookMs = await restoreTo(postgres, { base, archive }, at);
    const { broken, ...found } = await look(shop, sales.sold, variantId, at);
    const result = { at, tookMs, ...found };
    restored.push(result);
    breaches.push(...broken.map((breach) => `${at.toISOString()}: ${breach}`));
    tell(describe(result));
    for (const breach of broken) tell(`  ✗ ${breach}`);
  }
  return { orders: sales.sold.length, restored, breaches };
}

/** A moment by chance, after the backup and before the last sale. */
function momentOf(base: BaseBackup, sold: readonly Sale[]): Date {
  const from = base.completedAt.getTime() + 1;
  const to = Math.max(...sold.map(({ askedAt }) => askedAt.getTime()));
  if (to <= from) throw new Error('nobody bought after the backup: give --seconds more');
  return new Date(randomInt(from, to));
}

/** Whether the shop is as it was at that moment, and goes on from there. */
async function look(shop: TestDomain, sold: readonly Sale[], variantId: string, at: Date) {
  const broken: string[] = [];
  const before = sold.filter(({ acknowledgedAt }) => acknowledgedAt <= at);
  const after = sold.filter(({ askedAt }) => askedAt > at);
  const atOnce = await ordersOf(shop);
  const lost = before.filter(({ cartId }) => !atOnce.has(cartId));
  if (lost.length > 0) broken.push(`${lost.length} of ${before.length} acknowledged orders are lost`);
  const early = after.filter(({ cartId }) => atOnce.has(cartId));
  if (early.length > 0) broken.push(`${early.length} orders are there from after that moment`);
  broken.push(...(await brokenInvariants(shop.ctx)));

  // What happens next by itself: the worker goes on, and the provider's books are held against ours.
  const worker = await runWorker(shop.domain);
  const books = await untilMoneyIsFound(shop, sold, at);
  if (books.told < books.gone)
    broken.push(`${books.gone} orders are gone, and the books tell of ${books.told}`);
  const next = openSales(shop, variantId, 1);
  await next.close();
  await worker.stop();
  broken.push(...(await brokenInvariants(shop.ctx)));
  const broughtBack = sold.filter(({ cartId }) => !atOnce.has(cartId) && books.orders.has(cartId)).length;
  return { broken, acknowledged: before.length, broughtBack, told: books.told };
}

/** Compares the books until each order that is gone is back or told of, or that takes too long. */
async function untilMoneyIsFound(shop: TestDomain, sold: readonly Sale[], at: Date) {
  const deadline = performance.now() + SETTLE_MS;
  // Money of the last quarter of an hour may be on its way to its order still: by then it is not.
  const later = { ...shop.ctx, clock: { now: () => new Date(Date.now() + 20 * 60_000) } };
  for (;;) {
    await compareBooks(later, { since: new Date(at.getTime() - 3_600_000) });
    const orders = await ordersOf(shop);
    const told = await discrepancies(shop);
    const gone = sold.filter(({ cartId }) => !orders.has(cartId)).length;
    if (told >= gone || performance.now() > deadline) return { orders, told, gone };
    await sleep(500);
  }
}

/** The carts that became orders. */
async function ordersOf(shop: TestDomain): Promise<Set<string>> {
  const rows = await shop.ctx.db
    .selectFrom('orders')
    .innerJoin('checkouts', 'checkouts.id', 'orders.checkout_id')
    .select('checkouts.cart_id')
    .execute();
  return new Set(rows.flatMap(({ cart_id }) => (cart_id === null ? [] : [cart_id])));
}

async function discrepancies(shop: TestDomain): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('payment_discrepancies')
    .select('intent_id')
    .where('kind', 'in', ['money_without_order', 'held_without_order'])
    .where('resolved_at', 'is', null)
    .execute();
  return new Set(rows.map(({ intent_id }) => intent_id)).size;
}

function describe({ at, tookMs, acknowledged, broughtBack, told }: Restored): string {
  return [
    `back at ${at.toISOString()} in ${(tookMs / 1_000).toFixed(1)} s:`,
    `${acknowledged} orders acknowledged by then, all looked for;`,
    `of those after it ${broughtBack} brought back by their money, ${told} told of to staff`,
  ].join(' ');
}
