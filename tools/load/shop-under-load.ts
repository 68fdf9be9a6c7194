import { join } from 'node:path';
import { environmentOfRunning } from '../stack/instance.ts';
import { soukDirectory } from '../stack/paths.ts';
import { startShop } from '../testing/start-shop.ts';

/** A shop to send shoppers to. */
export interface ShopUnderLoad {
  readonly url: string;
  /** What its programs were given: lets us look into its books. Absent for a shop that is somewhere else. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  /** Opened for this run, for nobody else. */
  readonly isOurs: boolean;
  stop(): Promise<void>;
}

/** The shop at an address; where that is this checkout's own `npm start`, with what its programs were given. */
export function shopAt(url: string): ShopUnderLoad {
  const running = environmentOfRunning(join(soukDirectory, 'start'));
  const isHere = running?.SHOP_URL !== undefined && originOf(running.SHOP_URL) === originOf(url);
  return { url, environment: isHere ? running : undefined, isOurs: false, stop: async () => {} };
}

/** `localhost` and `127.0.0.1` are one shop. */
function originOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname === '127.0.0.1' ? 'localhost' : hostname}:${port}`;
}

/** Opens a shop as `npm start` does, on free ports, with the demo catalogue and a database that is written to disk. */
export async function openShop(): Promise<ShopUnderLoad> {
  const shop = await startShop({ directory: 'load-shop', durable: true });
  return { url: shop.shopUrl, environment: shop.env, isOurs: true, stop: () => shop.stop() };
}
