import { ConfigError } from '@souk/domain/kernel';
import type { Logger } from 'pino';

/** The longest that a stop may take, for all of it to be over within 10 s; what still runs then is cut off. */
const STOP_WITHIN_MS = 9_500;

/** Parses the configuration, or ends the process with the message alone: a stack would hide the variable's name. */
export function configureOrExit<Config>(load: (variables: NodeJS.ProcessEnv) => Config): Config {
  try {
    return load(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Ends the process with one line when a port is taken; anything else is thrown on. */
export function exitIfPortIsTaken(error: unknown, ports: Readonly<Record<string, number>>): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    const taken = Object.entries(ports).find(([, port]) => port === error.port);
    process.stderr.write(`port ${error.port} is taken: choose another by ${taken?.[0] ?? 'its variable'}\n`);
    process.exit(1);
  }
  throw error;
}

/** Stops on SIGTERM and SIGINT, within 10 s; a second signal stops at once. */
export function stopOnSignals(logger: Logger, stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error({ afterMs: STOP_WITHIN_MS }, 'not everything stopped in time');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    stop().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
