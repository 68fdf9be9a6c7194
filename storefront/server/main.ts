import { setTimeout as sleep } from 'node:timers/promises';
import { startTelemetry } from '@souk/telemetry';
import { createStorefront } from './app.ts';
import { ConfigError, readConfig, type StorefrontConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createOperationsServer } from './operations-server.ts';
import { builtPages, livePages } from './pages.ts';

/**
 * Browsers whose connection waits to be taken up: at a flash sale a thousand come within seconds. Of Node's own 511, the rest would be
 * dropped, and try again for half a minute.
 */
const BACKLOG = 4_096;

function configOrExit(): StorefrontConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

const config = configOrExit();
const logger = createLogger(config.logLevel);
const telemetry = await startTelemetry(config.telemetry, { service: 'souk-storefront', logger });
const pages = config.isDevelopment ? await livePages() : await builtPages();
const metrics = createMetrics(config.build);
const storefront = await createStorefront(config, pages, metrics, logger);
const operations = createOperationsServer(metrics.registry);

/** All of a stop is over within 10 s. */
const STOP_WITHIN_MS = 9_500;
const LOOK_EVERY_MS = 50;

let isStopping = false;
async function stop(signal: string): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  const { app } = storefront;
  app.log.info({ signal }, 'draining');
  storefront.startDraining();
  // A page that still streams after this long is not worth waiting for.
  setTimeout(() => {
    app.log.error({ afterMs: STOP_WITHIN_MS }, 'not every page was done in time');
    process.exit(1);
  }, STOP_WITHIN_MS).unref();
  await sleep(config.drainSeconds * 1_000);
  // Connections that fall idle while the server closes would stay open until their keep-alive runs out.
  setInterval(() => app.server.closeIdleConnections(), LOOK_EVERY_MS).unref();
  await app.close();
  await operations.close();
  await telemetry.stop();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

try {
  await operations.listen({ host: config.host, port: config.metricsPort });
  await storefront.app.listen({ host: config.host, port: config.port, backlog: BACKLOG });
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const [variable, port] =
      'port' in error && error.port === config.metricsPort
        ? ['METRICS_PORT', config.metricsPort]
        : ['PORT', config.port];
    process.stderr.write(`Port ${port} on ${config.host} is taken: set ${variable} to another one\n`);
    process.exit(1);
  }
  throw error;
}
