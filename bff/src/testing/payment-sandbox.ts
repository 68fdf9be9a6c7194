import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SandboxProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs the payment sandbox as a process of its own on a free port: what payments talk to in tests. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const file = fileURLToPath(new URL('../../../tools/payment-sandbox/cli.ts', import.meta.url));
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-sandbox-'));
  const child = spawn(process.execPath, [file, '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const [found] = /http:\/\/[\w.:[\]]+/.exec(String(chunk)) ?? [];
      if (found) resolve(found);
    });
    ended.then(() => reject(new Error('the payment sandbox did not start')), reject);
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
