import { BlockList, isIPv4 } from 'node:net';
import { z } from 'zod';
import { type Manifest, ofKind } from './manifests.ts';

const labels = z.record(z.string(), z.string());
const selector = z.object({
  matchLabels: labels.default({}),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }))
    .default([]),
});
const peer = z.object({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: z.object({ cidr: z.string(), except: z.array(z.string()).default([]) }).optional(),
});
const port = z.object({ protocol: z.enum(['TCP', 'UDP']), port: z.number() });
const policy = z.looseObject({
  metadata: z.looseObject({ namespace: z.string() }),
  spec: z.object({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.object({ from: z.array(peer), ports: z.array(port) })).default([]),
    egress: z.array(z.object({ to: z.array(peer), ports: z.array(port) })).default([]),
  }),
});
type Policy = z.infer<typeof policy>;
type Peer = z.infer<typeof peer>;

/** One end of a connection: a pod, or an address outside of the cluster. */
export type End =
  | { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly address: string };

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

/**
 * Tells which connections a set of network policies lets through, by the rules of the API: a pod that no policy selects for a direction
 * may do all in it, a selected one only what some policy allows; both ends must agree.
 */
export function networkOf(manifests: readonly Manifest[]): (connection: Connection) => boolean {
  const policies = ofKind(manifests, 'NetworkPolicy', policy);
  return (connection) =>
    passes(policies, connection, { type: 'Egress', own: connection.from, other: connection.to }) &&
    passes(policies, connection, { type: 'Ingress', own: connection.to, other: connection.from });
}

interface Side {
  readonly type: 'Ingress' | 'Egress';
  readonly own: End;
  readonly other: End;
}

function passes(
  policies: readonly Policy[],
  { port: at, protocol = 'TCP' }: Connection,
  side: Side,
): boolean {
  const { type, own, other } = side;
  if (!('labels' in own)) return true;
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === own.namespace &&
      spec.policyTypes.includes(type) &&
      matches(spec.podSelector, own.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some(({ metadata, spec }) => {
    const rules =
      type === 'Egress'
        ? spec.egress.map(({ to, ports }) => ({ peers: to, ports }))
        : spec.ingress.map(({ from, ports }) => ({ peers: from, ports }));
    return rules.some(
      ({ peers, ports }) =>
        ports.some((each) => each.port === at && each.protocol === protocol) &&
        peers.some((each) => isPeer(each, other, metadata.namespace)),
    );
  });
}

function isPeer(given: Peer, end: End, namespace: string): boolean {
  if ('address' in end) return given.ipBlock !== undefined && isInBlock(given.ipBlock, end.address);
  if (given.ipBlock !== undefined) return false;
  const inNamespace =
    given.namespaceSelector === undefined
      ? end.namespace === namespace
      : matches(given.namespaceSelector, { 'kubernetes.io/metadata.name': end.namespace });
  return inNamespace && (given.podSelector === undefined || matches(given.podSelector, end.labels));
}

function isInBlock({ cidr, except }: NonNullable<Peer['ipBlock']>, address: string): boolean {
  return contains([cidr], address) && !contains(except, address);
}

function contains(cidrs: readonly string[], address: string): boolean {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/');
    // ::/0 would hold every IPv4 address as well, which it does not for a cluster
    if (isIPv4(network) === isIPv4(address)) list.addSubnet(network, Number(bits), family);
  }
  return list.check(address, family);
}

function matches(given: z.infer<typeof selector>, pod: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(given.matchLabels).every(([key, value]) => pod[key] === value) &&
    given.matchExpressions.every(({ key, values }) => values.includes(pod[key] ?? ''))
  );
}
