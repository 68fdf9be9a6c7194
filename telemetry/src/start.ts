import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { TelemetryConfig } from './config.ts';
import { setReporter } from './error-reports.ts';
import { setTracer } from './spans.ts';

/** The longest that what is still to be sent holds up the end of a process. */
const STOP_WITHIN_MS = 2_000;

export interface Telemetry {
  /** Sends what waits, within two seconds, and turns traces and reports off. The last thing that a process does. */
  stop(): Promise<void>;
}

/**
 * Turns on what the configuration asks for. What is off is not even loaded.
 *
 * @param options.service what the process is called, such as `souk-bff`
 */
export async function startTelemetry(
  config: TelemetryConfig,
  options: { service: string; logger: Logger },
): Promise<Telemetry> {
  const { environment, version } = config;
  const about = { ...options, environment, version };
  const stops: (() => Promise<void>)[] = [];
  if (config.traces !== null) {
    const { openTracer } = await import('./opentelemetry.ts');
    const { tracer, stop } = openTracer({ ...about, ...config.traces });
    setTracer(tracer);
    stops.push(stop);
  }
  if (config.errorsDsn !== null) {
    const { openSentry } = await import('./sentry.ts');
    const { report, stop } = openSentry({ ...about, dsn: config.errorsDsn });
    setReporter(report);
    stops.push(() => stop(STOP_WITHIN_MS));
  }
  return {
    async stop() {
      const patience = new AbortController();
      const tooLate = sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([Promise.allSettled(stops.map((stop) => stop())), tooLate]);
      patience.abort();
      setTracer(null);
      setReporter(null);
    },
  };
}
