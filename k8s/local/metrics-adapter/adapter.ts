// Serves what Prometheus knows as the custom and external metrics that autoscalers ask for: the part of the Prometheus adapter that the
// chart leans on. It runs in a pod, as it is, by Node; it uses no package.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

/** PromQL by metric: a series a pod (label `pod`), or one for all. */
interface Queries {
  readonly pods: Readonly<Record<string, string>>;
  readonly external: Readonly<Record<string, string>>;
}

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

interface Answer {
  readonly data: { readonly result: readonly Series[] };
}

const prometheus = process.env.PROMETHEUS_URL ?? 'http://prometheus.monitoring.svc';
const queries: Queries = JSON.parse(readFileSync('/etc/souk/queries.json', 'utf8'));
const custom = 'custom.metrics.k8s.io/v1beta2';
const external = 'external.metrics.k8s.io/v1beta1';

/** Only the API server may ask: it proves itself by the certificate that its front-proxy authority signed. */
const tls = {
  cert: readFileSync('/etc/souk-tls/tls.crt'),
  key: readFileSync('/etc/souk-tls/tls.key'),
  ca: readFileSync('/etc/souk-tls/front-proxy-ca.crt'),
  requestCert: true,
  rejectUnauthorized: true,
};

const routes: ReadonlyArray<readonly [RegExp, (match: readonly string[]) => Promise<unknown>]> = [
  [
    /^\/apis\/custom[.]metrics[.]k8s[.]io\/v1beta2\/?$/,
    async () => resources(custom, Object.keys(queries.pods), 'pods/'),
  ],
  [
    /^\/apis\/external[.]metrics[.]k8s[.]io\/v1beta1\/?$/,
    async () => resources(external, Object.keys(queries.external), ''),
  ],
  [/^\/apis\/custom[.]metrics[.]k8s[.]io\/v1beta2\/namespaces\/([^/]+)\/pods\/[*]\/([^/]+)$/, podMetric],
  [/^\/apis\/external[.]metrics[.]k8s[.]io\/v1beta1\/namespaces\/([^/]+)\/([^/]+)$/, externalMetric],
];

createServer(tls, (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'https://adapter');
  answer(decodeURIComponent(pathname)).then(
    (body) =>
      send(body === undefined ? 404 : 200, body ?? status(404, 'NotFound', `there is no ${pathname}`)),
    (error) => send(503, status(503, 'ServiceUnavailable', String(error))),
  );
  function send(code: number, body: unknown): void {
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}).listen(8443, '0.0.0.0');

async function answer(path: string): Promise<unknown> {
  for (const [pattern, serve] of routes) {
    const match = pattern.exec(path);
    if (match) return serve(match.slice(1));
  }
  return undefined;
}

async function podMetric([namespace = '', name = '']: readonly string[]): Promise<unknown> {
  const series = await ask(queries.pods[name], namespace);
  const items = series?.map(({ metric, value: [at, value] }) => ({
    describedObject: { apiVersion: '/v1', kind: 'Pod', namespace, name: metric.pod ?? '' },
    metric: { name },
    timestamp: new Date(at * 1000).toISOString(),
    value: quantity(value),
  }));
  return items && { kind: 'MetricValueList', apiVersion: custom, metadata: {}, items };
}

async function externalMetric([namespace = '', metricName = '']: readonly string[]): Promise<unknown> {
  const series = await ask(queries.external[metricName], namespace);
  const items = series?.map(({ metric, value: [at, value] }) => ({
    metricName,
    metricLabels: metric,
    timestamp: new Date(at * 1000).toISOString(),
    value: quantity(value),
  }));
  return items && { kind: 'ExternalMetricValueList', apiVersion: external, metadata: {}, items };
}

async function ask(query: string | undefined, namespace: string): Promise<readonly Series[] | undefined> {
  if (query === undefined) return undefined;
  const url = new URL('/api/v1/query', prometheus);
  url.searchParams.set('query', query.replaceAll('NAMESPACE', namespace));
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`Prometheus answered ${response.status}`);
  const answered: Answer = JSON.parse(await response.text());
  return answered.data.result;
}

/** Thousandths, as Kubernetes writes numbers that are not whole. */
function quantity(value: string): string {
  return `${Math.round(Number(value) * 1000)}m`;
}

function resources(groupVersion: string, names: readonly string[], prefix: string) {
  const list = names.map((name) => ({
    name: prefix + name,
    singularName: '',
    namespaced: true,
    kind: prefix ? 'MetricValueList' : 'ExternalMetricValueList',
    verbs: ['get'],
  }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: list };
}

function status(code: number, reason: string, message: string) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message };
}
