import { once } from 'node:events';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openFreeInstance, openInstance } from './instance.ts';
import { findOnPath } from './paths.ts';
import { askRedis } from './redis-probe.ts';
import { type Stack, startStack } from './stack.ts';
import { isRunning, launch, query, temporaryDirectory } from './testing/helpers.ts';

// Each test starts servers, some three times: give a busy machine time.
vi.setConfig({ testTimeout: 60_000 });

const fast = { durable: false };

beforeEach(() => {
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'MEILI_URL', 'MEILI_API_KEY']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function pidsOf(stack: Stack): number[] {
  return stack.services.flatMap(({ supervised }) => supervised?.server().pid ?? []);
}

test('starts all stores on 127.0.0.1 and leaves no process behind', async () => {
  const stack = await startStack(openInstance(temporaryDirectory()), fast);
  const pids = pidsOf(stack);
  expect(await query(stack.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await askRedis(stack.redisUrl ?? '')).toMatch(/^\d+\./);
  const health = await fetch(`${stack.meiliUrl}/health`);
  expect(await health.json()).toEqual({ status: 'available' });
  expect(pids).toHaveLength(3);
  expect(pids.every(isRunning)).toBe(true);
  await stack.stop();
  expect(pids.filter(isRunning)).toEqual([]);
});

test('refuses clients without the password', async () => {
  const stack = await startStack(openInstance(temporaryDirectory()), fast);
  const wrong = (url: string) => url.replace(/:[0-9a-f]{48}@/, ':wrong@');
  await expect(query(wrong(stack.databaseUrl), 'SELECT 1')).rejects.toThrow('password authentication failed');
  await expect(askRedis(wrong(stack.redisUrl ?? ''))).rejects.toThrow('WRONGPASS');
  const search = await fetch(`${stack.meiliUrl}/indexes`);
  expect(search.status).toBe(401);
  await stack.stop();
});

test('keeps data, ports and passwords between starts', async () => {
  const directory = temporaryDirectory();
  const first = await startStack(openInstance(directory), fast);
  await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await startStack(openInstance(directory), fast);
  expect(second.environment).toEqual(first.environment);
  expect(await query(second.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('works where only the owner may enter, as in the home of root', async () => {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o700);
  for (const table of ['one', 'two']) {
    const stack = await startStack(openInstance(directory), fast);
    await query(stack.databaseUrl, `CREATE TABLE ${table} ()`);
    await stack.stop();
  }
});

test('takes another port when its own is taken', async () => {
  const directory = temporaryDirectory();
  const first = await startStack(openInstance(directory), fast);
  await first.stop();
  const squatter = createServer().listen(Number(new URL(first.databaseUrl).port), '127.0.0.1');
  await once(squatter, 'listening');
  const second = await startStack(openInstance(directory), fast);
  expect(second.databaseUrl).not.toBe(first.databaseUrl);
  expect(await query(second.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
  squatter.close();
});

test('starts each store again that is killed, with its data and on its port', async () => {
  const restarted: string[] = [];
  const onRestart = (name: string) => restarted.push(name);
  const stack = await startStack(openInstance(temporaryDirectory()), { onRestart });
  await query(stack.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  for (const pid of pidsOf(stack)) process.kill(pid, 'SIGKILL');
  await vi.waitFor(
    async () => {
      expect(await query(stack.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      expect(await askRedis(stack.redisUrl ?? '')).toMatch(/^\d+\./);
      expect((await fetch(`${stack.meiliUrl}/health`)).ok).toBe(true);
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(restarted.sort()).toEqual(['Meilisearch', 'Postgres', 'Redis']);
  const pids = pidsOf(stack);
  await stack.stop();
  expect(pids.filter(isRunning)).toEqual([]);
});

test.each(['setpriv', 'watchdog'])(
  'ends its servers when the launcher is killed (by %s), and starts anew',
  async (way) => {
    const directory = temporaryDirectory();
    const environment = way === 'setpriv' ? {} : { PATH: pathWithoutSetpriv(directory) };
    const { launcher, pids, databaseUrl } = await launch(directory, environment);
    await query(databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    launcher.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 20_000, interval: 50 });
    const stack = await startStack(openInstance(directory), fast);
    expect(await query(stack.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await stack.stop();
  },
);

/** A PATH with what the stack needs, and no setpriv: as on systems that have none. */
function pathWithoutSetpriv(directory: string): string {
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  for (const name of ['sh', 'redis-server']) {
    const target = findOnPath(name);
    if (target) symlinkSync(target, join(bin, name));
  }
  return bin;
}

test('ends in order when the launcher is asked to stop', async () => {
  const { launcher, pids } = await launch(temporaryDirectory());
  launcher.kill('SIGTERM');
  launcher.kill('SIGINT');
  await once(launcher, 'exit');
  expect(pids.filter(isRunning)).toEqual([]);
});

test('runs twice at once in two directories', async () => {
  const stacks = await Promise.all(
    [temporaryDirectory(), temporaryDirectory()].map((directory) =>
      startStack(openInstance(directory), fast),
    ),
  );
  const answers = await Promise.all(stacks.map((stack) => query(stack.databaseUrl, 'SELECT 1 AS one')));
  expect(answers).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  expect(new Set(stacks.map((stack) => stack.databaseUrl)).size).toBe(2);
  await Promise.all(stacks.map((stack) => stack.stop()));
});

test('gives one directory to one stack', async () => {
  const directory = temporaryDirectory();
  const instance = openInstance(directory);
  expect(() => openInstance(directory)).toThrow(`already running here (process ${process.pid})`);
  const next = openFreeInstance(directory);
  expect(next.directory).toBe(`${directory}-2`);
  next.release();
  instance.release();
  openInstance(directory).release();
});

test.each([
  [
    'DATABASE_URL',
    'postgres://somebody@127.0.0.1:1/shop',
    'DATABASE_URL: Postgres at postgres://127.0.0.1:1/shop cannot be used',
  ],
  ['DATABASE_URL', 'mysql://127.0.0.1/shop', 'DATABASE_URL is not an address that starts with postgres://'],
  ['REDIS_URL', 'redis://:hidden@127.0.0.1:1', 'REDIS_URL: Redis at redis://127.0.0.1:1 cannot be used'],
  ['MEILI_URL', 'http://127.0.0.1:1', 'MEILI_URL: Meilisearch at http://127.0.0.1:1 cannot be used'],
])('names %s when %s cannot be used', async (variable, value, message) => {
  vi.stubEnv(variable, value);
  const directory = temporaryDirectory();
  const starting = startStack(openInstance(directory), fast);
  await expect(starting).rejects.toThrow(message);
  await expect(starting).rejects.not.toThrow('hidden');
  openInstance(directory).release();
});

test('uses the services that the environment names', async () => {
  const own = await startStack(openInstance(temporaryDirectory()), fast);
  for (const [name, value] of Object.entries(own.environment)) vi.stubEnv(name, value);
  const guest = await startStack(openInstance(temporaryDirectory()), fast);
  expect(guest.environment).toEqual(own.environment);
  expect(pidsOf(guest)).toEqual([]);
  await guest.stop();
  vi.stubEnv('MEILI_API_KEY', 'wrong');
  await expect(startStack(openInstance(temporaryDirectory()), fast)).rejects.toThrow(
    'MEILI_API_KEY is refused by',
  );
  await own.stop();
});
