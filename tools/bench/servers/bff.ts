import { loadBffConfig } from '@souk/bff/config';
import { createMetrics } from '@souk/bff/metrics';
import { createServer } from '@souk/bff/server';
import { createDomain } from '@souk/domain/app';
import { createLogger } from '@souk/domain/kernel';

/** The bff as it runs in production, on a free port. Its address goes to the parent process. */
const config = loadBffConfig(process.env);
const logger = createLogger({ name: 'bff', level: config.domain.logLevel });
const metrics = createMetrics(config.build);
const domain = createDomain(config.domain, { logger, observer: metrics.observer });
const { app } = await createServer({ config, domain, logger, metrics });
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
