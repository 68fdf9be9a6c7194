import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { createTestDomain } from '../testing/index.ts';
import { createDatabase } from './database.ts';

test('a connection that breaks while nobody uses it is told of, without what it knew, and replaced', async () => {
  const shop = await createTestDomain();
  const errors: Error[] = [];
  const { db } = createDatabase({
    url: shop.ctx.config.databaseUrl,
    poolSize: 1,
    onPoolError: (error) => errors.push(error),
  });
  const pidOf = async () =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid ?? 0;
  try {
    const pid = await pidOf();
    await sql`select pg_terminate_backend(${pid})`.execute(shop.ctx.db);
    await vi.waitFor(() => expect(errors).not.toEqual([]));
    for (const error of errors) expect(error).not.toHaveProperty('client');
    expect(await pidOf()).not.toBe(pid);
  } finally {
    await db.destroy();
    await shop.close();
  }
});
