import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endOrphan, spawnServer, waitForHealth } from './processes.ts';
import { isRunning, temporaryDirectory } from './testing/helpers.ts';

function orphan(marker: string): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', marker], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

test('ends an orphan that is ours', async () => {
  const directory = temporaryDirectory();
  const pidFile = join(directory, 'server.pid');
  const pid = orphan(directory);
  writeFileSync(pidFile, String(pid));
  await endOrphan(pidFile, directory, 'SIGTERM');
  expect(isRunning(pid)).toBe(false);
  expect(existsSync(pidFile)).toBe(false);
});

test('leaves a stranger alone that has the number of our dead server', async () => {
  const directory = temporaryDirectory();
  const pidFile = join(directory, 'server.pid');
  const pid = orphan('/somewhere/else');
  writeFileSync(pidFile, String(pid));
  await endOrphan(pidFile, directory, 'SIGTERM');
  expect(isRunning(pid)).toBe(true);
  expect(existsSync(pidFile)).toBe(false);
});

function server(script: string) {
  const directory = temporaryDirectory();
  return spawnServer({
    name: 'Example',
    command: process.execPath,
    args: ['-e', script],
    cwd: directory,
    env: { PATH: process.env.PATH },
    logFile: join(directory, 'example.log'),
    pidFile: join(directory, 'example.pid'),
    stopSignal: 'SIGTERM',
  });
}

test('shows the end of the log of a server that ends while starting', async () => {
  const failing = server('console.error("the disk is full"); process.exit(3)');
  await expect(waitForHealth(failing, async () => false, 5_000)).rejects.toThrow(
    /Example ended while starting \(exit code 3\)[\s\S]*example\.log[\s\S]*the disk is full/,
  );
});

test('stops a server that is not ready in time', async () => {
  const slow = server('setInterval(() => {}, 1000)');
  await expect(waitForHealth(slow, async () => false, 300)).rejects.toThrow(
    'Example was not ready after 0.3 s',
  );
  expect(isRunning(slow.pid)).toBe(false);
});
