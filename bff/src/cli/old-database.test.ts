import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDatabase } from '@souk/domain/kernel';
import { createTestDomain } from '@souk/domain/testing';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('a database that is older than the release is refused with what to do', async () => {
  const shop = await createTestDomain();
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  await db.schema.dropTable('kysely_migration').cascade().execute();
  await db.destroy();
  const souk = (...args: string[]) =>
    run(process.execPath, [join(import.meta.dirname, 'souk.ts'), ...args], {
      env: { ...process.env, ...shop.env },
    });
  await expect(souk('check')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('run souk migrate'),
  });
  await expect(souk('migrate', '--wait', '1')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not ready after 1 s: 0001'),
  });
  await shop.close();
});

test('waiting for the schema ends when it is there, and outlasts a database that is still away', async () => {
  const shop = await createTestDomain();
  const wait = (databaseUrl: string) =>
    run(process.execPath, [join(import.meta.dirname, 'souk.ts'), 'migrate', '--wait', '2'], {
      env: { ...process.env, ...shop.env, DATABASE_URL: databaseUrl },
    });
  await expect(wait(shop.databaseUrl)).resolves.toMatchObject({
    stdout: expect.stringContaining("has this release's schema"),
  });
  await expect(wait('postgres://souk@127.0.0.1:1/souk')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ECONNREFUSED'),
  });
  await shop.close();
});
