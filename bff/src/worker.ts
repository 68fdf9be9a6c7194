import { createDomain, runWorker } from '@souk/domain/app';
import { startTelemetry } from '@souk/telemetry';
import { loadWorkerConfig } from './config.ts';
import { addBacklogMetrics } from './ops/backlog-metrics.ts';
import { observeDomain, observeJobs } from './ops/domain-metrics.ts';
import { startOperationsServer } from './ops/operations-server.ts';
import { addPoolMetrics, createRegistry } from './ops/registry.ts';
import { configureOrExit, exitIfPortIsTaken, stopOnSignals } from './ops/run.ts';
import { createSafeLogger } from './ops/safe-logger.ts';

const config = configureOrExit(loadWorkerConfig);
const logger = createSafeLogger({ name: 'worker', level: config.domain.logLevel });
const telemetry = await startTelemetry(config.telemetry, { service: 'souk-worker', logger });
const registry = createRegistry('worker', config.build);
const observer = { ...observeDomain(registry), ...observeJobs(registry) };
const domain = createDomain(config.domain, { logger, applicationName: 'souk-worker', observer });
addPoolMetrics(registry, domain.pool);
addBacklogMetrics(registry, domain);

try {
  let isRunning = false;
  let isStopping = false;
  const operations =
    config.metricsPort === null
      ? null
      : await startOperationsServer({
          host: config.host,
          port: config.metricsPort,
          registry,
          isReady: () => isRunning && !isStopping,
        });
  const worker = await runWorker(domain, { concurrency: config.concurrency });
  isRunning = true;
  logger.info({ metricsPort: operations?.port ?? null }, 'the worker runs');
  stopOnSignals(logger, async () => {
    isStopping = true;
    const handedBack = await worker.stop();
    // they run on until the process ends, and others have begun them anew
    if (handedBack > 0) return;
    await operations?.close();
    await domain.close();
    await telemetry.stop();
  });
  await worker.stopped;
  if (!isStopping) throw new Error('the worker stopped by itself');
} catch (error) {
  exitIfPortIsTaken(error, { WORKER_METRICS_PORT: config.metricsPort ?? 0 });
}
