import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../stack/paths.ts';

/** The chart as it is when its programs are of a version: both numbers follow them. */
export function chartOf(version: string, chart: string): string {
  return chart
    .replace(/^version: .*$/m, `version: ${version}`)
    .replace(/^appVersion: .*$/m, `appVersion: ${version}`);
}

/** The version that all packages have. */
export function currentVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(repository, 'bff/package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  throw new Error('bff/package.json has no version');
}

/** Turns the changesets into versions and changelogs of all packages, and gives the chart the same version. */
export function raiseVersion(): string {
  const cli = join(repository, 'tools/node_modules/@changesets/cli/bin.js');
  const run = spawnSync(process.execPath, [cli, 'version'], { cwd: repository, stdio: 'inherit' });
  if (run.status !== 0) throw new Error('changesets could not raise the version');
  const version = currentVersion();
  const path = join(repository, 'charts/souk/Chart.yaml');
  writeFileSync(path, chartOf(version, readFileSync(path, 'utf8')));
  return version;
}
