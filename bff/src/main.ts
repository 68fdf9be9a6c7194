import { createDomain } from '@souk/domain/app';
import { startTelemetry } from '@souk/telemetry';
import { loadBffConfig } from './config.ts';
import { createMetrics } from './ops/metrics.ts';
import { startOperationsServer } from './ops/operations-server.ts';
import { configureOrExit, exitIfPortIsTaken, stopOnSignals } from './ops/run.ts';
import { createSafeLogger } from './ops/safe-logger.ts';
import { createServer } from './server.ts';

/** How many callers may wait for each database connection, and how long each: beyond it they are told to come back. */
const WAITING_A_CONNECTION = 20;
const LONGEST_WAIT_MS = 3_000;

const config = configureOrExit(loadBffConfig);
const logger = createSafeLogger({ name: 'bff', level: config.domain.logLevel });
const telemetry = await startTelemetry(config.telemetry, { service: 'souk-bff', logger });
const metrics = createMetrics(config.build);
const { observer } = metrics;
const queue = { mostWaiting: WAITING_A_CONNECTION * config.domain.databasePoolSize, waitMs: LONGEST_WAIT_MS };
const domain = createDomain(config.domain, { logger, applicationName: 'souk-bff', observer, queue });
const server = await createServer({ config, domain, logger, metrics });

try {
  const operations = await startOperationsServer({
    host: config.host,
    port: config.metricsPort,
    registry: metrics.registry,
  });
  const url = await server.app.listen({ host: config.host, port: config.port });
  logger.info({ url, metricsPort: operations.port }, 'the bff listens');
  stopOnSignals(logger, async () => {
    await server.drain();
    await operations.close();
    await domain.close();
    await telemetry.stop();
  });
} catch (error) {
  exitIfPortIsTaken(error, { BFF_PORT: config.port, METRICS_PORT: config.metricsPort });
}
