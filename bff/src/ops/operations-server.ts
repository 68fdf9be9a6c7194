import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface OperationsServer {
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` and `/health/live` on a port that shoppers do not reach.
 *
 * @param options.isReady with it `/health/ready` is served too: 503 while it says no
 * @throws when the port is taken
 */
export async function startOperationsServer(options: {
  host: string;
  port: number;
  registry: Registry;
  isReady?: () => boolean;
}): Promise<OperationsServer> {
  const { registry, isReady } = options;
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health/live') {
      answerHealth(response, 200, 'live');
    } else if (path === '/health/ready' && isReady !== undefined) {
      if (isReady()) answerHealth(response, 200, 'ready');
      else answerHealth(response, 503, 'not_ready');
    } else if (path === '/metrics') {
      registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    } else {
      response.writeHead(404).end();
    }
  });
  await listen(server, options);
  return {
    port: portOf(server.address()),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerHealth(response: ServerResponse, code: number, status: string): void {
  response
    .writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify({ status }));
}

function listen(server: Server, at: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
