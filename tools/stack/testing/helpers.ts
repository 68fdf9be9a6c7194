import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { outsideDirectory, soukDirectory } from '../paths.ts';

/** A directory for a stack of this test alone. */
export function temporaryDirectory(): string {
  mkdirSync(soukDirectory, { recursive: true });
  const directory = mkdtempSync(join(soukDirectory, 'stack-test-'));
  chmodSync(directory, 0o755);
  onTestFinished(() => {
    for (const path of [directory, outsideDirectory(directory)])
      rmSync(path, { recursive: true, force: true });
  });
  return directory;
}

export async function query(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const Launched = z.object({ pids: z.array(z.number()), databaseUrl: z.string() });

/** Runs a stack in a process of its own. */
export async function launch(
  directory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ launcher: ChildProcess } & z.infer<typeof Launched>> {
  const script = join(import.meta.dirname, 'run-stack.ts');
  const { DATABASE_URL, REDIS_URL, MEILI_URL, ...env } = process.env;
  const launcher = spawn(process.execPath, [script, directory], {
    env: { ...env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void launcher.kill('SIGKILL'));
  for await (const line of createInterface({ input: launcher.stdout })) {
    return { launcher, ...Launched.parse(JSON.parse(line)) };
  }
  throw new Error('the stack did not start');
}

/** Whether a process runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
