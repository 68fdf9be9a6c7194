import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryLock } from './file-lock.mjs';
import { temporaryDirectory } from './stack/testing/helpers.ts';

test('is held by one at a time', () => {
  const path = join(temporaryDirectory(), 'lock');
  const first = tryLock(path);
  expect(tryLock(path)).toEqual({ holder: process.pid });
  first.release?.();
  expect(tryLock(path).release).toBeTypeOf('function');
});

test.each([
  ['a process that is gone', { pid: 999_999_999, started: '1' }],
  ['a process whose number has gone to another', { pid: process.pid, started: '1' }],
])('is taken over from %s', (_holder, content) => {
  const path = join(temporaryDirectory(), 'lock');
  writeFileSync(path, JSON.stringify(content));
  expect(tryLock(path).release).toBeTypeOf('function');
});

test('keeps many processes apart that fight for a stale lock', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'lock');
  const journal = join(directory, 'journal');
  appendFileSync(journal, '');
  writeFileSync(path, JSON.stringify({ pid: 999_999_999, started: '1' }));
  const script = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { lock } from ${JSON.stringify(join(import.meta.dirname, 'file-lock.mjs'))};
    for (let round = 0; round < 5; round++) {
      const release = await lock(${JSON.stringify(path)});
      appendFileSync(${JSON.stringify(journal)}, 'in ');
      await sleep(2);
      appendFileSync(${JSON.stringify(journal)}, 'out ');
      release();
    }`;
  const fighters = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(fighters.map(async (fighter) => (await once(fighter, 'exit'))[0]));
  expect(codes).toEqual(fighters.map(() => 0));
  expect(readFileSync(journal, 'utf8')).toBe('in out '.repeat(30));
});
