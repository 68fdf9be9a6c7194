import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { actorOfApiKey } from '@souk/domain/identity';
import { createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

async function souk(...args: string[]): Promise<string> {
  const command = [join(import.meta.dirname, 'souk.ts'), 'api-key', ...args];
  const { stdout } = await run(process.execPath, command, { env: { ...process.env, ...shop.env } });
  return stdout;
}

test('souk api-key makes, lists and revokes keys', async () => {
  expect(await souk('list')).toBe('There is no key.\n');
  const { email } = await signUp(shop.ctx, { role: 'admin' });
  const made = await souk('create', '--name', 'ERP', '--for', email, '--scopes', 'catalog:read, audit:read');
  const key = /^souk_[0-9a-f]{8}_[\w-]{43}$/m.exec(made)?.[0] ?? '';
  const actor = await actorOfApiKey(shop.ctx, key);
  expect([...(actor?.permissions ?? [])]).toEqual(['catalog:read', 'audit:read']);

  const listed = await souk('list');
  expect(listed).toContain(`${key.slice(0, 13)}  until `);
  expect(listed).not.toContain(key);
  expect(await souk('revoke', key.slice(0, 13))).toContain('opens nothing any more');
  expect(await actorOfApiKey(shop.ctx, key)).toBeNull();
  expect(await souk('list')).toContain('revoked');
});

test('it refuses what the member of staff may not do, and says why', async () => {
  const { email } = await signUp(shop.ctx, { role: 'support' });
  const args = ['create', '--name', 'ERP', '--for', email];
  await expect(souk(...args, '--scopes', 'products:update')).rejects.toThrow(/lacks products:update/);
  await expect(souk(...args, '--scopes', 'roles:grant')).rejects.toThrow(/Scopes are catalog:read/);
  await expect(souk(...args, '--scopes', 'catalog:read', '--days', '366')).rejects.toThrow(/from 1 to 365/);
  const stranger = ['create', '--name', 'ERP', '--for', 'no@example.com', '--scopes', 'catalog:read'];
  await expect(souk(...stranger)).rejects.toThrow(/has no account here/);
});
