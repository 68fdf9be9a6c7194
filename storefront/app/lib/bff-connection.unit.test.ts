import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { askBff } from './bff-connection.server.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(listener: RequestListener, port = 0): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const key = '{"json":{"requestId":"01a201ed-c396-763f-930b-4ef8f5cad1e2"}}';
const ask = (port: number, body: string | null, procedure = 'cart.addLine') =>
  askBff({
    url: `http://127.0.0.1:${port}/trpc/${procedure}`,
    method: body === null ? 'GET' : 'POST',
    headers: {},
    body,
    signal: new AbortController().signal,
  });

/** A bff that spoils its first answer, and counts what comes. */
async function spoiled(spoil: RequestListener) {
  let count = 0;
  const port = await listen((request, response) => {
    count += 1;
    if (count === 1) spoil(request, response);
    else response.end('{"fine":true}');
  });
  return { port, count: () => count };
}

test.each([
  ['a question', null, 2],
  ['what carries the key of its request', key, 2],
])('%s is sent once more when the connection breaks', async (_what, body, times) => {
  const bff = await spoiled((request) => request.socket.destroy());
  const answer = await ask(bff.port, body);
  expect(await answer.json()).toEqual({ fine: true });
  expect(bff.count()).toBe(times);
});

test('so is what the bff does once however often it comes', async () => {
  const bff = await spoiled((request) => request.socket.destroy());
  expect((await ask(bff.port, '{"json":{"totalsVersion":1}}', 'checkout.place')).ok).toBe(true);
  expect(bff.count()).toBe(2);
});

test('so is a question whose answer breaks off', async () => {
  const bff = await spoiled((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"fi', () => response.destroy());
  });
  expect(await (await ask(bff.port, null)).json()).toEqual({ fine: true });
});

test('a change that may have been made is not sent again', async () => {
  const bff = await spoiled((request) => request.socket.destroy());
  await expect(ask(bff.port, '{"json":{"quantity":1}}')).rejects.toThrow();
  expect(bff.count()).toBe(1);
});

test('whatever was never sent is sent as soon as somebody listens', async () => {
  const port = await listen(() => {});
  servers.pop()?.close();
  const asked = ask(port, '{"json":{"quantity":1}}');
  setTimeout(() => listen((_request, response) => response.end('{"fine":true}'), port), 150);
  expect(await (await asked).json()).toEqual({ fine: true });
});

test('a bff that hangs is left for another one', async () => {
  const bff = await spoiled(() => {});
  const began = performance.now();
  expect((await ask(bff.port, null)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(4_000);
});
