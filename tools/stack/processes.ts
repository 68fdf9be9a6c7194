import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from './errors.ts';
import { readLogLine } from './log-lines.ts';
import { findOnPath } from './paths.ts';

export interface ServerOptions {
  /** what people call it */
  name: string;
  command: string;
  args: readonly string[];
  cwd: string;
  /** the whole environment: nothing is inherited, so that a developer's PGPORT cannot mislead a server */
  env: NodeJS.ProcessEnv;
  logFile: string;
  pidFile: string;
  /** the signal that makes this server stop cleanly */
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** account to run as; only root may choose one */
  account?: { uid: number; gid: number } | undefined;
  /** sees the output instead of the log file */
  onOutput?: ((chunk: Buffer) => void) | undefined;
}

export interface Server {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** settles when the process has ended, with its exit code or signal */
  readonly exited: Promise<string>;
  readonly hasExited: () => boolean;
  /** ends the process, gently at first, and waits for it; safe to call twice */
  stop(): Promise<void>;
  /** ends it at once, as a crash would */
  kill(): Promise<void>;
}

const stopTimeoutMs = 10_000;

/**
 * Starts a server that ends when this process ends, even by `kill -9`: the kernel signals it (`setpriv --pdeathsig`), or, where
 * there is no setpriv, a shell that waits on a pipe from us does.
 */
export function spawnServer(options: ServerOptions): Server {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const { command, args } = withParentDeathSignal(options);
  const log = openLog(options.logFile);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    ...options.account,
    // A process group of its own: Ctrl-C in the terminal reaches the launcher alone, which stops all in order.
    detached: true,
    stdio: options.onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', log, log],
  });
  closeSync(log);
  if (options.onOutput) {
    child.stdout?.on('data', options.onOutput);
    child.stderr?.on('data', options.onOutput);
  }
  return track(child, options);
}

function track(child: ChildProcess, options: ServerOptions): Server {
  let ended = false;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).then((how) => {
    ended = true;
    rmSync(options.pidFile, { force: true });
    return how;
  });
  const pid = child.pid;
  if (pid === undefined) throw new StackError(`${options.name} could not be started: ${options.command}`);
  writeFileSync(options.pidFile, String(pid));
  const watchdog = findOnPath('setpriv') ? undefined : startWatchdog(pid, options.stopSignal);

  const end = async (signal: NodeJS.Signals) => {
    if (!ended) child.kill(signal);
    const late = setTimeout(() => killGroup(pid), stopTimeoutMs);
    await exited;
    clearTimeout(late);
    watchdog?.stdin?.end('stopped\n');
  };
  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    exited,
    hasExited: () => ended,
    stop: () => end(options.stopSignal),
    kill: () => end('SIGKILL'),
  };
}

function withParentDeathSignal(options: ServerOptions): { command: string; args: readonly string[] } {
  const setpriv = findOnPath('setpriv');
  if (!setpriv) return options;
  const signal = options.stopSignal.replace('SIG', '');
  return { command: setpriv, args: ['--pdeathsig', signal, '--', options.command, ...options.args] };
}

function startWatchdog(pid: number, stopSignal: 'SIGTERM' | 'SIGINT'): ChildProcess {
  const script = 'read -r _ || kill -s "$1" "$2"';
  const args = ['-c', script, 'sh', stopSignal.replace('SIG', ''), String(pid)];
  return spawn('sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}

/**
 * Ends a server that outlived its launcher. The process number in the file may belong to someone else by now, so it is only touched
 * when its command line names `marker`, a path that only our own server has.
 */
export async function endOrphan(pidFile: string, marker: string, stopSignal: NodeJS.Signals): Promise<void> {
  const pid = readPid(pidFile);
  if (pid !== undefined && isOurs(pid, marker)) {
    process.kill(pid, stopSignal);
    const deadline = Date.now() + stopTimeoutMs;
    while (isOurs(pid, marker)) {
      if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
      await sleep(50);
    }
  }
  rmSync(pidFile, { force: true });
}

/** The process number in the first line of a file. */
function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process runs now and names the marker in its command line; a zombie has no command line. */
function isOurs(pid: number, marker: string): boolean {
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.stdout.includes(marker);
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(marker);
  } catch {
    return false;
  }
}

/** Waits until `probe` says true. A server that ends first or takes too long is stopped, and the error shows the end of its log. */
export async function waitForHealth(
  server: Server,
  probe: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (let pause = 10; !(await probe().catch(() => false)); pause = Math.min(pause * 1.5, 250)) {
    if (server.hasExited()) {
      const how = await server.exited;
      throw new StackError(`${server.name} ended while starting (${how})\n${logTail(server.logFile)}`);
    }
    if (Date.now() > deadline) {
      await server.stop();
      const seconds = timeoutMs / 1000;
      throw new StackError(`${server.name} was not ready after ${seconds} s\n${logTail(server.logFile)}`);
    }
    await sleep(pause);
  }
}

/** The last lines of a log that tell something, indented, with its path. */
export function logTail(logFile: string, lines = 20): string {
  let text = '';
  try {
    text = readFileSync(logFile, 'utf8').trimEnd();
  } catch {
    // No log yet: the path alone still helps.
  }
  const read = text.split('\n').slice(-500).map(readLogLine);
  const warnings = read.filter((line) => line.isWarning);
  const tail = (warnings.length > 0 ? warnings : read).flatMap((line) => line.full.split('\n')).slice(-lines);
  return [`  log: ${logFile}`, ...tail.map((line) => `  │ ${line}`)].join('\n');
}

/** A new log for each start; that of the start before stays beside it. */
function openLog(logFile: string): number {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.old`);
  return openSync(logFile, 'a');
}
