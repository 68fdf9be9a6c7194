import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { keepPort, loopback, requireFree } from './ports.ts';

async function takenPort(host: string): Promise<number> {
  const port = await keepPort();
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return port;
}

function storefrontOn(port: number) {
  return { port, host: loopback, purpose: 'the storefront', option: '--port' };
}

test.each([loopback, '0.0.0.0'])(
  'names a port that is taken on %s, and how to choose another',
  async (host) => {
    const port = await takenPort(host);
    await expect(requireFree([storefrontOn(port)])).rejects.toThrow(
      new RegExp(`Port ${port}, wanted for the storefront, is taken .* choose another port: --port \\d+`),
    );
  },
);

test('refuses one port for two purposes', async () => {
  const port = await keepPort();
  const api = { port, host: loopback, purpose: 'the API', option: '--bff-port' };
  await expect(requireFree([storefrontOn(port), api])).rejects.toThrow(
    'the storefront and the API cannot both use port',
  );
});

test('is content with free ports', async () => {
  await requireFree([storefrontOn(await keepPort())]);
});
