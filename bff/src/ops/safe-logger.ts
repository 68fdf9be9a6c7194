import { createLogger } from '@souk/domain/kernel';
import type { Logger } from 'pino';

/** The logger of a process: JSON without anything personal, errors included. */
export function createSafeLogger(options: Parameters<typeof createLogger>[0]): Logger {
  return createLogger(options).child({}, { serializers: { err: safeError } });
}

/**
 * An error as logs may hold it. Errors of Postgres carry rows in `detail` and `where` (an e-mail address in a unique
 * violation), those of Stripe whole requests: only what names the fault is kept.
 */
function safeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...('code' in error ? { code: error.code } : {}),
    ...('constraint' in error ? { constraint: error.constraint } : {}),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}
