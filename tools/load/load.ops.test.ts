import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { findTool } from '../go/go-tools.ts';
import { repository } from '../stack/paths.ts';

const report = z.object({
  shoppers: z.number(),
  orders: z.number(),
  refusals: z.number(),
  pages: z.array(z.object({ name: z.string(), count: z.number() })),
  errors: z.array(z.object({ name: z.string(), wrong: z.number(), of: z.number() })),
});

/** Runs the command as a developer does. How fast the shop is on a machine that tests share says nothing: its exit code is left alone. */
async function load(...args: string[]): Promise<{ told: string; report: z.infer<typeof report> }> {
  const command = join(repository, 'tools/commands/load.ts');
  const run = promisify(execFile)(process.execPath, [command, ...args], { cwd: repository });
  const { stdout } = await run.catch((error: unknown) => z.object({ stdout: z.string() }).parse(error));
  const file = /Report: (\S+)\.html/.exec(stdout)?.[1];
  expect(file, stdout).toBeDefined();
  const text = await readFile(join(repository, `${file}.json`), 'utf8');
  return { told: stdout, report: report.parse(JSON.parse(text)) };
}

it('sends shoppers of all kinds for ten seconds, who see every page, buy, and meet no wrong answer', async () => {
  const { told, report } = await load('smoke', '--duration', '10s');
  expect(report.errors.map(({ wrong }) => wrong)).toEqual([0, 0]);
  expect(report.orders).toBeGreaterThanOrEqual(1);
  expect(report.pages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['home', 'listing', 'product', 'search', 'cart', 'checkout', 'order', 'picture']),
  );
  expect(told).toContain('✓ Books looked into');
  expect(told).not.toContain('not so:');
}, 600_000);

it('sells as many as there are at a flash sale, and tells everybody else', async () => {
  const { told, report } = await load('spike', '--shoppers', '40', '--stock', '5', '--no-files');
  expect(report).toMatchObject({ shoppers: 40, orders: 5, refusals: 35 });
  expect(report.errors.map(({ wrong }) => wrong)).toEqual([0, 0]);
  expect(told).toContain('✓ Books looked into');
  expect(told).not.toMatch(/✗|not so:|were sold, and not/);
}, 600_000);

it('writes a run for other machines, its size in it', async () => {
  const file = join(repository, 'load-tests/operator/load/run.tar');
  onTestFinished(() => rm(file, { force: true }));
  const command = join(repository, 'tools/commands/load.ts');
  const size = ['--rate', '6000', '--duration', '10m'];
  await promisify(execFile)(process.execPath, [command, 'load', ...size, '--archive']);
  const { stdout } = await promisify(execFile)(findTool('k6'), ['inspect', file]);
  expect(JSON.parse(stdout)).toMatchObject({
    scenarios: {
      load: {
        executor: 'ramping-arrival-rate',
        stages: [
          { target: 6_000, duration: '2m0s' },
          { target: 6_000, duration: '8m0s' },
        ],
      },
    },
  });
}, 60_000);
