import { createDomain, type Domain } from '@souk/domain/app';
import { createLogger, loadDomainConfig } from '@souk/domain/kernel';

/** Runs `work` on the domain of the shop whose programs were given this environment. */
export async function withBooks<T>(
  environment: Readonly<Record<string, string>>,
  work: (domain: Domain) => Promise<T>,
): Promise<T> {
  const logger = createLogger({ name: 'load', level: 'error', destination: process.stderr });
  const domain = createDomain(loadDomainConfig(environment), { logger, applicationName: 'souk-load' });
  try {
    return await work(domain);
  } finally {
    await domain.close();
  }
}
