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
  await shop.close();
});
