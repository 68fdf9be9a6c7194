import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
  const given = Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const script = join(repository, 'load-tests/runs', `${run}.ts`);
  const quietly = ['--quiet', '--no-usage-report', '--log-format=raw'];
  const child = spawn(k6, ['run', ...quietly, ...given, script], {
    cwd: repository,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
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
