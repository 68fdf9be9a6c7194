import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, createDatabaseProbe, isDomainError } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

test('who waits too long, or comes when too many wait, is refused; those in line are served', async () => {
  const { db, pool, pressure } = createDatabase({
    url: shop.databaseUrl,
    poolSize: 1,
    mostWaiting: 2,
    waitMs: 400,
  });
  const held = await pool.connect();
  const ask = () =>
    sql`select 1`.execute(db).then(
      () => 'answered',
      (error: unknown) => (isDomainError(error, 'overloaded') ? 'overloaded' : error),
    );
  expect(pressure.waitedMs()).toBe(0);
  const first = ask();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const second = ask();
  expect(await ask()).toBe('overloaded');
  expect(pressure.waitedMs()).toBeGreaterThan(150);
  expect(await first).toBe('overloaded');
  held.release();
  expect(await second).toBe('answered');
  expect(pressure.waitedMs()).toBe(0);
  await db.destroy();
});

test('a probe says that Postgres is up while every connection of the pool is in use, and when it is not', async () => {
  const { pool } = shop.domain;
  const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  expect(await shop.domain.health()).toMatchObject({ postgres: 'up' });
  for (const client of held) client.release();

  const nowhere = createDatabaseProbe('postgres://nobody@127.0.0.1:9/nothing', 200);
  expect(await nowhere.isUp()).toBe(false);
  await nowhere.close();
});
