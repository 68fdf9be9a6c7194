/**
 * Tells Argo CD which images an environment shall run, by a commit: `deploy.ts <environment> <version>`, or `deploy.ts <environment> --back`,
 * which takes the last such commit back. Uses nothing but Node and git.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const repository = resolve(import.meta.dirname, '../..');
const environments = ['staging', 'production'];
/** Somebody else may push at the same moment. */
const TRIES = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { back: { type: 'boolean', default: false } },
});
const [environment = '', version = ''] = positionals;
if (!environments.includes(environment) || values.back === /^\d+\.\d+\.\d+$/.test(version)) {
  console.error('usage: deploy.ts <staging|production> <version|--back>');
  process.exit(2);
}

const path = `k8s/releases/${environment}.yaml`;
git('config', 'user.name', 'souk release');
git('config', 'user.email', 'release@souk.example');
for (let tries = 1; ; tries += 1) {
  git('fetch', 'origin', 'main');
  git('reset', '--hard', 'origin/main');
  change();
  try {
    git('push', 'origin', 'HEAD:main');
    break;
  } catch (error) {
    if (tries === TRIES) throw error;
  }
}

function change(): void {
  if (values.back) {
    git('revert', '--no-edit', git('log', '-1', '--format=%H', '--', path).trim());
    return;
  }
  const content = `# Written by the release workflow: which images run in ${environment}. To roll back, revert the commit.\nimage:\n  tag: ${version}\n`;
  writeFileSync(join(repository, path), content);
  git('commit', '--allow-empty', '-m', `Deploy ${version} to ${environment}`, '--', path);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
}
