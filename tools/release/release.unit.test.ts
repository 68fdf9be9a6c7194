import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chartOf, currentVersion } from './version.ts';

const script = (name: string) => join(import.meta.dirname, name);

test('the chart gets the version of its programs, and nothing else of it changes', () => {
  const chart = 'apiVersion: v2\nname: souk\nversion: 0.1.0\nappVersion: 0.1.0\nkubeVersion: ">=1.33.0-0"\n';
  expect(chartOf('1.2.3', chart)).toBe(
    'apiVersion: v2\nname: souk\nversion: 1.2.3\nappVersion: 1.2.3\nkubeVersion: ">=1.33.0-0"\n',
  );
  expect(currentVersion()).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each([
  [[]],
  [['nowhere', '1.2.3']],
  [['staging']],
  [['staging', 'latest']],
  [['staging', '1.2.3', '--back']],
])('a deployment without environment and version is refused: %j', (args) => {
  const run = spawnSync(process.execPath, [script('deploy.ts'), ...args], { encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('usage');
});

test('a release is there when the shop answers in its version over and over', async () => {
  const answers = ['1.0.0', '1.1.0', '1.0.0', '1.1.0', '1.1.0'];
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ status: 'ok', version: answers.shift() ?? '1.1.0' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  try {
    expect(await waitFor(url, '1.1.0', '--in-a-row', '2')).toBe(0);
    expect(answers).toEqual([]);
    expect(await waitFor(url, '9.9.9', '--minutes', '0.02')).toBe(1);
  } finally {
    server.close();
  }
}, 30_000);

function waitFor(...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [script('wait-for-version.ts'), ...args], { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', resolve));
}
