import type { Supervised } from './supervisor.ts';

/** One store of the stack, as programs reach it and as the table shows it. */
export interface Service {
  readonly name: string;
  /** absent: Souk runs without it */
  readonly url?: string | undefined;
  /** what the table says of where it runs: version, data directory, or why it is absent */
  readonly note: string;
  readonly data?: string | undefined;
  readonly key?: string | undefined;
  /** the server, when it is ours */
  readonly supervised?: Supervised | undefined;
  stop(): Promise<void>;
}

export const nothingToStop = async (): Promise<void> => {};

/** An address without its password, for people. */
export function publicAddress(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
