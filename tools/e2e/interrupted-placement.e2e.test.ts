import { createDatabase } from '@souk/domain/kernel';
import { aCard } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { createApiShopper } from './api-shopper.ts';

let shop: Shop;
let database: ReturnType<typeof createDatabase>;
beforeAll(async () => {
  shop = await startShop({ seedSize: 60 });
  database = createDatabase({ url: shop.databaseUrl, poolSize: 2 });
});
afterAll(async () => {
  await database.db.destroy();
  await shop.stop();
});

const sandbox = (path: string, body: unknown = {}) =>
  fetch(new URL(`/sandbox/${path}`, shop.sandboxUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const orders = () => database.db.selectFrom('orders').select(['number', 'payment_status']).execute();

async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = performance.now() + seconds * 1_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

test('a bff that is killed between authorisation and order loses nothing: the order is there within a minute, charged once', async () => {
  const shopper = createApiShopper(shop.bffUrl, shop.sandboxUrl);
  const totalsVersion = await shopper.reachReview(aCard());
  // without webhooks, so that it is the reconciler that finds it
  await sandbox('webhooks/pause');
  await sandbox('faults', {
    operation: 'payment_intents.create',
    kind: 'timeout_after_success',
    times: 1,
    delay_ms: 20_000,
  });
  const placing = shopper.place(totalsVersion).catch((error: unknown) => error);
  await until('the bank holds the money', 10, async () => {
    const state = await fetch(new URL('/sandbox/state', shop.sandboxUrl));
    return (await state.text()).includes('"requires_capture":1') ? true : undefined;
  });
  await shop.killBff();
  expect(await placing).toBeInstanceOf(Error);
  expect(await orders()).toEqual([]);
  await shop.startBff();

  const paid = await until('the order', 60, async () =>
    (await orders()).find((order) => order.payment_status === 'paid'),
  );
  expect(await shopper.status()).toMatchObject({ outcome: 'placed', orderNumber: paid.number });
  await sandbox('webhooks/resume');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await orders()).toEqual([paid]);
});

test('a bff that is killed before the bank is asked: it is asked within a minute, and once', async () => {
  const before = await orders();
  const shopper = createApiShopper(shop.bffUrl, shop.sandboxUrl);
  const totalsVersion = await shopper.reachReview(aCard());
  await sandbox('faults', { operation: 'payment_intents.create', kind: 'drop', times: 10 });
  const placing = shopper.place(totalsVersion).catch((error: unknown) => error);
  await until('placing', 10, async () =>
    database.db.selectFrom('checkouts').select('id').where('status', '=', 'placing').executeTakeFirst(),
  );
  await shop.killBff();
  await placing;
  await fetch(new URL('/sandbox/faults', shop.sandboxUrl), { method: 'DELETE' });
  await shop.startBff();

  const paid = await until('the order', 60, async () =>
    (await orders()).find(
      ({ number, payment_status: status }) =>
        status === 'paid' && !before.some((order) => order.number === number),
    ),
  );
  expect(await orders()).toHaveLength(before.length + 1);
  expect(await shopper.status()).toMatchObject({ outcome: 'placed', orderNumber: paid.number });
});
