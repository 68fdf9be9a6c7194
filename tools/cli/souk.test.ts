import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const souk = async (...args: string[]) =>
  (await run(process.execPath, [join(import.meta.dirname, 'souk.ts'), ...args])).stdout;

test('developers have the commands of operators, and theirs besides', async () => {
  const help = await souk('--help');
  for (const name of ['migrate', 'reindex', 'seed', 'types'])
    expect(help).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(await souk('user', '--help')).toMatch(/^ {2}create .*^ {2}demo /ms);
});
