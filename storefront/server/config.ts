import { type TelemetryConfig, telemetryConfig, telemetryVariables } from '@souk/telemetry';
import { z } from 'zod';
import { oauthOrigins } from './oauth-origins.ts';

const httpUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    message: 'expected a URL that begins with http:// or https://',
  })
  .transform((value) => value.replace(/\/+$/, ''));

const port = z.coerce.number().int().min(0).max(65_535);

/** What an image says of itself. */
const buildName = z.string().regex(/^[\w.+-]{1,64}$/);

/** A stop takes 10 s at the most: pages under way when the drain is over need the rest. */
const LONGEST_DRAIN_SECONDS = 8;

/** What the storefront reads from the environment; the README's table says the same. */
const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  BFF_URL: httpUrl.default('http://127.0.0.1:4000'),
  SHOP_URL: httpUrl.optional(),
  MAILBOX_URL: httpUrl.optional(),
  STRIPE_API_BASE: httpUrl.optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  STRIPE_JS_URL: httpUrl.default('https://js.stripe.com'),
  METRICS_PORT: port.default(9465),
  SOUK_VERSION: buildName.default('0.0.0-dev'),
  SOUK_COMMIT: buildName.default('unknown'),
  DRAIN_SECONDS: z.coerce.number().min(0).max(LONGEST_DRAIN_SECONDS).default(0),
  ...telemetryVariables,
});

/** Origins, as a content security policy names them. */
export interface PaymentElementSources {
  readonly scripts: readonly string[];
  readonly frames: readonly string[];
  readonly connections: readonly string[];
  readonly images: readonly string[];
}

export interface StorefrontConfig {
  readonly isDevelopment: boolean;
  readonly logLevel: string;
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly build: { readonly version: string; readonly commit: string };
  readonly bffUrl: string;
  /** The address that shoppers see, without a slash at its end. */
  readonly shopUrl: string;
  /** The mail catcher's API; null where mail goes to people. */
  readonly mailboxUrl: string | null;
  /** Where a form may lead: pages that take cards and prove cardholders. */
  readonly paymentOrigins: readonly string[];
  /** What the provider's Payment Element loads, frames and asks, on the pages that mount it; null where it is off. */
  readonly paymentElement: PaymentElementSources | null;
  /** Where a form may lead besides: the log-in pages of the providers that are on. */
  readonly oauthOrigins: readonly string[];
  /** Paths that a provider's page posts to; each does nothing but become a GET. */
  readonly crossSitePosts: readonly string[];
  /** How long to go on serving after readiness has turned, so that load balancers notice. */
  readonly drainSeconds: number;
  readonly telemetry: TelemetryConfig;
}

/** A wrong variable, named with what was expected. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Parses the environment.
 *
 * @throws ConfigError that names every wrong variable
 */
export function readConfig(env: Record<string, string | undefined>): StorefrontConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const values = parsed.data;
  const stripe = values.STRIPE_API_BASE ? [new URL(values.STRIPE_API_BASE).origin] : [];
  return {
    isDevelopment: values.NODE_ENV === 'development',
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.PORT,
    metricsPort: values.METRICS_PORT,
    build: { version: values.SOUK_VERSION, commit: values.SOUK_COMMIT },
    bffUrl: values.BFF_URL,
    shopUrl: values.SHOP_URL ?? `http://localhost:${values.PORT}`,
    mailboxUrl: values.MAILBOX_URL ?? null,
    paymentOrigins: [
      ...stripe,
      'https://hooks.stripe.com',
      'https://pm-redirects.stripe.com',
      'https://checkout.stripe.com',
    ],
    paymentElement: values.STRIPE_PUBLISHABLE_KEY ? sourcesOf(values.STRIPE_JS_URL) : null,
    oauthOrigins: oauthOrigins(given),
    crossSitePosts: given.APPLE_CLIENT_ID ? ['/oauth/apple/callback'] : [],
    drainSeconds: values.DRAIN_SECONDS,
    telemetry: telemetryConfig(values, { mode: values.NODE_ENV, version: values.SOUK_VERSION }),
  };
}

/** By https://docs.stripe.com/security/guide#content-security-policy; a stand-in has but one origin. */
function sourcesOf(scriptUrl: string): PaymentElementSources {
  const { origin, hostname } = new URL(scriptUrl);
  if (hostname !== 'js.stripe.com') {
    return { scripts: [origin], frames: [origin], connections: [origin], images: [] };
  }
  const scripts = ['https://js.stripe.com', 'https://*.js.stripe.com'];
  return {
    scripts,
    frames: [...scripts, 'https://hooks.stripe.com'],
    connections: ['https://api.stripe.com'],
    images: ['https://*.stripe.com'],
  };
}
