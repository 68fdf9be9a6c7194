import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guest, withActor } from '../kernel/index.ts';
import {
  brokenInvariants,
  createTestDomain,
  sellProduct,
  signUp,
  type TestDomain,
} from '../testing/index.ts';
import {
  adjustStock,
  locationInput,
  MAIN_LOCATION_ID,
  receiveStock,
  reserveStock,
  saveLocation,
  showStock,
  stockAdjustment,
  stockReceipt,
  stockTransfer,
  transferStock,
} from './index.ts';

let shop: TestDomain;
let berlin: string;
beforeAll(async () => {
  shop = await createTestDomain();
  const input = locationInput.parse({ code: 'berlin', name: 'Berlin', country: 'DE', priority: 1 });
  berlin = (await saveLocation(shop.ctx, input)).id;
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

const main = MAIN_LOCATION_ID;
const request = () => shop.ctx.ids.next();

async function levels(variantId: string): Promise<Record<string, number>> {
  const { levels } = await showStock(shop.ctx, { variantId });
  return Object.fromEntries(levels.map(({ location, onHand }) => [location, onHand]));
}

describe('what staff do to stock', () => {
  test('is in the levels, in the ledger with its reason, and in the audit log', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 4 });
    const received = {
      requestId: request(),
      locationId: main,
      lines: [{ variantId, quantity: 6 }],
      reason: 'DN 7',
    };
    await receiveStock(shop.ctx, received);
    const lines = [{ variantId, quantity: 7 }];
    await transferStock(shop.ctx, { requestId: request(), fromId: main, toId: berlin, lines, reason: null });
    const lost = [{ variantId, delta: -2 }];
    await adjustStock(shop.ctx, { requestId: request(), locationId: berlin, lines: lost, reason: 'damaged' });
    expect(await levels(variantId)).toEqual({ main: 3, berlin: 5 });
    const report = await showStock(shop.ctx, { variantId });
    expect(report).toMatchObject({ available: 8, policy: 'deny', isLow: false });
    expect(report.movements.map((m) => [m.kind, m.location, m.onHand, m.reason])).toEqual([
      ['adjust', 'berlin', -2, 'damaged'],
      ['transfer', expect.any(String), expect.any(Number), null],
      ['transfer', expect.any(String), expect.any(Number), null],
      ['receive', 'main', 6, 'DN 7'],
      ['count', 'main', 4, null],
    ]);
    const audited = await shop.ctx.db
      .selectFrom('audit_log')
      .select(['action', 'target_id', 'after'])
      .where('action', 'like', 'stock.%')
      .where('action', '<>', 'stock.location-saved')
      .orderBy('id')
      .execute();
    expect(audited).toMatchObject([
      { action: 'stock.received', target_id: main, after: { lines: received.lines, reason: 'DN 7' } },
      { action: 'stock.transferred', target_id: main, after: { toId: berlin } },
      { action: 'stock.adjusted', target_id: berlin, after: { lines: lost, reason: 'damaged' } },
    ]);
  });

  test('is done once, however often it is asked for; an id is for one thing', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 0 });
    const receipt = {
      requestId: request(),
      locationId: main,
      lines: [{ variantId, quantity: 6 }],
      reason: null,
    };
    await Promise.all(Array.from({ length: 20 }, () => receiveStock(shop.ctx, receipt)));
    expect(await levels(variantId)).toEqual({ main: 6 });
    const other = { ...receipt, lines: [{ variantId, quantity: 7 }] };
    await expect(receiveStock(shop.ctx, other)).rejects.toMatchObject({
      code: 'conflict',
      data: { reason: 'other_request' },
    });
  });

  test('takes away nothing that is promised or not there, and then nothing at all', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
    const plenty = await sellProduct(shop.ctx, { stock: 50 });
    await shop.ctx.transaction((tx) =>
      reserveStock(tx, { holderId: tx.ids.next(), lines: [{ variantId, quantity: 4 }] }),
    );
    const both = (quantity: number) => [
      { variantId: plenty.variantId, quantity: 10 },
      { variantId, quantity },
    ];
    const transfer = (quantity: number) =>
      transferStock(shop.ctx, {
        requestId: request(),
        fromId: main,
        toId: berlin,
        lines: both(quantity),
        reason: null,
      });
    await expect(transfer(2)).rejects.toMatchObject({ code: 'conflict', data: { reason: 'promised' } });
    await expect(transfer(6)).rejects.toMatchObject({ code: 'conflict' });
    const backwards = { requestId: request(), fromId: berlin, toId: main, lines: both(1), reason: null };
    await expect(transferStock(shop.ctx, backwards)).rejects.toMatchObject({ code: 'conflict' });
    expect(await levels(plenty.variantId)).toEqual({ main: 50 });
    await transfer(1);
    expect(await levels(plenty.variantId)).toEqual({ main: 40, berlin: 10 });
  });

  test('crosses without a deadlock', async () => {
    const [a, b] = [await sellProduct(shop.ctx, { stock: 100 }), await sellProduct(shop.ctx, { stock: 100 })];
    const lines = [a, b].map(({ variantId }) => ({ variantId, quantity: 1 }));
    await transferStock(shop.ctx, {
      requestId: request(),
      fromId: main,
      toId: berlin,
      lines: lines.map((line) => ({ ...line, quantity: 50 })),
      reason: null,
    });
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        transferStock(shop.ctx, {
          requestId: request(),
          fromId: index % 2 ? main : berlin,
          toId: index % 2 ? berlin : main,
          lines: index % 3 ? lines : lines.toReversed(),
          reason: null,
        }),
      ),
    );
    expect(await levels(a.variantId)).toEqual({ main: 50, berlin: 50 });
  });

  test('is refused for what there is not, for nonsense, and to who may not', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
    const receipt = {
      requestId: request(),
      locationId: main,
      lines: [{ variantId, quantity: 1 }],
      reason: null,
    };
    const nothing = { ...receipt, lines: [{ variantId: request(), quantity: 1 }] };
    await expect(receiveStock(shop.ctx, nothing)).rejects.toMatchObject({ code: 'not_found' });
    const nowhere = { ...receipt, locationId: request() };
    await expect(receiveStock(shop.ctx, nowhere)).rejects.toMatchObject({ code: 'not_found' });
    for (const wrong of [
      [{ variantId, quantity: 0 }],
      [{ variantId, quantity: -1 }],
      [{ variantId, quantity: 1.5 }],
      [{ variantId, quantity: 1e9 }],
      [...receipt.lines, ...receipt.lines],
      [],
    ]) {
      expect(stockReceipt.safeParse({ ...receipt, lines: wrong }).success).toBe(false);
    }
    const adjustment = {
      requestId: request(),
      locationId: main,
      lines: [{ variantId, delta: 1 }],
      reason: '',
    };
    expect(stockAdjustment.safeParse(adjustment).success).toBe(false);
    const same = { requestId: request(), fromId: main, toId: main, lines: receipt.lines };
    expect(stockTransfer.safeParse(same).success).toBe(false);
    await expect(receiveStock(withActor(shop.ctx, guest), receipt)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const { ctx: customer } = await signUp(shop.ctx);
    await expect(receiveStock(customer, receipt)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(showStock(customer, { variantId })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await levels(variantId)).toEqual({ main: 5 });
  });
});
