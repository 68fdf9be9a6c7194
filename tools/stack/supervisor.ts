import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from './errors.ts';
import type { Server } from './processes.ts';

/** A server that is kept running. */
export interface Supervised {
  readonly name: string;
  /** the process that runs now */
  server(): Server;
  /** starts it again after `stop` or `kill` */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** ends it as a crash would; it stays down until `start` */
  kill(): Promise<void>;
  /** settles when the server has ended by itself and will not be started again: how, and where its log is */
  readonly gaveUp: Promise<{ name: string; how: string; logFile: string }>;
}

export interface SupervisionOptions {
  /** how often within a minute to start it again; 0: never */
  restarts: number;
  /** told when it is started again, and why */
  onRestart?: ((name: string, how: string) => void) | undefined;
}

const windowMs = 60_000;
const pauseMs = 200;

/** Starts a server by `launch`, and again whenever it ends by itself. */
export async function supervise(
  launch: () => Promise<Server>,
  options: SupervisionOptions,
): Promise<Supervised> {
  let server = await launch();
  let isWanted = true;
  let restarting: Promise<void> = Promise.resolve();
  let restarts: number[] = [];
  const { promise: gaveUp, resolve: giveUp } = Promise.withResolvers<{
    name: string;
    how: string;
    logFile: string;
  }>();

  const onEnd = async (ended: Server, how: string) => {
    if (!isWanted || ended !== server) return;
    restarts = restarts.filter((time) => time > Date.now() - windowMs);
    if (restarts.length >= options.restarts) return giveUp({ name: ended.name, how, logFile: ended.logFile });
    restarts.push(Date.now());
    options.onRestart?.(ended.name, how);
    await sleep(pauseMs);
    if (!isWanted) return;
    try {
      watch(await launch());
    } catch (error) {
      giveUp({ name: ended.name, how: messageOf(error), logFile: ended.logFile });
    }
  };
  const watch = (started: Server) => {
    server = started;
    started.exited.then((how) => {
      restarting = onEnd(started, how);
    });
  };
  watch(server);

  const end = async (how: 'stop' | 'kill') => {
    isWanted = false;
    await restarting;
    await server[how]();
  };
  return {
    name: server.name,
    server: () => server,
    async start() {
      if (isWanted) return;
      isWanted = true;
      watch(await launch());
    },
    stop: () => end('stop'),
    kill: () => end('kill'),
    gaveUp,
  };
}
