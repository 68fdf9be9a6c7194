import { spawn } from 'node:child_process';
import { createServer, Socket } from 'node:net';
import { join } from 'node:path';
import { createDatabase } from '@souk/domain/kernel';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

/** Each run of the command line starts a process. */
vi.setConfig({ testTimeout: 90_000 });

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

async function migrate(databaseUrl: string, args: readonly string[] = [], onSaid = () => {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'souk.ts'), 'migrate', ...args], {
    env: { ...process.env, ...shop.env, DATABASE_URL: databaseUrl },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    onSaid();
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, stdout, stderr };
}

async function emptyDatabase(name: string): Promise<string> {
  const { db, pool } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  await pool.query(`create database ${name}`);
  await db.destroy();
  const url = new URL(shop.databaseUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

async function drop(name: string): Promise<void> {
  const { db, pool } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  await pool.query(`drop database ${name} with (force)`);
  await db.destroy();
}

test('several migrate an empty database at once: each step is done once, and all end well', async () => {
  const name = `souk_migrate_${process.pid}`;
  const url = await emptyDatabase(name);
  try {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(url, ['--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const steps = runs.flatMap(({ stdout }): string[] => JSON.parse(stdout).migrated);
    expect(steps.length).toBeGreaterThan(20);
    expect(new Set(steps).size).toBe(steps.length);
    const again = await migrate(url);
    expect(again).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
  } finally {
    await drop(name);
  }
});

test('it waits for a Postgres that starts, and then does its work', async () => {
  const target = new URL(shop.databaseUrl);
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = new Socket().connect(Number(target.port), target.hostname);
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => {});
    }
    client.pipe(server).pipe(client);
  });
  const port = await freePort();
  const through = new URL(shop.databaseUrl);
  through.host = `127.0.0.1:${port}`;
  // it starts to be there as soon as it is missed
  const { code, stdout, stderr } = await migrate(through.toString(), [], () => {
    if (!proxy.listening) proxy.listen(port, '127.0.0.1');
  });
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
  expect(stdout).toBe('The database is up to date.\n');
  expect(stderr).toMatch(/^Postgres is away, waiting for up to 60 s: .*ECONNREFUSED/);
  expect(code).toBe(0);
});

test('it gives up on one that stays away, and at once on one that refuses', async () => {
  const away = new URL(shop.databaseUrl);
  away.host = `127.0.0.1:${await freePort()}`;
  const gone = await migrate(away.toString(), ['--patience', '1']);
  expect(gone.code).toBe(1);
  expect(gone.stderr).toContain('ECONNREFUSED');
  const missing = new URL(shop.databaseUrl);
  missing.pathname = '/nobody_made_it';
  const refused = await migrate(missing.toString());
  expect(refused.code).toBe(1);
  expect(refused.stderr).not.toContain('waiting');
  expect(refused.stderr).toContain('"nobody_made_it" does not exist');
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
