import { type DomainConfig, loadDomainConfig, parseEnvironment } from '@souk/domain/kernel';
import { type TelemetryConfig, telemetryConfig, telemetryVariables } from '@souk/telemetry';
import { z } from 'zod';
import type { Build } from './ops/registry.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0).max(120_000);
const perMinute = z.coerce.number().int().min(1);

/** What an image says of itself. */
const build = {
  SOUK_VERSION: z
    .string()
    .regex(/^[\w.+-]{1,64}$/)
    .default('0.0.0-dev'),
  SOUK_COMMIT: z
    .string()
    .regex(/^[\w.+-]{1,64}$/)
    .default('unknown'),
};

/** A stop takes 10 s at the most: what is under way when the delay is over needs the rest. */
const LONGEST_SHUTDOWN_DELAY_MS = 8_000;

/** What the bff reads from the environment besides the domain's variables. */
const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  BFF_PORT: port.default(4000),
  METRICS_PORT: port.default(9464),
  RATE_LIMIT_READS: perMinute.default(1_200),
  RATE_LIMIT_MUTATIONS: perMinute.default(240),
  RATE_LIMIT_LOOPBACK: z.enum(['on', 'off']).default('off'),
  HANDLER_TIMEOUT_MS: milliseconds.min(100).default(30_000),
  SHUTDOWN_DELAY_MS: milliseconds.max(LONGEST_SHUTDOWN_DELAY_MS).default(0),
  ...build,
  ...telemetryVariables,
});

const workerEnvironment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  WORKER_METRICS_PORT: port.optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  ...build,
  ...telemetryVariables,
});

export interface BffConfig {
  readonly domain: DomainConfig;
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly rateLimit: {
    /** Requests a minute of one client address. */
    readonly reads: number;
    readonly mutations: number;
    /** Whether clients on this machine are counted: developers, tests and benches are not. */
    readonly countsLoopback: boolean;
  };
  /** How long one request may take before it is answered 503. */
  readonly handlerTimeoutMs: number;
  /** How long requests are still taken after readiness has flipped, for load balancers to notice. */
  readonly shutdownDelayMs: number;
  readonly build: Build;
  readonly telemetry: TelemetryConfig;
}

/** The bff's configuration from environment variables. @throws ConfigError that names each wrong variable */
export function loadBffConfig(variables: Record<string, string | undefined>): BffConfig {
  const env = parseEnvironment(environment, variables);
  const domain = loadDomainConfig(variables);
  return {
    domain,
    host: env.HOST,
    port: env.BFF_PORT,
    metricsPort: env.METRICS_PORT,
    rateLimit: {
      reads: env.RATE_LIMIT_READS,
      mutations: env.RATE_LIMIT_MUTATIONS,
      countsLoopback: env.RATE_LIMIT_LOOPBACK === 'on',
    },
    handlerTimeoutMs: env.HANDLER_TIMEOUT_MS,
    shutdownDelayMs: env.SHUTDOWN_DELAY_MS,
    build: { version: env.SOUK_VERSION, commit: env.SOUK_COMMIT },
    telemetry: telemetryConfig(env, { mode: domain.environment, version: env.SOUK_VERSION }),
  };
}

export interface WorkerConfig {
  readonly domain: DomainConfig;
  readonly host: string;
  /** Null: no metrics are served. */
  readonly metricsPort: number | null;
  /** Jobs that run side by side. */
  readonly concurrency: number;
  readonly build: Build;
  readonly telemetry: TelemetryConfig;
}

/** The worker's configuration from environment variables. @throws ConfigError that names each wrong variable */
export function loadWorkerConfig(variables: Record<string, string | undefined>): WorkerConfig {
  const env = parseEnvironment(workerEnvironment, variables);
  const domain = loadDomainConfig(variables);
  return {
    domain,
    host: env.HOST,
    metricsPort: env.WORKER_METRICS_PORT ?? null,
    concurrency: env.WORKER_CONCURRENCY,
    build: { version: env.SOUK_VERSION, commit: env.SOUK_COMMIT },
    telemetry: telemetryConfig(env, { mode: domain.environment, version: env.SOUK_VERSION }),
  };
}
