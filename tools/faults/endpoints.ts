import { setTimeout as sleep } from 'node:timers/promises';
import { loopback } from '../stack/ports.ts';

/** A process behind a balancer. */
export interface Endpoint {
  readonly name: string;
  readonly port: number;
}

/** How an orchestrator finds out who is to be sent requests: as a pod's readiness probe does. */
const PROBE_EVERY_MS = 500;
const PROBE_WITHIN_MS = 1_000;
/** So many probes in a row have to fail; one is enough to come back. */
const FAILURES_TO_LEAVE = 2;
const HEALTH_PATH = '/health/ready';

/** The processes of one kind, and which of them are ready. */
export interface Endpoints {
  add(endpoint: Endpoint): void;
  /** One that is ready, each in its turn; undefined when none is. */
  next(): Endpoint | undefined;
  has(name: string): boolean;
  isReady(name: string): boolean;
  /** @throws when it takes longer than half a minute */
  untilReady(name: string): Promise<void>;
  stop(): void;
}

interface Watched extends Endpoint {
  failures: number;
  isReady: boolean;
}

/** Watches endpoints by their readiness, which is all that it knows of them. */
export function watchEndpoints(): Endpoints {
  const all: Watched[] = [];
  let turn = 0;
  let isStopped = false;

  const watch = async (endpoint: Watched) => {
    while (!isStopped) {
      if (await answersReady(endpoint.port)) Object.assign(endpoint, { failures: 0, isReady: true });
      else if (++endpoint.failures >= FAILURES_TO_LEAVE) endpoint.isReady = false;
      await sleep(PROBE_EVERY_MS);
    }
  };
  const isReady = (name: string) => all.some((endpoint) => endpoint.name === name && endpoint.isReady);
  return {
    add(endpoint) {
      const watched = { ...endpoint, failures: 0, isReady: false };
      all.push(watched);
      watch(watched);
    },
    next() {
      const ready = all.filter((endpoint) => endpoint.isReady);
      turn += 1;
      return ready[turn % ready.length];
    },
    has: (name) => all.some((endpoint) => endpoint.name === name),
    isReady,
    async untilReady(name) {
      const giveUpAt = performance.now() + 30_000;
      while (!isReady(name)) {
        if (performance.now() > giveUpAt) throw new Error(`${name} did not become ready`);
        await sleep(50);
      }
    },
    stop() {
      isStopped = true;
    },
  };
}

async function answersReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://${loopback}:${port}${HEALTH_PATH}`, {
      signal: AbortSignal.timeout(PROBE_WITHIN_MS),
      headers: { connection: 'close' },
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
