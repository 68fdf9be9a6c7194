import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain?.close());

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

const running: Started[] = [];
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

function start(entry: 'main.ts' | 'worker.ts', env: Record<string, string>): Started {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout.on('data', (chunk) => void chunks.push(String(chunk)));
  child.stderr.on('data', (chunk) => void chunks.push(String(chunk)));
  const ended = once(child, 'close').then(() => child.exitCode);
  const started = { child, ended, output: () => chunks.join('') };
  running.push(started);
  return started;
}

const logLine = z.looseObject({ msg: z.string() });

async function lineSaying(started: Started, message: string) {
  const find = () =>
    started
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => logLine.parse(JSON.parse(line)))
      .find((line) => line.msg === message);
  await expect.poll(find, { timeout: 15_000, message: `"${message}" in the log` }).toBeDefined();
  return find();
}

const anyPorts = { BFF_PORT: '0', METRICS_PORT: '0', WORKER_METRICS_PORT: '0', LOG_LEVEL: 'info' };
const listening = z.object({ url: z.url(), metricsPort: z.int() });

describe('the bff’s process', () => {
  test('serves, tells its figures on a port of their own, and stops on SIGTERM', async () => {
    const started = start('main.ts', { ...domain.env, ...anyPorts });
    const { url, metricsPort } = listening.parse(await lineSaying(started, 'the bff listens'));
    await fetch(`${url}/trpc/shop.info`);
    const secretive = encodeURIComponent(JSON.stringify({ json: { number: 'SK-1', token: 's3cret' } }));
    await fetch(`${url}/trpc/orders.get?input=${secretive}`);

    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(figures).toContain(
      'http_request_duration_seconds_count{service="bff",method="GET",route="/trpc/:path",status="200"} 1',
    );
    expect(figures).toContain(
      'trpc_procedure_duration_seconds_count{service="bff",procedure="shop.info",type="query",outcome="ok"} 1',
    );
    expect(figures).toContain('trpc_procedure_statements_sum{service="bff",procedure="shop.info"} 1');
    expect(figures).toContain('database_pool_connections{state="waiting",service="bff"} 0');
    expect(figures).toContain('nodejs_eventloop_lag_seconds');

    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect(started.output()).not.toContain('s3cret');
  });

  test('names a wrong variable and nothing else, and ends with 1', async () => {
    const started = start('main.ts', { ...domain.env, BFF_PORT: 'http' });
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('BFF_PORT is wrong');
    expect(started.output()).not.toContain('    at ');
  });

  test('says in a line that its port is taken', async () => {
    const first = start('main.ts', { ...domain.env, ...anyPorts });
    const { url } = listening.parse(await lineSaying(first, 'the bff listens'));
    const { port } = new URL(url);
    const second = start('main.ts', { ...domain.env, ...anyPorts, BFF_PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`port ${port} is taken: choose another by BFF_PORT`);
  });
});

describe('the worker’s process', () => {
  test('runs, tells its figures, and stops on SIGTERM', async () => {
    const started = start('worker.ts', { ...domain.env, ...anyPorts, SOUK_VERSION: '4.5.6' });
    const line = await lineSaying(started, 'the worker runs');
    const { metricsPort } = listening.pick({ metricsPort: true }).parse(line);
    const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(figures).toContain('database_pool_connections{state="open",service="worker"}');
    expect(figures).toContain('jobs_waiting{service="worker"}');
    expect(figures).toMatch(/^build_info\{.*version="4.5.6".*\} 1$/m);
    expect((await fetch(`http://127.0.0.1:${metricsPort}/health/ready`)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  });
});
