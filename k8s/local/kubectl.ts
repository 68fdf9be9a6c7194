import { join } from 'node:path';
import type { Manifest } from './manifest.ts';
import { stringify } from './manifest.ts';
import { kubeconfig, localDirectory, programDirectory } from './settings.ts';
import type { Outcome, RunOptions } from './shell.ts';
import { attempt, run } from './shell.ts';

const program = join(programDirectory, 'kubectl');

/** Runs kubectl as administrator of the cluster; throws when it fails. */
export function kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return run(program, ['--kubeconfig', kubeconfig, ...args], options);
}

/** Runs kubectl as administrator of the cluster, whatever its exit code. */
export function attemptKubectl(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return attempt(program, ['--kubeconfig', kubeconfig, ...args], options);
}

/** Applies a file of `manifests/`. */
export async function applyFile(name: string): Promise<void> {
  await kubectl(['apply', '--server-side', '-f', join(localDirectory, 'manifests', name)]);
}

export async function apply(...manifests: readonly Manifest[]): Promise<void> {
  await kubectl(['apply', '--server-side', '-f', '-'], { input: stringify(...manifests) });
}

/** Waits until a workload (`deployment/x`, `statefulset/y`) is rolled out; throws after `seconds`. */
export async function rolledOut(namespace: string, workload: string, seconds = 180): Promise<void> {
  await kubectl(['-n', namespace, 'rollout', 'status', workload, `--timeout=${seconds}s`]);
}
