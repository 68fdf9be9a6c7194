import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates } from './certificates.ts';
import { createGroups, removeGroups } from './cgroups.ts';
import { startContainerd } from './containerd.ts';
import { startControlPlane } from './control-plane.ts';
import { buildImages, importImage } from './images.ts';
import { applyFile, kubectl, rolledOut } from './kubectl.ts';
import { createNode, endNode, pidOf } from './namespaces.ts';
import { connect, createBridge, removeBridge } from './network.ts';
import { startNode } from './node.ts';
import { buildPrograms } from './programs.ts';
import type { ClusterNode } from './settings.ts';
import { clusterDirectory, nodesOf } from './settings.ts';
import { until } from './shell.ts';
import { createVolumes } from './storage.ts';

const sizeFile = join(clusterDirectory, 'nodes');
/** Paths outside the cluster's own folder that a node needs; removed again when the cluster made them. */
const foreignDirectories = ['/var/lib/kubelet'];

/** The nodes of the cluster that is up, or none. */
export function runningNodes(): ClusterNode[] {
  if (!existsSync(sizeFile)) return [];
  return nodesOf(Number(readFileSync(sizeFile, 'utf8'))).filter((node) => pidOf(node) !== undefined);
}

/** Compiles, builds and starts a cluster with DNS and resource metrics; answers when its nodes are ready. Nothing of Souk is in it yet. */
export async function clusterUp(count: number, tell: (line: string) => void): Promise<ClusterNode[]> {
  if (runningNodes().length > 0) throw new Error('the cluster is up already: npm run cluster:down ends it');
  await clusterDown();
  await buildPrograms(tell);
  const archives = await buildImages(tell);
  const nodes = nodesOf(count);
  const [first] = nodes;
  if (first === undefined) throw new Error('a cluster needs a node');
  mkdirSync(clusterDirectory, { recursive: true });
  writeFileSync(sizeFile, String(count));
  await makeCertificates(nodes);
  await createBridge();
  for (const node of nodes) {
    await createNode(node);
    createGroups(node);
    await connect(
      node,
      nodes.filter((other) => other !== node),
    );
    await startContainerd(node);
  }
  tell(`${count} nodes with containerd`);
  const imports = nodes.map((node) => importImages(node, archives));
  await startControlPlane(first);
  tell('control plane');
  for (const node of nodes) startNode(node, first.address);
  await Promise.all(imports);
  tell('images on the nodes');
  await until('the nodes to register', 60, async () => {
    const names = await kubectl(['get', 'nodes', '-o', 'name']);
    return names.trim().split('\n').length === count;
  });
  await kubectl(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=60s']);
  tell('nodes ready');
  await applyFile('dns.yaml');
  await applyFile('metrics-server.yaml');
  await createVolumes();
  await rolledOut('kube-system', 'deployment/coredns');
  await rolledOut('kube-system', 'deployment/metrics-server');
  tell('DNS and resource metrics');
  return nodes;
}

async function importImages(node: ClusterNode, archives: readonly string[]): Promise<void> {
  for (const archive of archives) await importImage(node, archive);
}

/** Ends the cluster and removes all that it had; a cluster that is half there, or not at all, is fine. */
export async function clusterDown(): Promise<void> {
  const count = existsSync(sizeFile) ? Number(readFileSync(sizeFile, 'utf8')) : 0;
  for (const node of nodesOf(count)) await endNode(node);
  await removeBridge();
  removeGroups();
  rmSync(clusterDirectory, { recursive: true, force: true });
  for (const directory of foreignDirectories) removeIfEmpty(directory);
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // not there, or somebody else's: it stays
  }
}
