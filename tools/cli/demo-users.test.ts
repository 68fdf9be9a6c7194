import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

async function souk(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'souk.ts'), ...args], {
    env: { ...process.env, ...shop.env },
  });
  return stdout;
}

test('souk user demo makes a log-in for each role, once', async () => {
  expect(await souk('user', 'demo')).toContain('shopper@souk.example: customer\n');
  expect(await souk('user', 'demo')).toContain('admin@souk.example: admin, there already');
  const roles = await shop.ctx.db
    .selectFrom('user_roles as granted')
    .innerJoin('users as user', 'user.id', 'granted.user_id')
    .select('granted.role')
    .where('user.email', '=', 'catalogue@souk.example')
    .execute();
  expect(roles).toEqual([{ role: 'catalogue_manager' }]);
});
