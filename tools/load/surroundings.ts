import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { repository } from '../stack/paths.ts';

/** `2 × AMD EPYC 7B13, 8 GiB`. */
export function machineText(): string {
  const cores = cpus();
  const model = (cores[0]?.model ?? 'unknown').replace(/\s+/g, ' ').trim();
  return `${cores.length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** The commit at hand, with a mark when files were changed since; `unknown` outside of a clone. */
export function commitText(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const isChanged = git('status', '--porcelain', '--untracked-files=no').trim() !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (isChanged ? ' and changes' : '');
  } catch {
    return 'unknown';
  }
}
