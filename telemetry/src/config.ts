import { z } from 'zod';

const httpUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    message: 'expected a URL that begins with http:// or https://',
  });

const dsn = httpUrl.refine(
  (value) => new URL(value).username !== '' && /\d+$/.test(new URL(value).pathname),
  {
    message: 'expected https://KEY@HOST/PROJECT',
  },
);

/** The variables that every process of the shop reads for this, to be spread into a schema of its environment. */
export const telemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.05),
  SENTRY_DSN: dsn.optional(),
  SENTRY_ENVIRONMENT: z.string().min(1).max(64).optional(),
};

export interface TelemetryConfig {
  /** Null: no traces. */
  readonly traces: {
    /** Of the collector, without `/v1/traces` and without a slash at its end. */
    readonly endpoint: string;
    /** The part of all traces that is kept, from 0 to 1. */
    readonly ratio: number;
  } | null;
  /** Null: no error reports. */
  readonly errorsDsn: string | null;
  /** As traces and reports name it, such as `production`. */
  readonly environment: string;
  readonly version: string;
}

const variables = z.object(telemetryVariables);

/**
 * What the variables mean.
 *
 * @param process.mode what NODE_ENV says, which names the environment unless SENTRY_ENVIRONMENT does
 * @param process.version what runs
 */
export function telemetryConfig(
  env: z.infer<typeof variables>,
  process: { readonly mode: string; readonly version: string },
): TelemetryConfig {
  const { mode, version } = process;
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '');
  return {
    traces: endpoint === undefined ? null : { endpoint, ratio: env.OTEL_TRACES_SAMPLER_ARG },
    errorsDsn: env.SENTRY_DSN ?? null,
    environment: env.SENTRY_ENVIRONMENT ?? mode,
    version,
  };
}
