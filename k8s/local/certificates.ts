import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from './manifest.ts';
import type { ClusterNode } from './settings.ts';
import { apiPort, apiServerAddress, bridge, clusterDirectory, kubeconfig } from './settings.ts';
import { run } from './shell.ts';

export const pki = join(clusterDirectory, 'pki');

interface Subject {
  /** of the user, or of the server */
  readonly commonName: string;
  /** of the group that RBAC knows */
  readonly organization?: string;
  readonly names?: readonly string[];
}

/** Paths of a certificate and its key, without their ending. */
export function certificate(name: string): { cert: string; key: string } {
  return { cert: join(pki, `${name}.crt`), key: join(pki, `${name}.key`) };
}

/** Makes the authorities and the certificates of the control plane, and the file that lets `kubectl` and `helm` in as administrator. */
export async function makeCertificates(nodes: readonly ClusterNode[]): Promise<void> {
  mkdirSync(pki, { recursive: true, mode: 0o700 });
  await makeAuthority('ca', 'souk-cluster');
  await makeAuthority('front-proxy-ca', 'souk-cluster-front-proxy');
  await run('openssl', ['genrsa', '-out', join(pki, 'service-accounts.key'), '2048']);
  const [first] = nodes;
  const names = [
    'DNS:localhost',
    'DNS:kubernetes',
    'DNS:kubernetes.default',
    'DNS:kubernetes.default.svc',
    'DNS:kubernetes.default.svc.cluster.local',
    'IP:127.0.0.1',
    `IP:${apiServerAddress}`,
    `IP:${first?.address}`,
  ];
  await issue('ca', 'kube-apiserver', { commonName: 'kube-apiserver', names });
  await issue('ca', 'apiserver-kubelet', {
    commonName: 'kube-apiserver-kubelet-client',
    organization: 'system:masters',
  });
  await issue('front-proxy-ca', 'front-proxy', { commonName: 'front-proxy-client' });
  await issue('ca', 'admin', { commonName: 'admin', organization: 'system:masters' });
  await issue('ca', 'kube-controller-manager', {
    commonName: 'system:kube-controller-manager',
    names: ['DNS:localhost', 'IP:127.0.0.1'],
  });
  await issue('ca', 'kube-scheduler', {
    commonName: 'system:kube-scheduler',
    names: ['DNS:localhost', 'IP:127.0.0.1'],
  });
  await issue('ca', 'metrics-adapter', {
    commonName: 'metrics-adapter',
    names: ['DNS:metrics-adapter.monitoring.svc'],
  });
  await issue('ca', 'kube-proxy', { commonName: 'system:kube-proxy' });
  for (const node of nodes) {
    await issue('ca', node.name, {
      commonName: `system:node:${node.name}`,
      organization: 'system:nodes',
      names: [`DNS:${node.name}`, `IP:${node.address}`],
    });
  }
  writeKubeconfig(kubeconfig, 'admin', first?.address ?? bridge.address);
}

/** Writes the file by which a part of the cluster (its certificate is `name`) finds the API server and proves itself. */
export function writeKubeconfig(path: string, name: string, address: string): string {
  const { cert, key } = certificate(name);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'souk',
        cluster: { server: `https://${address}:${apiPort}`, 'certificate-authority': certificate('ca').cert },
      },
    ],
    users: [{ name, user: { 'client-certificate': cert, 'client-key': key } }],
    contexts: [{ name: 'souk-local', context: { cluster: 'souk', user: name } }],
    'current-context': 'souk-local',
  };
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return path;
}

async function makeAuthority(name: string, commonName: string): Promise<void> {
  const { cert, key } = certificate(name);
  if (existsSync(cert)) return;
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '365'],
    ...['-subj', `/CN=${commonName}`, '-keyout', key, '-out', cert],
    ...[
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign,digitalSignature',
    ],
  ]);
}

/** Issues a certificate that is good for both ends of a connection. */
async function issue(authority: string, name: string, subject: Subject): Promise<void> {
  const { cert, key } = certificate(name);
  const ca = certificate(authority);
  const organization = subject.organization === undefined ? '' : `/O=${subject.organization}`;
  const extensions = [
    'keyUsage=critical,digitalSignature,keyEncipherment',
    'extendedKeyUsage=serverAuth,clientAuth',
    ...(subject.names ? [`subjectAltName=${subject.names.join(',')}`] : []),
  ];
  const request = await run('openssl', [
    ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', `${organization}/CN=${subject.commonName}`, '-keyout', key],
  ]);
  const extensionFile = join(pki, `${name}.ext`);
  writeFileSync(extensionFile, extensions.join('\n'));
  await run(
    'openssl',
    [
      ...['x509', '-req', '-days', '365', '-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial'],
      ...['-extfile', extensionFile, '-out', cert],
    ],
    { input: request },
  );
}
