import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

/** Whether nobody listens on the port now. */
export function isFree(port: number, host: string = loopback): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A free port, at random so that two checkouts starting at once choose apart. Below the range from which the kernel takes ports
 * for outgoing connections (32768 and up on Linux): a port found there may be gone a moment later.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** The port used last time while it is free, else a new one. */
export async function keepPort(last: number | undefined): Promise<number> {
  if (last !== undefined && (await isFree(last))) return last;
  return freePort();
}
