import { keepPort, loopback } from '../stack/ports.ts';
import { startProgram } from '../stack/programs.ts';
import { type Supervised, supervise } from '../stack/supervisor.ts';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { type Balancer, openIngress, openService } from './balancers.ts';

/** A shop with two of each program that answers requests, behind balancers. */
export interface Cluster {
  readonly shop: Shop;
  /** Where shoppers come in. */
  readonly ingress: Balancer;
  /** Where storefronts ask. */
  readonly service: Balancer;
  /** All programs, by their names in `Balancer.endpoints`. */
  readonly programs: ReadonlyMap<string, Supervised>;
  /** Postgres, Redis and Meilisearch by their names in lower case. */
  readonly stores: ReadonlyMap<string, Supervised>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Under the folder of the stacks. */
  readonly directory: string;
  /** How long a program that is to stop goes on serving, for balancers to notice. */
  readonly drainSeconds: number;
  readonly seedSize?: number;
}

/** Connections to Postgres that each bff may have: few, so that it is the pools that run out. */
const POOL_SIZE = 8;

/** Starts all of it: about ten seconds, and half a minute more for a first catalogue. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { directory, drainSeconds, seedSize } = options;
  const [ingress, service] = await Promise.all([openIngress(), openService()]);
  const balancers = [ingress, service];
  const closeBalancers = () => Promise.all(balancers.map((balancer) => balancer.close()));
  try {
    const shop = await startShop({
      directory,
      // what was committed has to be there after Postgres was killed
      durable: true,
      ...(seedSize === undefined ? {} : { seedSize }),
      environment: ({ storefrontPort, bffPort }) => {
        ingress.endpoints.add({ name: 'storefront-1', port: storefrontPort });
        service.endpoints.add({ name: 'bff-1', port: bffPort });
        return {
          BFF_URL: service.url,
          SHOP_URL: ingress.url,
          DRAIN_SECONDS: String(drainSeconds),
          SHUTDOWN_DELAY_MS: String(drainSeconds * 1_000),
          DATABASE_POOL_SIZE: String(POOL_SIZE),
          LOG_LEVEL: 'warn',
        };
      },
    });
    const { bff, storefront, worker } = shop.programs;
    const secondBff = await startSecond(shop, 'bff', service);
    const secondStorefront = await startSecond(shop, 'storefront', ingress);
    await Promise.all([
      ...['storefront-1', 'storefront-2'].map((name) => ingress.endpoints.untilReady(name)),
      ...['bff-1', 'bff-2'].map((name) => service.endpoints.untilReady(name)),
    ]);
    return {
      shop,
      ingress,
      service,
      programs: new Map([
        ['storefront-1', storefront],
        ['storefront-2', secondStorefront],
        ['bff-1', bff],
        ['bff-2', secondBff],
        ['worker', worker],
      ]),
      stores: new Map(
        shop.stack.services.flatMap(({ name, supervised }) =>
          supervised ? [[name.toLowerCase(), supervised] as const] : [],
        ),
      ),
      async stop() {
        await closeBalancers();
        await Promise.all([secondBff.stop(), secondStorefront.stop()]);
        await shop.stop();
      },
    };
  } catch (error) {
    await closeBalancers();
    throw error;
  }
}

const entries = { bff: 'bff/src/main.ts', storefront: 'storefront/server/main.ts' };

async function startSecond(
  shop: Shop,
  kind: 'bff' | 'storefront',
  { endpoints }: Balancer,
): Promise<Supervised> {
  const name = `${kind}-2`;
  const [port, metricsPort] = await Promise.all([keepPort(), keepPort()]);
  const env = {
    ...shop.env,
    HOST: loopback,
    METRICS_PORT: String(metricsPort),
    [kind === 'bff' ? 'BFF_PORT' : 'PORT']: String(port),
  };
  const healthUrl = `http://${loopback}:${port}/health/ready`;
  const program = { name, entry: entries[kind], healthUrl };
  const supervised = await supervise(() => startProgram(shop.stack.instance, program, { env }), {
    restarts: 0,
  });
  endpoints.add({ name, port });
  return supervised;
}
