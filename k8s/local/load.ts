import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findTool } from '../../tools/go/go-tools.ts';
import { pidOf } from './namespaces.ts';
import type { ClusterNode } from './settings.ts';
import { clusterDirectory, localDirectory } from './settings.ts';
import { shopUrl } from './souk.ts';

/** What k6 saw of the shop. */
export interface LoadFigures {
  readonly requests: number;
  readonly failed: number;
  readonly p95Ms: number;
  /** what the failed ones were, by page, with status or error */
  readonly failures: readonly string[];
}

export interface Load {
  /** Waits for its end. */
  readonly figures: () => Promise<LoadFigures>;
  /** Ends it early; `figures` then tells what was seen so far. */
  readonly stop: () => void;
}

/**
 * Sends shoppers' requests to the ingress at an even rate, from within a node: to 127.0.0.1 there, so that nothing leaves the cluster.
 * Every request that is not answered as it should be counts as failed; none is tried twice.
 */
export function startLoad(node: ClusterNode, name: string, seconds: number, rate: number): Load {
  const directory = join(clusterDirectory, 'load');
  mkdirSync(directory, { recursive: true });
  const summary = join(directory, `${name}.json`);
  rmSync(summary, { force: true });
  const variables = { SHOP_URL: shopUrl, SECONDS: String(seconds), RATE: String(rate), SUMMARY: summary };
  const script = join(localDirectory, 'load-script.ts');
  const child = spawn(
    'nsenter',
    ['-t', String(pidOf(node)), '-n', '--', findTool('k6'), 'run', '--quiet', '--no-usage-report', script],
    { env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const failures = new Map<string, number>();
  let rest = '';
  const read = (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const failure = /FAILED (?<what>[^"\\]+)/.exec(line)?.groups?.what;
      if (failure) failures.set(failure, (failures.get(failure) ?? 0) + 1);
    }
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  return {
    stop: () => child.kill('SIGINT'),
    figures: async () => {
      await ended;
      const figures: Omit<LoadFigures, 'failures'> = JSON.parse(readFileSync(summary, 'utf8'));
      return { ...figures, failures: [...failures].map(([what, count]) => `${count}× ${what}`) };
    },
  };
}
