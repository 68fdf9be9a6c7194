import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificate } from './certificates.ts';
import { apply, applyFile, kubectl, rolledOut } from './kubectl.ts';
import { localDirectory } from './settings.ts';
import { until } from './shell.ts';

/** What the chart's autoscalers ask the Prometheus adapter for, with a shorter look back than in production: checks wait for it. */
const queries = {
  pods: {
    souk_http_requests_per_second:
      'sum by (pod) (rate(http_request_duration_seconds_count{namespace="NAMESPACE",route!~"/health.*"}[30s]))',
  },
  external: { souk_jobs_waiting: 'max(jobs_waiting{namespace="NAMESPACE",service="worker"})' },
};

/** Starts Prometheus and the adapter, and waits until the API server serves their metrics. */
export async function startMonitoring(): Promise<void> {
  const metadata = { name: 'metrics-adapter', namespace: 'monitoring' };
  const { cert, key } = certificate('metrics-adapter');
  const read = (path: string) => readFileSync(path, 'utf8');
  await applyFile('prometheus.yaml');
  await apply(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: {
        'adapter.ts': read(join(localDirectory, 'metrics-adapter', 'adapter.ts')),
        'queries.json': JSON.stringify(queries),
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'metrics-targets', namespace: 'monitoring' },
      data: { 'targets.ts': read(join(localDirectory, 'metrics-adapter', 'targets.ts')) },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      stringData: {
        'tls.crt': read(cert),
        'tls.key': read(key),
        'front-proxy-ca.crt': read(certificate('front-proxy-ca').cert),
      },
    },
  );
  await rolledOut('monitoring', 'deployment/prometheus');
  await rolledOut('monitoring', 'deployment/metrics-adapter');
  await until('the API server to serve custom metrics', 60, async () => {
    const list = await kubectl(['get', '--raw', '/apis/custom.metrics.k8s.io/v1beta2']);
    return list.includes('souk_http_requests_per_second');
  });
}
