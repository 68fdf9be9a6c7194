import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { StackError } from './errors.ts';
import type { Instance } from './instance.ts';
import { repository } from './paths.ts';
import { endOrphan, logTail, type Server, spawnServer, waitForHealth } from './processes.ts';

/** A long-running program of the shop, written in this repository. */
export interface Program {
  name: string;
  /** its entry, from the root of the repository */
  entry: string;
  /** answers 200 when the program is ready; without one it is ready when it runs */
  healthUrl?: string | undefined;
  /** in watch mode, restart for changes here alone, not for those in whatever it imports */
  watchPath?: string | undefined;
  /** what must be there before its health is asked for */
  after?: Promise<unknown> | undefined;
}

export interface RunOptions {
  env: Record<string, string>;
  /** restart when the code changes */
  watch?: boolean;
  /** sees each line of output, beside the log */
  onLine?: ((program: string, line: string) => void) | undefined;
  /** told of each process as soon as it exists */
  onSpawn?: ((server: Server) => void) | undefined;
}

const readyTimeoutMs = 60_000;

/** Starts a program and waits until it is ready. Fails with the end of its log. */
export async function startProgram(
  instance: Instance,
  program: Program,
  options: RunOptions,
): Promise<Server> {
  const server = await spawnProgram(instance, program, options);
  options.onSpawn?.(server);
  const { healthUrl } = program;
  await program.after;
  if (healthUrl !== undefined) await waitForHealth(server, () => answersWell(healthUrl), readyTimeoutMs);
  return server;
}

async function spawnProgram(instance: Instance, program: Program, options: RunOptions): Promise<Server> {
  const entry = join(repository, program.entry);
  const pidFile = instance.pidFile(program.name);
  await endOrphan(pidFile, entry, 'SIGTERM');
  return spawnServer({
    name: program.name,
    command: process.execPath,
    args: [...(options.watch ? watchArguments(program) : []), entry],
    cwd: repository,
    env: options.env,
    logFile: instance.logFile(program.name),
    pidFile,
    stopSignal: 'SIGTERM',
    onOutput: options.onLine && teeLines(program.name, instance.logFile(program.name), options.onLine),
  });
}

function watchArguments({ watchPath }: Program): string[] {
  const what = watchPath === undefined ? '--watch' : `--watch-path=${join(repository, watchPath)}`;
  return [what, '--watch-preserve-output'];
}

/** Runs a program to its end, its output in the log. Fails with the end of the log when it fails. */
export async function runToEnd(
  instance: Instance,
  task: { name: string; command: string; args: readonly string[]; cwd: string; env: Record<string, string> },
): Promise<void> {
  const logFile = instance.logFile(task.name);
  const server = spawnServer({
    ...task,
    logFile,
    pidFile: instance.pidFile(task.name),
    stopSignal: 'SIGTERM',
  });
  const how = await server.exited;
  if (how !== 'exit code 0') throw new StackError(`${task.name} failed (${how})\n${logTail(logFile)}`);
}

/** Writes output to the log and hands it on line by line. */
function teeLines(
  name: string,
  logFile: string,
  onLine: (program: string, line: string) => void,
): (chunk: Buffer) => void {
  const log = createWriteStream(logFile, { flags: 'a' });
  let rest = '';
  return (chunk) => {
    log.write(chunk);
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(name, line);
  };
}

async function answersWell(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
  await response.body?.cancel();
  return response.ok;
}
