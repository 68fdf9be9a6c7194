import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
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

/** A shop that is down has the same to say a thousand times. */
const MOST_LINES = 12;

/**
 * Starts a run of load-tests/runs. What k6 complains of is kept in k6.log, its first lines are told.
 *
 * @param settings what load-tests/settings.ts and the run read, by name
 * @param folder where the log goes
 */
export function startK6(
  k6: string,
  run: string,
  settings: Readonly<Record<string, string>>,
  folder: string,
): K6Run {
  const quietly = ['--quiet', '--no-usage-report', '--log-format=raw'];
  const child = spawn(k6, ['run', ...quietly, ...given(settings), scriptOf(run)], {
    cwd: repository,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: onlyUsual(),
    // away from the terminal's Ctrl-C, which we pass on: k6 takes a second one for "at once, without a report"
    detached: true,
  });
  const logFile = join(folder, 'k6.log');
  const log = createWriteStream(logFile);
  let lines = 0;
  createInterface(child.stderr).on('line', (line) => {
    log.write(`${line}\n`);
    lines += 1;
    if (lines <= MOST_LINES) console.error(`  ! ${line}`);
    if (lines === MOST_LINES + 1) console.error(`  ! and so on: ${logFile}`);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      log.end();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
  return { ended, stop: () => child.kill('SIGINT') };
}

/**
 * Writes a run with all that it imports as one file, for machines that have k6 and nothing of ours. How many come and how long is fixed in
 * it; other settings are left to who runs it.
 */
export async function archiveRun(
  k6: string,
  run: string,
  settings: Readonly<Record<string, string>>,
  file: string,
): Promise<void> {
  const args = ['archive', '--exclude-env-vars', ...given(settings), '-O', file, scriptOf(run)];
  await promisify(execFile)(k6, args, { cwd: repository, env: onlyUsual() });
}

function given(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
}

function scriptOf(run: string): string {
  return join(repository, 'load-tests/runs', `${run}.ts`);
}

/** Runs read what they are given, and not what happens to be set. */
function onlyUsual(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
}
