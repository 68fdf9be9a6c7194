import { createDomain, runWorker } from '@souk/domain/app';
import { loadWorkerConfig } from './config.ts';
import { addPaymentMetrics, createRegistry } from './ops/metrics.ts';
import { startOperationsServer } from './ops/operations-server.ts';
import { configureOrExit, exitIfPortIsTaken, stopOnSignals } from './ops/run.ts';
import { createSafeLogger } from './ops/safe-logger.ts';

const config = configureOrExit(loadWorkerConfig);
const logger = createSafeLogger({ name: 'worker', level: config.domain.logLevel });
const domain = createDomain(config.domain, { logger, applicationName: 'souk-worker' });

try {
  const registry = createRegistry(domain.pool);
  addPaymentMetrics(registry, domain);
  const operations =
    config.metricsPort === null
      ? null
      : await startOperationsServer({
          host: config.host,
          port: config.metricsPort,
          registry,
        });
  const worker = await runWorker(domain, { concurrency: config.concurrency });
  logger.info({ metricsPort: operations?.port ?? null }, 'the worker runs');
  let isStopping = false;
  stopOnSignals(logger, async () => {
    isStopping = true;
    await worker.stop();
    await operations?.close();
    await domain.close();
  });
  await worker.stopped;
  if (!isStopping) throw new Error('the worker stopped by itself');
} catch (error) {
  exitIfPortIsTaken(error, { WORKER_METRICS_PORT: config.metricsPort ?? 0 });
}
