import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../stack/paths.ts';
import type { Progress } from '../stack/progress.ts';
import { buildStorefront } from '../stack/storefront-build.ts';

/** Something that holds or does not hold of the whole repository. */
export interface Check {
  title: string;
  /** resolves to what is wrong, or to `undefined` */
  run: () => Promise<string | undefined>;
}

const packages = ['telemetry', 'domain', 'bff', 'storefront', 'tools', 'load-tests'];
const bin = (path: string) => join(repository, 'tools/node_modules', path);

export const lintChecks: readonly Check[] = [
  tool('Format and lint', 'biome', ['check', '--error-on-warnings', '--reporter=summary', '.']),
  tool('Import rules', 'depcruise', ['--config', '.dependency-cruiser.cjs', ...packages]),
  tool('Unused code', 'knip', ['--no-progress']),
];

/** Code for browsers, with their types. */
const browserCode = 'tools/payment-sandbox/browser';

export const typeChecks: readonly Check[] = [...packages, browserCode].map((name) =>
  tool(`Types of ${name}`, 'tsc', ['--noEmit', '-p', name]),
);

export const buildCheck: Check = {
  title: 'Build of the storefront',
  run: async () => {
    try {
      await buildStorefront();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
};

/** Runs checks, a few at a time, and prints what is wrong. Returns how many held and how many did not. */
export async function runChecks(
  checks: readonly Check[],
  progress: Progress,
  atOnce = 1,
): Promise<{ passed: number; failed: number }> {
  const waiting = [...checks];
  let failed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await runCheck(check, progress))) failed++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { passed: checks.length - failed, failed };
}

async function runCheck(check: Check, progress: Progress): Promise<boolean> {
  try {
    await progress.step(check.title, async () => {
      const problem = await check.run();
      if (problem !== undefined) throw new Error(problem);
    });
    return true;
  } catch (error) {
    progress.note(error instanceof Error ? error.message.trimEnd() : String(error));
    return false;
  }
}

/** The scripts themselves rather than their shims in `.bin`: the Node that runs us runs them, too. */
const scripts = {
  biome: bin('@biomejs/biome/bin/biome'),
  depcruise: bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
  knip: bin('knip/bin/knip.js'),
  tsc: bin('typescript/bin/tsc'),
} as const;

function tool(title: string, name: keyof typeof scripts, args: readonly string[]): Check {
  return {
    title,
    run: async () => {
      const { code, output } = await runTool(name, args);
      return code === 0 ? undefined : output || `exit code ${code}`;
    },
  };
}

/** Runs a tool from the root of the repository and collects what it prints. */
export function runTool(
  name: keyof typeof scripts,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [scripts[name], ...args], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
