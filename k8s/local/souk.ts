import { join } from 'node:path';
import { findTool } from '../../tools/go/go-tools.ts';
import { repository } from '../../tools/stack/paths.ts';
import { exportImage, importImage, nodeImage, tagImage } from './images.ts';
import { apply, applyFile, kubectl, rolledOut } from './kubectl.ts';
import type { ClusterNode } from './settings.ts';
import { kubeconfig, localDirectory } from './settings.ts';
import type { RunOptions } from './shell.ts';
import { run, until } from './shell.ts';

export const namespace = 'souk';
/** Of the images that are built from this checkout. */
export const firstTag = 'local';
/** What answers on the 127.0.0.1 of every node: see manifests/ingress.yaml and node-ports.yaml. */
export const shopUrl = 'http://127.0.0.1:30080';
const programs = ['storefront', 'bff', 'tools'] as const;

/** Builds Souk's three images from this checkout, as `npm run images` does, and hands them to the nodes. */
export async function loadSoukImages(
  nodes: readonly ClusterNode[],
  tell: (line: string) => void,
): Promise<void> {
  const started = Date.now();
  const command = join(repository, 'tools', 'commands', 'images.ts');
  const options = ['--tag', firstTag, '--registry', 'localhost', '--builder', 'buildah'];
  // Low priority: the cluster needs the machine, too.
  await run('nice', ['-n', '5', process.execPath, command, ...options, '--node-image', nodeImage]);
  for (const program of programs) {
    const archive = await exportImage(imageOf(program, firstTag));
    await Promise.all(nodes.map((node) => importImage(node, archive)));
  }
  tell(`the images of storefront, bff and tools (${Math.round((Date.now() - started) / 1000)} s)`);
}

/** Gives the images another tag on every node: a new version, of which only the name is new. */
export async function tagSoukImages(nodes: readonly ClusterNode[], tag: string): Promise<void> {
  for (const node of nodes) {
    for (const program of programs) await tagImage(node, imageOf(program, firstTag), imageOf(program, tag));
  }
}

/**
 * Installs the chart, or upgrades to a tag, and waits until all runs.
 *
 * @returns what helm printed, warnings of the API server included
 */
export async function deploySouk(tag: string, settings: readonly string[] = []): Promise<string> {
  const chart = join(repository, 'charts', 'souk');
  const values = [join(chart, 'values-local.yaml'), join(localDirectory, 'values.yaml')];
  return helm([
    ...['upgrade', '--install', 'souk', chart, '--namespace', namespace],
    ...values.flatMap((file) => ['--values', file]),
    ...['--set', `image.tag=${tag}`, ...settings.flatMap((setting) => ['--set', setting])],
    ...['--wait', '--timeout', '10m'],
  ]);
}

/** Runs helm as administrator of the cluster; answers both of its outputs. */
export async function helm(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const program = findTool('helm');
  return run('sh', ['-c', 'exec "$@" 2>&1', 'sh', program, '--kubeconfig', kubeconfig, ...args], options);
}

/** Makes the namespace, in which the API server refuses what is not restricted, and what stands around the release. */
export async function prepareNamespace(): Promise<void> {
  const levels = ['enforce', 'warn', 'audit'].map((mode) => [
    `pod-security.kubernetes.io/${mode}`,
    'restricted',
  ]);
  await apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: Object.fromEntries(levels) },
  });
  await applyFile('node-ports.yaml');
}

/** Starts the ingress anew: nginx asks for the address of the service once, and another install has another one. */
export async function startIngress(): Promise<void> {
  await applyFile('ingress.yaml');
  await kubectl(['-n', 'ingress', 'rollout', 'restart', 'deployment/nginx']);
  await rolledOut('ingress', 'deployment/nginx');
}

/** Waits until the demo catalogue is in the shop. */
export async function seeded(): Promise<void> {
  await until(
    'the demo catalogue',
    600,
    async () => {
      const selector = 'app.kubernetes.io/component=seed';
      const jobs = await kubectl([
        '-n',
        namespace,
        'get',
        'jobs',
        '-l',
        selector,
        '-o',
        'jsonpath={.items[*].status.succeeded}',
      ]);
      return jobs.includes('1');
    },
    2000,
  );
}

function imageOf(program: (typeof programs)[number], tag: string): string {
  return `localhost/souk-${program}:${tag}`;
}
