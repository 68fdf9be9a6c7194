import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificate, writeKubeconfig } from './certificates.ts';
import { groupOf } from './cgroups.ts';
import { containerdSocket } from './containerd.ts';
import { startProgram } from './control-plane.ts';
import { stringify } from './manifest.ts';
import type { ClusterNode } from './settings.ts';
import { dnsAddress, podSubnet } from './settings.ts';

/** Starts the kubelet and the kube-proxy of a node, whose containerd runs. `apiServer` is the control plane's address. */
export function startNode(node: ClusterNode, apiServer: string): void {
  const kubelet = join(node.directory, 'kubelet.yaml');
  writeFileSync(join(node.directory, 'resolv.conf'), ''); // names outside the cluster do not exist
  writeFileSync(kubelet, stringify(kubeletConfiguration(node)));
  mkdirSync(join(node.directory, 'volumes'), { recursive: true });
  startProgram(node, 'kubelet', [
    `--config=${kubelet}`,
    `--kubeconfig=${writeKubeconfig(join(node.directory, 'kubelet.kubeconfig'), node.name, apiServer)}`,
    `--hostname-override=${node.name}`,
    `--node-ip=${node.address}`,
    `--node-labels=topology.kubernetes.io/zone=${node.zone},topology.kubernetes.io/region=local`,
  ]);
  const proxyKubeconfig = writeKubeconfig(
    join(node.directory, 'kube-proxy.kubeconfig'),
    'kube-proxy',
    apiServer,
  );
  const proxy = join(node.directory, 'kube-proxy.yaml');
  writeFileSync(proxy, stringify(proxyConfiguration(node, proxyKubeconfig)));
  startProgram(node, 'kube-proxy', [`--config=${proxy}`]);
}

/** What a kubelet needs on a machine with cgroup v1 and without CAP_SYS_RESOURCE is marked with its reason. */
function kubeletConfiguration(node: ClusterNode) {
  const { cert, key } = certificate(node.name);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: node.address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: certificate('ca').cert },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: cert,
    tlsPrivateKeyFile: key,
    readOnlyPort: 0,
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    clusterDNS: [dnsAddress],
    clusterDomain: 'cluster.local',
    resolvConf: join(node.directory, 'resolv.conf'),
    cgroupDriver: 'cgroupfs', // there is no systemd to ask
    cgroupRoot: groupOf(node),
    failCgroupV1: false, // 1.35 refuses cgroup v1 unless it is told
    featureGates: { KubeletInUserNamespace: true }, // kernel settings that it may not change are warnings, not the end
    oomScoreAdj: 0, // its usual -999 needs CAP_SYS_RESOURCE
    failSwapOn: false,
    // Images are imported, never pulled: a collected one could not come back.
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    shutdownGracePeriod: '0s',
  };
}

function proxyConfiguration(node: ClusterNode, kubeconfig: string) {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    hostnameOverride: node.name,
    clusterCIDR: podSubnet,
    clientConnection: { kubeconfig },
    oomScoreAdj: 0,
    // The limits of connection tracking are the machine's, not the node's: left as they are.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    metricsBindAddress: '127.0.0.1:10249',
    healthzBindAddress: '127.0.0.1:10256',
  };
}
