import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from '../stack/paths.ts';

const run = promisify(execFile);

/** As a cluster runs it: nobody in particular, nothing to write to but /tmp; on this machine's network, where the test's stores are. */
const asInACluster = [
  ...['--read-only', '--read-only-tmpfs=false', '--tmpfs', '/tmp', '--network', 'host', '--no-healthcheck'],
  ...['--cap-drop', 'all', '--security-opt', 'no-new-privileges'],
  // fewer than podman's own, which a machine may not grant
  ...['--ulimit', 'nofile=20000:20000', '--ulimit', 'nproc=20000:20000'],
  ...(findOnPath('runc') === undefined ? [] : ['--runtime', 'runc']),
];

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a container to its end. */
export async function runContainer(
  image: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const all = ['run', '--rm', ...asInACluster, ...variables(env), image, ...args];
  try {
    const { stdout, stderr } = await run('podman', all, { maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'number')) throw error;
    const said = 'stdout' in error && 'stderr' in error ? `${error.stdout}${error.stderr}` : error.message;
    return { code: error.code, output: said };
  }
}

export interface Container {
  /** Its process's own id, arguments and user, as it sees itself. */
  look(): Promise<{ arguments: string[]; user: string }>;
  logs(): Promise<string>;
  /** Ends it as Kubernetes does: SIGTERM, and after ten seconds SIGKILL. @returns its exit code, and how long it took */
  stop(): Promise<{ code: number; seconds: number }>;
  remove(): Promise<void>;
}

/** Starts a container that goes on. */
export async function startContainer(
  image: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Container> {
  const { stdout } = await run('podman', [
    'run',
    '--detach',
    ...asInACluster,
    ...variables(env),
    image,
    ...args,
  ]);
  const id = stdout.trim();
  return {
    async look() {
      const read = `const { readFileSync } = require('node:fs');
        const user = /^Uid:\\s+(\\d+)/m.exec(readFileSync('/proc/1/status', 'utf8'))[1];
        console.log(JSON.stringify({ user, arguments: readFileSync('/proc/1/cmdline', 'utf8').split('\\0') }))`;
      const looked = await run('podman', ['exec', id, 'node', '--eval', read]);
      return JSON.parse(looked.stdout);
    },
    async logs() {
      const { stdout: out, stderr } = await run('podman', ['logs', id], { maxBuffer: 64 * 1024 * 1024 });
      return out + stderr;
    },
    async stop() {
      const startedAt = performance.now();
      await run('podman', ['stop', '--time', '10', id]);
      const seconds = (performance.now() - startedAt) / 1_000;
      const inspected = await run('podman', ['inspect', '--format', '{{.State.ExitCode}}', id]);
      return { code: Number(inspected.stdout), seconds };
    },
    async remove() {
      await run('podman', ['rm', '--force', id]);
    },
  };
}

function variables(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
}
