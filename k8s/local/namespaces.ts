import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterNode } from './settings.ts';
import { localDirectory } from './settings.ts';
import type { Outcome, RunOptions } from './shell.ts';
import { attempt, run, until } from './shell.ts';

/** Makes a node: namespaces whose first process is node-init.sh. Its process id is kept in the node's folder. */
export async function createNode(node: ClusterNode): Promise<void> {
  mkdirSync(join(node.directory, 'logs'), { recursive: true });
  const ready = join(node.directory, 'ready');
  rmSync(ready, { force: true });
  const log = openSync(join(node.directory, 'logs', 'init.log'), 'a');
  const kinds = ['--mount', '--pid', '--net', '--uts', '--ipc', '--mount-proc', '--propagation', 'private'];
  const init = [join(localDirectory, 'node-init.sh'), node.directory, node.name];
  const parent = spawn('unshare', [...kinds, '--fork', '--kill-child', 'bash', ...init], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  parent.unref();
  if (parent.pid === undefined) throw new Error('unshare (Debian: util-linux) is not on PATH');
  const children = `/proc/${parent.pid}/task/${parent.pid}/children`;
  const first = await until(
    `${node.name} to get its namespaces`,
    20,
    async () => {
      const pid = readFileSync(children, 'utf8').trim();
      return existsSync(ready) && pid !== '' ? pid : undefined;
    },
    50,
  );
  writeFileSync(pidFile(node), first);
}

/** Ends a node with every process in it; what it had mounted or configured goes with it. */
export async function endNode(node: ClusterNode): Promise<void> {
  const pid = pidOf(node);
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  await until(`${node.name} to end`, 20, async () => !existsSync(`/proc/${pid}`), 50);
  rmSync(pidFile(node), { force: true });
}

/** The node's first process, if it lives: a number that another process has got since does not count. */
export function pidOf(node: ClusterNode): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile(node), 'utf8'));
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(node.directory) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The words that put a command into a node. */
function inside(node: ClusterNode, command: readonly string[]): string[] {
  const pid = pidOf(node);
  if (pid === undefined) throw new Error(`${node.name} is not up: npm run cluster:up`);
  return ['nsenter', '-t', String(pid), '-m', '-p', '-n', '-u', '-i', '--', ...command];
}

/** Runs a command in a node to its end; throws when it fails. */
export function runInside(
  node: ClusterNode,
  command: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const [program = '', ...args] = inside(node, command);
  return run(program, args, options);
}

/** Runs a command in a node to its end, whatever its exit code. */
export function attemptInside(
  node: ClusterNode,
  command: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const [program = '', ...args] = inside(node, command);
  return attempt(program, args, options);
}

/** Starts a program of a node that runs for as long as the node does; its log is `logs/<name>.log` in the node's folder. */
export function startInside(node: ClusterNode, name: string, command: readonly string[]): void {
  const [program = '', ...args] = inside(node, command);
  const log = openSync(join(node.directory, 'logs', `${name}.log`), 'a');
  spawn(program, args, { detached: true, stdio: ['ignore', log, log], cwd: node.directory }).unref();
}

function pidFile(node: ClusterNode): string {
  return join(node.directory, 'init.pid');
}
