import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { repository } from '../stack/paths.ts';

/** k6's exit code when a threshold was not kept. */
export const THRESHOLDS_CROSSED = 99;

/** A run of k6 in this terminal. */
export interface K6Run {
  /** Its exit code; `THRESHOLDS_CROSSED` when an objective was not kept. */
  readonly ended: Promise<number>;
  /** Lets it end by itself, with its report. */
  stop(): void;
}

/**
 * Starts a run of load-tests/runs.
 *
 * @param settings what load-tests/settings.ts and the run read, by name
 */
export function startK6(k6: string, run: string, settings: Readonly<Record<string, string>>): K6Run {
  const given = Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const script = join(repository, 'load-tests/runs', `${run}.ts`);
  // away from the terminal's Ctrl-C, which we pass on: k6 takes a second one for "at once, without a report"
  const child = spawn(k6, ['run', '--quiet', '--no-usage-report', ...given, script], {
    cwd: repository,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    detached: true,
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  return { ended, stop: () => stop(child) };
}

function stop(child: ChildProcess): void {
  child.kill('SIGINT');
}
