import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDomain } from '@souk/domain/testing';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('the types of the schema are those of the migrated database', async () => {
  const shop = await createTestDomain();
  const souk = (...args: string[]) =>
    run(process.execPath, [join(import.meta.dirname, 'souk.ts'), ...args], {
      env: { ...process.env, ...shop.env },
    });
  expect((await souk('types', '--verify')).stdout).toContain('The types fit the schema.');
  await shop.ctx.db.schema.createTable('newer_than_the_types').addColumn('id', 'uuid').execute();
  await expect(souk('types', '--verify')).rejects.toMatchObject({ code: 1 });
  await shop.close();
});
