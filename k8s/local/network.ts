import { pidOf, runInside } from './namespaces.ts';
import type { ClusterNode } from './settings.ts';
import { bridge } from './settings.ts';
import { attempt, run } from './shell.ts';

/** Lays the bridge that joins the nodes with each other and with this machine. */
export async function createBridge(): Promise<void> {
  const { name, address, prefix } = bridge;
  await run('ip', ['link', 'add', name, 'type', 'bridge']);
  await run('ip', ['addr', 'add', `${address}/${prefix}`, 'dev', name]);
  await run('ip', ['link', 'set', name, 'up']);
}

/** Takes the bridge away; the nodes' ends of the cables are gone with their nodes. */
export async function removeBridge(): Promise<void> {
  await attempt('ip', ['link', 'del', bridge.name]);
}

/** Plugs a node into the bridge and tells it the way to the pods of the others. */
export async function connect(node: ClusterNode, others: readonly ClusterNode[]): Promise<void> {
  const cable = `souk-n${node.index}`;
  await run('ip', [
    'link',
    'add',
    cable,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    String(pidOf(node)),
  ]);
  await run('ip', ['link', 'set', cable, 'master', bridge.name, 'up']);
  await runInside(node, ['ip', 'addr', 'add', `${node.address}/${bridge.prefix}`, 'dev', 'eth0']);
  await runInside(node, ['ip', 'link', 'set', 'eth0', 'up']);
  // Addresses of services need a route before the rules that translate them see a packet. This machine forwards nothing.
  await runInside(node, ['ip', 'route', 'add', 'default', 'via', bridge.address]);
  for (const other of others) {
    await runInside(node, ['ip', 'route', 'add', other.podSubnet, 'via', other.address]);
  }
}
