import { beforeAll, describe, expect, test } from 'vitest';
import { render, type ValuesName } from './helm.ts';
import { workloadsOf } from './manifests.ts';
import { type Connection, type End, networkOf } from './network-model.ts';

const dns: End = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const stranger: End = { namespace: 'elsewhere', labels: { app: 'stranger' } };
const prometheus: End = { namespace: 'monitoring', labels: { app: 'prometheus' } };
const collector: End = { namespace: 'monitoring', labels: { app: 'otel-collector' } };
const stripe: End = { address: '54.187.174.169' };
const metadataOfNode: End = { address: '169.254.169.254' };
const metadataOfNodeIPv6: End = { address: 'fd00:ec2::254' };
const podIdentityAgent: End = { address: '169.254.170.23' };
const loadBalancer: End = { address: '10.20.17.4' };
const aurora: End = { address: '10.20.100.7' };
const otherPrivate: End = { address: '10.20.200.7' };

/** A pod of the release, by the labels that its component's pods have. */
const pod = (component: string): End => ({
  namespace: 'souk',
  labels: {
    'app.kubernetes.io/name': 'souk',
    'app.kubernetes.io/instance': 'souk',
    'app.kubernetes.io/component': component,
  },
});
const postgresOfOperator: End = { namespace: 'souk', labels: { 'cnpg.io/cluster': 'souk-postgres' } };

function describeNetwork(
  values: ValuesName,
  open: readonly [what: string, Connection][],
  closed: readonly [what: string, Connection][],
): void {
  describe(`network policies of ${values}`, () => {
    let isOpen: (connection: Connection) => boolean;
    let components: string[];
    beforeAll(async () => {
      const manifests = await render({ values });
      isOpen = networkOf(manifests);
      components = [...new Set(workloadsOf(manifests).map(({ component }) => component))];
    });

    test.each(open)('let through: %s', (_what, connection) => expect(isOpen(connection)).toBe(true));
    test.each(closed)('stop: %s', (_what, connection) => expect(isOpen(connection)).toBe(false));

    test('let every pod ask DNS, and nobody else talk to any pod', () => {
      for (const component of components) {
        for (const protocol of ['TCP', 'UDP'] as const) {
          expect(isOpen({ from: pod(component), to: dns, port: 53, protocol }), component).toBe(true);
        }
        for (const port of [3000, 4000, 9464, 9465, 5432, 6379, 7700]) {
          const isMeant = values === 'local' && port !== 9464 && port !== 9465;
          if (!isMeant)
            expect(isOpen({ from: stranger, to: pod(component), port }), `${component}:${port}`).toBe(false);
        }
      }
    });

    test('keep the metadata of nodes from every pod', () => {
      for (const component of components) {
        for (const to of [metadataOfNode, metadataOfNodeIPv6]) {
          for (const port of [80, 443]) {
            expect(isOpen({ from: pod(component), to, port }), component).toBe(false);
          }
        }
      }
    });
  });
}

describeNetwork(
  'production',
  [
    ['load balancer to pages', { from: loadBalancer, to: pod('storefront'), port: 3000 }],
    ['load balancer to API', { from: loadBalancer, to: pod('bff'), port: 4000 }],
    ['pages to API', { from: pod('storefront'), to: pod('bff'), port: 4000 }],
    ['API to database', { from: pod('bff'), to: aurora, port: 5432 }],
    ['worker to database', { from: pod('worker'), to: aurora, port: 5432 }],
    ['migration to database', { from: pod('migrate'), to: aurora, port: 5432 }],
    ['commands at set times to database', { from: pod('cron'), to: aurora, port: 5432 }],
    ['API to cache', { from: pod('bff'), to: aurora, port: 6379 }],
    ['API to search', { from: pod('bff'), to: aurora, port: 443 }],
    ['API to Stripe', { from: pod('bff'), to: stripe, port: 443 }],
    ['comparison of books to Stripe', { from: pod('cron'), to: stripe, port: 443 }],
    ['worker to mail server', { from: pod('worker'), to: stripe, port: 587 }],
    ['API to the agent of Pod Identity', { from: pod('bff'), to: podIdentityAgent, port: 80 }],
    ['Prometheus to pages', { from: prometheus, to: pod('storefront'), port: 9465 }],
    ['Prometheus to API', { from: prometheus, to: pod('bff'), port: 9464 }],
    ['Prometheus to worker', { from: prometheus, to: pod('worker'), port: 9464 }],
    ['API to the collector of traces', { from: pod('bff'), to: collector, port: 4318 }],
    ['pages to the collector of traces', { from: pod('storefront'), to: collector, port: 4318 }],
    ['test to pages', { from: pod('test'), to: pod('storefront'), port: 3000 }],
    ['test to API', { from: pod('test'), to: pod('bff'), port: 4000 }],
  ],
  [
    ['pages to database', { from: pod('storefront'), to: aurora, port: 5432 }],
    ['pages to cache', { from: pod('storefront'), to: aurora, port: 6379 }],
    ['pages to mail server', { from: pod('storefront'), to: stripe, port: 587 }],
    ['API to mail server', { from: pod('bff'), to: stripe, port: 587 }],
    ['API to plain http', { from: pod('bff'), to: stripe, port: 80 }],
    ['API to other private networks', { from: pod('bff'), to: otherPrivate, port: 443 }],
    ['API to another namespace', { from: pod('bff'), to: stranger, port: 443 }],
    ['API to pages', { from: pod('bff'), to: pod('storefront'), port: 3000 }],
    ['worker to API', { from: pod('worker'), to: pod('bff'), port: 4000 }],
    ['load balancer to metrics', { from: loadBalancer, to: pod('bff'), port: 9464 }],
    ['load balancer to worker', { from: loadBalancer, to: pod('worker'), port: 9464 }],
    ['Prometheus to the API itself', { from: prometheus, to: pod('bff'), port: 4000 }],
    ['test to the internet', { from: pod('test'), to: stripe, port: 443 }],
    ['test to database', { from: pod('test'), to: aurora, port: 5432 }],
  ],
);

describeNetwork(
  'staging',
  [
    ['API to Postgres of the operator', { from: pod('bff'), to: postgresOfOperator, port: 5432 }],
    ['Postgres to its replica', { from: postgresOfOperator, to: postgresOfOperator, port: 5432 }],
    [
      'operator to Postgres',
      { from: { namespace: 'cnpg-system', labels: {} }, to: postgresOfOperator, port: 8000 },
    ],
    ['API to Redis', { from: pod('bff'), to: pod('redis'), port: 6379 }],
    ['worker to Meilisearch', { from: pod('worker'), to: pod('meilisearch'), port: 7700 }],
    ['snapshot to Meilisearch', { from: pod('meilisearch-backup'), to: pod('meilisearch'), port: 7700 }],
    ['API to payment sandbox', { from: pod('bff'), to: pod('payment-sandbox'), port: 4010 }],
    ['webhooks of the sandbox to API', { from: pod('payment-sandbox'), to: pod('bff'), port: 4000 }],
    ['gateway to pages', { from: { namespace: 'gateways', labels: {} }, to: pod('storefront'), port: 3000 }],
    ['worker to mail catcher', { from: pod('worker'), to: pod('mail-catcher'), port: 2525 }],
    ['pages to mailbox', { from: pod('storefront'), to: pod('mail-catcher'), port: 8025 }],
  ],
  [
    ['pages to Postgres', { from: pod('storefront'), to: postgresOfOperator, port: 5432 }],
    ['sandbox to Postgres', { from: pod('payment-sandbox'), to: postgresOfOperator, port: 5432 }],
    ['pages to Redis', { from: pod('storefront'), to: pod('redis'), port: 6379 }],
    ['Redis to the internet', { from: pod('redis'), to: stripe, port: 443 }],
    ['Meilisearch to the internet', { from: pod('meilisearch'), to: stripe, port: 443 }],
    ['sandbox to the internet', { from: pod('payment-sandbox'), to: stripe, port: 443 }],
    ['mail to people', { from: pod('worker'), to: stripe, port: 587 }],
    ['API to the agent of Pod Identity, with IRSA', { from: pod('bff'), to: podIdentityAgent, port: 80 }],
  ],
);

describeNetwork(
  'local',
  [
    ['whoever forwards to pages', { from: stranger, to: pod('storefront'), port: 3000 }],
    ['seed to Postgres', { from: pod('seed'), to: pod('postgres'), port: 5432 }],
    ['waiting API to Postgres', { from: pod('bff'), to: pod('postgres'), port: 5432 }],
    ['browsers to the pages of the sandbox', { from: stranger, to: pod('payment-sandbox'), port: 4010 }],
  ],
  [
    ['whoever forwards to Postgres', { from: stranger, to: pod('postgres'), port: 5432 }],
    ['pages to Postgres', { from: pod('storefront'), to: pod('postgres'), port: 5432 }],
    ['Postgres to anywhere', { from: pod('postgres'), to: stripe, port: 443 }],
  ],
);

test('the model itself: without policies all is open', () => {
  expect(networkOf([])({ from: stranger, to: pod('bff'), port: 9464 })).toBe(true);
});
