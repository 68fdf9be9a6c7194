import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { dashboards } from './dashboards/index.ts';
import { filesIn, rulesDirectory, ruleTestsDirectory } from './files.ts';

// promtool comes with Prometheus: `apt-get install prometheus`, or its release, 2.42 or newer.

const run = promisify(execFile);
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'souk-rules-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** @returns what promtool says @throws with all that it says when it is not content */
async function promtool(...args: string[]): Promise<string> {
  const { stdout } = await run('promtool', args).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`promtool ${args[0]}: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    },
  );
  return stdout;
}

function ruleFileOf(exprs: readonly string[]): string {
  const rules = exprs.map((expr, index) => ({ record: `panel:${index}`, expr }));
  const path = join(directory, 'panels.yaml');
  writeFileSync(path, stringify({ groups: [{ name: 'panels', rules }] }));
  return path;
}

test('promtool reads all rules', async () => {
  const said = await promtool('check', 'rules', ...filesIn(rulesDirectory, '.yaml'));
  expect(said).toContain('SUCCESS');
  expect(said).not.toContain('FAILED');
});

test.each(filesIn(ruleTestsDirectory, '.yaml').map((path) => ({ name: basename(path), path })))(
  'rules behave as $name says',
  async ({ path }) => {
    expect(await promtool('test', 'rules', path)).toContain('SUCCESS');
  },
  300_000,
);

test.each(dashboards)('promtool reads every query of $title', async ({ rows }) => {
  const exprs = rows
    .flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(([, expr]) => expr)))
    .map((expr) =>
      expr.replaceAll('$namespace', 'souk').replaceAll('$__rate_interval', '1m').replaceAll('$__range', '6h'),
    );
  expect(await promtool('check', 'rules', ruleFileOf(exprs))).toContain(`${exprs.length} rules found`);
});

test('promtool refuses a query that is none', async () => {
  await expect(promtool('check', 'rules', ruleFileOf(['sum by (rate(x[5m])']))).rejects.toThrow(/promtool/);
});
