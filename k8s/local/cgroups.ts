import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterNode } from './settings.ts';

/** Where cgroup v1 has a tree a controller; on a machine with cgroup v2 alone there is one tree. */
const mountPoint = '/sys/fs/cgroup';
const ownGroup = 'souk-cluster';
/** The scheduler weighs a group as if it were one process (1024). This one holds a score of them, which deserve as much as their neighbours. */
const shares = 16 * 1024;

/** The group that a node's kubelet puts its pods under, as the kubelet names it. */
export function groupOf(node: ClusterNode): string {
  return `/${ownGroup}/${node.name}`;
}

/** Makes a node's group in every tree: a kubelet does not make its own root. */
export function createGroups(node: ClusterNode): void {
  for (const tree of trees()) {
    const group = join(tree, groupOf(node));
    mkdirSync(group, { recursive: true });
    // A new cpuset is empty, and nothing may run in it: it takes what its parent has.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      if (!existsSync(join(tree, file)) || existsSync(join(tree, 'cgroup.controllers'))) continue;
      const all = readFileSync(join(tree, file), 'utf8');
      writeFileSync(join(tree, ownGroup, file), all);
      writeFileSync(join(group, file), all);
    }
    const weight = join(tree, ownGroup, 'cpu.shares');
    if (existsSync(weight)) writeFileSync(weight, String(shares));
  }
}

/** Removes the groups of all nodes, innermost first; their processes are gone by then. */
export function removeGroups(): void {
  for (const tree of trees()) removeTree(join(tree, ownGroup));
}

function trees(): string[] {
  if (existsSync(join(mountPoint, 'cgroup.controllers'))) return [mountPoint];
  return readdirSync(mountPoint).map((name) => join(mountPoint, name));
}

function removeTree(group: string): void {
  if (!existsSync(group)) return;
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(group, entry.name));
  }
  rmdirSync(group);
}
