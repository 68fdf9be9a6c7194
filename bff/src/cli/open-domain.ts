import { createDomain, type Domain } from '@souk/domain/app';
import {
  type Context,
  createLogger,
  type DomainConfig,
  loadDomainConfig,
  pendingMigrations,
  system,
} from '@souk/domain/kernel';

/** A refusal that the operator can understand: shown as it is, without a stack. */
export class CliError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CliError';
  }
}

/** What the environment says. @throws ConfigError */
export function configFromEnvironment(): DomainConfig {
  return loadDomainConfig(process.env);
}

/**
 * Runs `work` on the domain that the environment names, as the system; warnings go to standard error.
 *
 * @throws CliError when the database is older than this release
 */
export async function withDomain<T>(work: (ctx: Context, domain: Domain) => Promise<T>): Promise<T> {
  const config = configFromEnvironment();
  const logger = createLogger({ name: 'souk', level: quieter(config.logLevel), destination: process.stderr });
  const domain = createDomain(config, { logger, applicationName: 'souk-cli' });
  try {
    const ctx = domain.context({ actor: system });
    const pending = await pendingMigrations(ctx.db);
    if (pending.length > 0) {
      throw new CliError(
        `The database is older than this release (${pending.length} migrations): run souk migrate.`,
      );
    }
    return await work(ctx, domain);
  } finally {
    await domain.close();
  }
}

/** The terminal is for results: what the services would log at `info` is left out. */
function quieter(level: string): string {
  return level === 'info' ? 'warn' : level;
}
