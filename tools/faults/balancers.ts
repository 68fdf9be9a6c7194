import { once } from 'node:events';
import { Agent, createServer as createHttpServer, request as sendRequest } from 'node:http';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { loopback } from '../stack/ports.ts';
import { type Endpoints, watchEndpoints } from './endpoints.ts';

/** One address for several processes. */
export interface Balancer {
  readonly url: string;
  readonly endpoints: Endpoints;
  close(): Promise<void>;
}

/**
 * Opens what an ingress is to the storefront: it speaks HTTP, keeps connections to the endpoints, takes them in turns, and never sends a
 * request twice. What an endpoint breaks off is a 502, and 503 when none is ready.
 */
export async function openIngress(): Promise<Balancer> {
  const endpoints = watchEndpoints();
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const server = createHttpServer((request, response) => {
    const endpoint = endpoints.next();
    if (!endpoint) {
      response.writeHead(503).end('no endpoint is ready');
      return;
    }
    const { method, url: path, headers } = request;
    const upstream = sendRequest({ agent, host: loopback, port: endpoint.port, method, path, headers });
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    upstream.on('error', (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(`${endpoint.name}: ${error.message}`);
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  server.keepAliveTimeout = 60_000;
  return balancerOf(server, endpoints, () => {
    agent.destroy();
    server.closeAllConnections();
  });
}

/**
 * Opens what a service of Kubernetes is to the bff: it knows connections and no requests. One that stands stays where it is, also when its
 * endpoint is no longer ready. A real service lets its client see that an endpoint refuses a connection, and the client takes another; this
 * one cannot, so it takes another itself.
 */
export async function openService(): Promise<Balancer> {
  const endpoints = watchEndpoints();
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createTcpServer({ pauseOnConnect: true }, (client) => {
    track(client);
    const tryNext = (triesLeft: number) => {
      const endpoint = endpoints.next();
      if (!endpoint || triesLeft === 0) {
        client.destroy();
        return;
      }
      const upstream = connect(endpoint.port, loopback);
      const refused = () => tryNext(triesLeft - 1);
      upstream.once('error', refused);
      upstream.once('connect', () => {
        upstream.off('error', refused);
        track(upstream);
        upstream.on('close', () => client.destroy());
        client.on('close', () => upstream.destroy());
        client.pipe(upstream).pipe(client);
        client.resume();
      });
    };
    tryNext(4);
  });
  return balancerOf(server, endpoints, () => {
    for (const socket of sockets) socket.destroy();
  });
}

async function balancerOf(server: Server, endpoints: Endpoints, end: () => void): Promise<Balancer> {
  server.listen(0, loopback);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://${loopback}:${port}`,
    endpoints,
    async close() {
      endpoints.stop();
      const closed = once(server, 'close');
      server.close();
      end();
      await closed;
    },
  };
}
