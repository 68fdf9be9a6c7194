// Tells Prometheus (http_sd) which pods have a port named `metrics`: Debian's Prometheus is built without the discovery of Kubernetes. It
// runs beside Prometheus, by Node, and uses no package.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';

interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly containers: readonly Container[] };
  readonly status: { readonly podIP?: string };
}

interface Container {
  readonly name: string;
  readonly ports?: ReadonlyArray<{ readonly name?: string; readonly containerPort: number }>;
}

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

createServer((_, response) => {
  pods().then(
    (list) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(list.flatMap(targetsOf)));
    },
    (error) => response.writeHead(503).end(String(error)),
  );
}).listen(8080, '127.0.0.1');

function targetsOf({ metadata, spec, status }: Pod) {
  return spec.containers.flatMap(({ name: container, ports = [] }) =>
    ports
      .filter(({ name }) => name === 'metrics' && status.podIP !== undefined)
      .map(({ containerPort }) => ({
        targets: [`${status.podIP}:${containerPort}`],
        labels: { namespace: metadata.namespace, pod: metadata.name, container },
      })),
  );
}

function pods(): Promise<readonly Pod[]> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: process.env.KUBERNETES_SERVICE_HOST,
        port: process.env.KUBERNETES_SERVICE_PORT,
        path: '/api/v1/pods?fieldSelector=status.phase%3DRunning',
        ca: readFileSync(`${account}/ca.crt`),
        headers: { authorization: `Bearer ${readFileSync(`${account}/token`, 'utf8')}` },
        timeout: 5000,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(body).items);
          else reject(new Error(`the API server answered ${response.statusCode}`));
        });
      },
    );
    asked.on('error', reject).on('timeout', () => asked.destroy(new Error('the API server is silent')));
    asked.end();
  });
}
