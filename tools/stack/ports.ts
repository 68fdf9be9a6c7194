import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StackError } from './errors.ts';

export const loopback = '127.0.0.1';

/** Whether nobody listens on the port now. */
async function isFree(port: number, host: string = loopback): Promise<boolean> {
  return (await listenError(port, host)) === undefined;
}

/** Why a program could not listen there, as the system's code (`EADDRINUSE`, `EACCES`, …); `undefined` when it could. */
function listenError(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** A port that the user chose, and the option to choose another. */
export interface ChosenPort {
  port: number;
  host: string;
  /** who will listen there */
  purpose: string;
  option: string;
}

/**
 * Makes sure that the ports are free before anything is started.
 *
 * @throws StackError that names the port, its purpose and the option to change it
 */
export async function requireFree(ports: readonly ChosenPort[]): Promise<void> {
  for (const { port, host, purpose, option } of ports) {
    const other = ports.find((chosen) => chosen.port === port && chosen.purpose !== purpose);
    if (other)
      throw new StackError(
        `${purpose} and ${other.purpose} cannot both use port ${port}: change one with ${option}`,
      );
    const error = await listenError(port, host);
    // A browser that is sent to "localhost" asks ::1 first: whoever listens there would answer in our stead.
    const taken = error === 'EADDRINUSE' || (await listenError(port, '::1')) === 'EADDRINUSE';
    if (taken) {
      const instead = `${option} ${await nextFree(port)}`;
      throw new StackError(
        `Port ${port}, wanted for ${purpose}, is taken by another program. Stop that one, or choose another port: ${instead}`,
      );
    }
    if (error)
      throw new StackError(
        `${purpose} cannot listen on ${host} port ${port} (${error}). Choose another with ${option}`,
      );
  }
}

async function nextFree(taken: number): Promise<number> {
  for (let port = taken + 1; port < taken + 100; port++) {
    if (await isFree(port)) return port;
  }
  return freePort();
}

/**
 * A free port, at random so that two checkouts starting at once choose apart. Below the range from which the kernel takes ports
 * for outgoing connections (32768 and up on Linux): a port found there may be gone a moment later.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** The port used last time while it is free, else a new one. */
export async function keepPort(last?: number): Promise<number> {
  if (last !== undefined && (await isFree(last))) return last;
  return freePort();
}
