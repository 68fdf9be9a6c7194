import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { repository } from '../stack/paths.ts';
import { keepPort } from '../stack/ports.ts';

let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'souk-clone-'));
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of list.split('\0').filter(Boolean)) {
    cpSync(join(repository, file), join(clone, file), { recursive: true });
  }
});

afterAll(() => {
  expect(processesOf(clone)).toEqual([]);
  rmSync(clone, { recursive: true, force: true });
});

/** The command lines of all processes that name the clone. */
function processesOf(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return ''; // it has ended meanwhile
      }
    })
    .filter((commandLine) => commandLine.includes(directory));
}

/** What a developer has: npm and the Node on PATH, nothing of ours in the environment. */
function npm(...args: string[]): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const ours = dirname(process.execPath);
  const path = (PATH ?? '')
    .split(':')
    .filter((directory) => directory !== ours && !directory.includes('node_modules'));
  const env = { PATH: path.join(':'), HOME, TMPDIR };
  return spawn('npm', args, { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function untilOpen(shop: ChildProcess): Promise<string> {
  let output = '';
  if (!shop.stdout) throw new Error('the output is not piped');
  for await (const line of createInterface({ input: shop.stdout })) {
    output += `${line}\n`;
    if (line.includes('Stop with Ctrl-C')) return output;
  }
  throw new Error(`the shop did not open:\n${output}`);
}

/** npm does not wait for what it started. */
async function stop(shop: ChildProcess): Promise<void> {
  shop.kill('SIGTERM');
  await once(shop, 'exit');
  await expect.poll(() => processesOf(clone), { timeout: 15_000 }).toEqual([]);
}

const Listing = z.object({ total: z.number() });

test('a fresh clone opens a shop with products by npm start alone, a second time within 10 s', async () => {
  const [port = 0, bffPort = 0, ...metricsPorts] = await Promise.all(
    Array.from({ length: 4 }, () => keepPort()),
  );
  const metrics = ['--metrics-port', '--storefront-metrics-port'].flatMap((option, at) => [
    option,
    metricsPorts[at] ?? 0,
  ]);
  const ports = ['--port', port, '--bff-port', bffPort, ...metrics].map(String);
  const first = npm('start', '--', ...ports);
  const told = await untilOpen(first);
  expect(told).toContain(`http://localhost:${port}`);
  await logInAs('admin@souk.example', told, `http://localhost:${port}`);
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
  const listing = await fetch(`http://127.0.0.1:${bffPort}/api/v1/products`);
  expect(Listing.parse(await listing.json()).total).toBeGreaterThan(100);
  await stop(first);

  const begun = Date.now();
  const second = npm('start', '--', ...ports);
  await untilOpen(second);
  expect(Date.now() - begun).toBeLessThan(10_000);
  await stop(second);
});

/** Logs in by the page, with the password that the start has told. */
async function logInAs(email: string, told: string, shopUrl: string): Promise<void> {
  expect(told).toContain(email);
  const password = told.match(/each with the password (\S+)/)?.[1] ?? '';
  const answer = await fetch(`${shopUrl}/login`, {
    method: 'POST',
    headers: { origin: shopUrl },
    body: new URLSearchParams({ email, password, returnTo: '/account' }),
    redirect: 'manual',
  });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/account');
}
