import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runInForeground } from '../stack/foreground.ts';
import { cacheDirectory, repository } from '../stack/paths.ts';
import { terminalProgress } from '../stack/progress.ts';
import { buildCheck, lintChecks, runChecks, typeChecks } from './checks.ts';
import { countTests } from './test-results.ts';

const usage = `Usage: npm test [-- [all|unit|integration|e2e|ops] [options of vitest]]

  all (default)  lint, types, build, then every test; without the checks when only options of vitest are given
  unit           pure rules: no services
  integration    use cases on the embedded Postgres, Redis and Meilisearch
  e2e            the whole shop in a browser
  ops            chart, alerts and the like, by tools that "npm run tools:install" builds; never part of "all"

The last line is "N passed, N failed"; a check counts as one.`;

const kindsOfAll = ['unit', 'integration', 'e2e'];
const kinds = ['all', ...kindsOfAll, 'ops'];

interface Tally {
  passed: number;
  failed: number;
}

async function main(args: readonly string[]): Promise<Tally> {
  const [first] = args;
  const kind = first !== undefined && kinds.includes(first) ? first : undefined;
  const vitestArgs = kind === undefined ? args : args.slice(1);
  const withChecks = args.length === 0 || kind === 'all';
  const tallies: Tally[] = withChecks ? await runAllChecks() : [];
  // The pages under test are those of the production build.
  if (kind === 'e2e') tallies.push(await runChecks([buildCheck], progress));
  const projects = kind === undefined || kind === 'all' ? kindsOfAll : [kind];
  tallies.push(await runTests([...projects.flatMap((project) => ['--project', project]), ...vitestArgs]));
  return tallies.reduce((sum, tally) => ({
    passed: sum.passed + tally.passed,
    failed: sum.failed + tally.failed,
  }));
}

async function runAllChecks(): Promise<Tally[]> {
  return [
    await runChecks(lintChecks, progress),
    await runChecks(typeChecks, progress, 2),
    await runChecks([buildCheck], progress),
  ];
}

async function runTests(args: readonly string[]): Promise<Tally> {
  const results = join(cacheDirectory, `test-results-${process.pid}.json`);
  const vitest = join(repository, 'tools/node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const config = join(repository, 'tools/vitest.config.ts');
  const exitCode = await runInForeground(
    vitest,
    ['run', '--config', config, ...reporters, ...args],
    process.env,
  );
  const tally = countTests(results, exitCode);
  rmSync(results, { force: true });
  return tally;
}

const args = process.argv.slice(2);
const progress = terminalProgress();
if (args[0] === '--help' || args[0] === '-h') {
  console.log(usage);
} else {
  const { passed, failed } = await main(args);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}
