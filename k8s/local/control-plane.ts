import { join } from 'node:path';
import { certificate, pki, writeKubeconfig } from './certificates.ts';
import { attemptKubectl } from './kubectl.ts';
import { startInside } from './namespaces.ts';
import type { ClusterNode } from './settings.ts';
import { apiPort, podSubnet, programDirectory, serviceSubnet } from './settings.ts';
import { until } from './shell.ts';

/** Starts etcd, the API server, the controller manager and the scheduler on a node; answers when the API server is ready. */
export async function startControlPlane(node: ClusterNode): Promise<void> {
  startProgram(node, 'etcd', etcdFlags(node));
  startProgram(node, 'kube-apiserver', apiServerFlags(node));
  await until('the API server', 90, async () => {
    const { stdout } = await attemptKubectl(['get', '--raw', '/readyz']);
    return stdout === 'ok';
  });
  startProgram(node, 'kube-controller-manager', controllerManagerFlags(node));
  startProgram(node, 'kube-scheduler', schedulerFlags(node));
}

/** Starts a compiled program of the cluster on a node. */
export function startProgram(node: ClusterNode, name: string, flags: readonly string[]): void {
  startInside(node, name, [join(programDirectory, name), ...flags]);
}

function etcdFlags(node: ClusterNode): string[] {
  return [
    `--data-dir=${join(node.directory, 'etcd')}`,
    '--listen-client-urls=http://127.0.0.1:2379',
    '--advertise-client-urls=http://127.0.0.1:2379',
    '--listen-peer-urls=http://127.0.0.1:2380',
    '--unsafe-no-fsync', // the cluster is thrown away with its data
    '--log-level=warn',
  ];
}

function apiServerFlags(node: ClusterNode): string[] {
  const own = certificate('kube-apiserver');
  const toKubelets = certificate('apiserver-kubelet');
  const frontProxy = certificate('front-proxy');
  const ca = certificate('ca').cert;
  const serviceAccounts = join(pki, 'service-accounts.key');
  return [
    '--etcd-servers=http://127.0.0.1:2379',
    `--advertise-address=${node.address}`,
    `--secure-port=${apiPort}`,
    `--service-cluster-ip-range=${serviceSubnet}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction,PodSecurity',
    '--anonymous-auth=false',
    `--client-ca-file=${ca}`,
    `--tls-cert-file=${own.cert}`,
    `--tls-private-key-file=${own.key}`,
    `--kubelet-certificate-authority=${ca}`,
    `--kubelet-client-certificate=${toKubelets.cert}`,
    `--kubelet-client-key=${toKubelets.key}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${serviceAccounts}`,
    `--service-account-signing-key-file=${serviceAccounts}`,
    // the aggregation layer: metrics.k8s.io and external.metrics.k8s.io are served by pods
    `--requestheader-client-ca-file=${certificate('front-proxy-ca').cert}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--proxy-client-cert-file=${frontProxy.cert}`,
    `--proxy-client-key-file=${frontProxy.key}`,
    '--enable-aggregator-routing=true',
    '--profiling=false',
  ];
}

function controllerManagerFlags(node: ClusterNode): string[] {
  const ca = certificate('ca');
  return [
    ...connection(node, 'kube-controller-manager'),
    '--use-service-account-credentials=true',
    `--root-ca-file=${ca.cert}`,
    `--service-account-private-key-file=${join(pki, 'service-accounts.key')}`,
    `--cluster-signing-cert-file=${ca.cert}`,
    `--cluster-signing-key-file=${ca.key}`,
    `--cluster-cidr=${podSubnet}`,
    `--service-cluster-ip-range=${serviceSubnet}`,
    '--allocate-node-cidrs=false', // each node's bridge network hands out its own addresses
    // An autoscaler looks every 15 s by default, and distrusts the CPU of a pod for 5 minutes: too long for a check that waits for it.
    '--horizontal-pod-autoscaler-sync-period=5s',
    '--horizontal-pod-autoscaler-cpu-initialization-period=30s',
  ];
}

function schedulerFlags(node: ClusterNode): string[] {
  return connection(node, 'kube-scheduler');
}

function connection(node: ClusterNode, name: string): string[] {
  const file = writeKubeconfig(join(node.directory, `${name}.kubeconfig`), name, node.address);
  return [
    `--kubeconfig=${file}`,
    `--authentication-kubeconfig=${file}`,
    `--authorization-kubeconfig=${file}`,
    '--bind-address=127.0.0.1',
    '--leader-elect=false',
  ];
}
