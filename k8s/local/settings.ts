import { join } from 'node:path';
import { cacheDirectory, repository, soukDirectory } from '../../tools/stack/paths.ts';

/** Where this folder's own files lie: manifests, Go modules, images. */
export const localDirectory = join(repository, 'k8s', 'local');

/** All that a running cluster keeps; `cluster down` removes it. */
export const clusterDirectory = join(soukDirectory, 'cluster');

/** Compiled programs and built images: found again at the next start. */
const clusterCache = join(cacheDirectory, 'cluster');
export const programDirectory = join(clusterCache, 'bin');
export const imageDirectory = join(clusterCache, 'images');

export const kubeconfig = join(clusterDirectory, 'admin.kubeconfig');

/** The release of Kubernetes: the last that takes containerd 1.x, and it still runs on cgroup v1. */
export const kubernetesVersion = 'v1.35.4';

/** A bridge on this machine joins the nodes; its subnet, those of the pods and that of the services are the cluster's own. */
export const bridge = { name: 'souk-br0', address: '10.213.0.1', prefix: 24 };
export const serviceSubnet = '10.96.0.0/16';
export const podSubnet = '10.244.0.0/16';
export const apiServerAddress = '10.96.0.1';
export const dnsAddress = '10.96.0.10';
export const apiPort = 6443;

/** One of the machines that the cluster believes in: a set of namespaces with a kubelet and a containerd of its own. */
export interface ClusterNode {
  readonly name: string;
  readonly index: number;
  /** its address on the bridge */
  readonly address: string;
  /** what its pods get addresses of */
  readonly podSubnet: string;
  readonly zone: string;
  readonly directory: string;
}

/** The node of a number from 1 up; the first also runs the control plane. */
function nodeOf(index: number): ClusterNode {
  const name = `node-${index}`;
  return {
    name,
    index,
    address: `10.213.0.${10 + index}`,
    podSubnet: `10.244.${index}.0/24`,
    zone: `zone-${'abc'.charAt((index - 1) % 3)}`,
    directory: join(clusterDirectory, name),
  };
}

export function nodesOf(count: number): ClusterNode[] {
  return Array.from({ length: count }, (_, at) => nodeOf(at + 1));
}
