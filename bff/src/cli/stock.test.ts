import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locationInput, reserveStock, saveLocation } from '@souk/domain/inventory';
import { createTestDomain, sellProduct, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
let shop: TestDomain;
let sku: string;
let variantId: string;

beforeAll(async () => {
  shop = await createTestDomain();
  const product = await sellProduct(shop.ctx, { stock: 5 });
  variantId = product.variantId;
  sku = product.handle.toUpperCase();
  await saveLocation(
    shop.ctx,
    locationInput.parse({ code: 'berlin', name: 'Berlin', country: 'DE', priority: 1 }),
  );
});
afterAll(() => shop?.close());

async function souk(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'souk.ts'), 'stock', ...args], {
    env: { ...process.env, ...shop.env },
  });
  return stdout;
}

test('stock comes, moves, is set right, and is shown', async () => {
  const request = shop.ctx.ids.next();
  expect(await souk('receive', sku, '4', '--request', request)).toBe(`${sku}: 9 at main.\n`);
  expect(await souk('receive', sku, '4', '--request', request)).toBe(`${sku}: 9 at main.\n`);
  const transferred = await souk('transfer', sku, '3', '--from', 'main', '--to', 'berlin');
  expect(transferred).toBe(`${sku}: 6 at main, 3 at berlin.\n`);
  expect(await souk('adjust', sku, '--reason', 'damaged', '--', '-2')).toBe(
    `${sku}: 4 at main, 3 at berlin.\n`,
  );
  expect(await souk('adjust', sku, '+1', '--at', 'berlin', '--reason', 'found')).toContain('4 at berlin');
  const shown = await souk('show', sku);
  expect(shown).toContain(`${sku}: 8 can be sold, 8 sent now (deny)`);
  expect(shown).toMatch(/adjust.*damaged.*system/);
}, 60_000);

test('what cannot be is told in words', async () => {
  await shop.ctx.transaction((tx) =>
    reserveStock(tx, { holderId: tx.ids.next(), lines: [{ variantId, quantity: 8 }] }),
  );
  const refused = async (words: string, ...args: string[]) =>
    expect(souk(...args)).rejects.toMatchObject({ stderr: expect.stringContaining(words) });
  await refused('promised to buyers', 'transfer', sku, '1', '--from', 'main', '--to', 'berlin');
  await refused('Nothing has the SKU', 'show', 'NOTHING');
  await refused('no location mars: main, berlin', 'receive', sku, '1', '--at', 'mars');
  await refused('another location', 'transfer', sku, '1', '--from', 'main', '--to', 'main');
  await refused('not 0', 'receive', sku, '0');
  await refused("'--reason <text>' not specified", 'adjust', sku, '1');
}, 60_000);
