/**
 * Settles at the first signal that asks us to end. Later ones are taken for the same wish: the terminal, npm and the bootstrap may each
 * pass on one Ctrl-C.
 */
export function askedToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}
