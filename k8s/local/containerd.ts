import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptInside, startInside } from './namespaces.ts';
import type { ClusterNode } from './settings.ts';
import { until } from './shell.ts';

export const containerdSocket = '/run/containerd/containerd.sock';
const pauseImage = 'localhost/souk/pause:1';

/** Starts a node's containerd: its own root, its own socket (the node's /run is not this machine's), plain bridge network. */
export async function startContainerd(node: ClusterNode): Promise<void> {
  const root = join(node.directory, 'containerd');
  const network = join(node.directory, 'cni');
  mkdirSync(network, { recursive: true });
  writeFileSync(join(network, '10-souk.conflist'), JSON.stringify(bridgeNetwork(node), null, 2));
  const config = join(node.directory, 'containerd.toml');
  writeFileSync(config, configuration(root, network));
  startInside(node, 'containerd', ['containerd', '--config', config]);
  await until(`containerd of ${node.name}`, 30, async () => {
    const { code } = await attemptInside(node, ['ctr', '--address', containerdSocket, 'version'], {
      timeout: 5000,
    });
    return code === 0;
  });
}

/** Debian's CNI plugins: a bridge for the pods of this node, addresses handed out by the node. */
function bridgeNetwork(node: ClusterNode) {
  return {
    cniVersion: '0.4.0',
    name: 'souk',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: false, // pods see each other's true addresses; nothing lies outside
        hairpinMode: true, // a pod may reach itself through its service
        ipam: {
          type: 'host-local',
          ranges: [[{ subnet: node.podSubnet }]],
          routes: [{ dst: '0.0.0.0/0' }],
          dataDir: join(node.directory, 'addresses'),
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/**
 * `restrict_oom_score_adj`: without CAP_SYS_RESOURCE nobody may make a process less likely to be killed than its parent is, and every
 * pod would fail to start over it.
 */
function configuration(root: string, network: string): string {
  return `version = 2
root = "${root}"
state = "/run/containerd"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.internal.v1.opt"]

[grpc]
  address = "${containerdSocket}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${network}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    discard_unpacked_layers = true
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`;
}
