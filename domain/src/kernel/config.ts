import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { type MediaBucketConfig, readMediaBucket } from './media-config.ts';
import { currencyCode } from './money.ts';
import { type OAuthProviderConfig, readOAuthProviders } from './oauth-config.ts';
import { type AvalaraConfig, readAvalara, readShippo, type ShippoConfig } from './outside-config.ts';
import { readSeller, type SellerConfig } from './seller-config.ts';

export { ConfigError };

const url = (protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `expected a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Stripe.js of the API version that the server speaks. */
const STRIPE_JS = 'https://js.stripe.com/endive/stripe.js';

/** The ways to pay that ask no bank when the order is placed. */
export const offlineMethods = ['bank_transfer', 'invoice', 'pay_link', 'cash_on_collection'] as const;
export type OfflineMethod = (typeof offlineMethods)[number];

/** What the domain reads from the environment: one variable a line, with what it means in the README. */
const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  REDIS_PREFIX: z.string().min(1).default('souk:'),
  MEILI_URL: url(['http:', 'https:']).optional(),
  MEILI_API_KEY: z.string().optional(),
  MEILI_INDEX: z
    .string()
    .regex(/^[a-z0-9_-]+$/, 'expected lower-case letters, digits, - and _')
    .default('souk_products'),
  SOUK_SECRET: z
    .string()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => secret.length >= 32), {
      message: 'expected secrets of at least 32 characters, separated by commas, the newest first',
    }),
  SHOP_NAME: z.string().min(1).default('Souk'),
  SHOP_URL: url(['http:', 'https:']).default('http://localhost:3000'),
  SHOP_CURRENCY: currencyCode.default('USD'),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => secret !== ''), {
      message: 'expected signing secrets, separated by commas',
    }),
  STRIPE_API_BASE: url(['http:', 'https:']).optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_/, 'expected a key that begins with pk_: it is shown to every browser')
    .optional(),
  SETTINGS_CACHE_SECONDS: z.coerce.number().min(0).max(3_600).default(5),
  PAYMENT_METHODS: z
    .string()
    .default(offlineMethods.join())
    .transform((value) => value.split(',').map((method) => method.trim()))
    .pipe(z.array(z.enum(offlineMethods))),
  STRIPE_JS_URL: url(['http:', 'https:']).default(STRIPE_JS),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAILBOX_URL: url(['http:', 'https:']).optional(),
  MAIL_FROM: z.string().min(3).default('Souk <orders@souk.example>'),
  MEDIA_DIR: z.string().min(1).default('.souk/media'),
});

export interface DomainConfig {
  readonly environment: 'development' | 'test' | 'production';
  readonly logLevel: string;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly redis: { readonly url: string; readonly prefix: string } | null;
  readonly meili: { readonly url: string; readonly apiKey: string; readonly index: string } | null;
  /** The newest first: it signs, all verify. */
  readonly secrets: readonly [string, ...string[]];
  readonly shop: {
    readonly name: string;
    readonly url: string;
    readonly currency: z.infer<typeof currencyCode>;
  };
  /** Who sells, as invoices tell it. */
  readonly seller: SellerConfig;
  readonly stripe: {
    readonly secretKey: string;
    /** Of the webhook endpoint: several while one replaces another, each of them verifies. */
    readonly webhookSecrets: readonly string[];
    /** Where a stand-in answers instead of Stripe; null for Stripe itself. */
    readonly apiBase: string | null;
    /** Lets pages mount Stripe's Payment Element; null leaves Stripe's hosted page alone. */
    readonly publishableKey: string | null;
    /** The script behind the Payment Element. */
    readonly scriptUrl: string;
  };
  /** Live rates and labels; null: off, the shop's own tables answer. */
  readonly shippo: ShippoConfig | null;
  /** Live tax; null: off, the shop's own tables answer. */
  readonly avalara: AvalaraConfig | null;
  /** The ways to pay that ask no bank when the order is placed, as far as the shop takes them. */
  readonly offlineMethods: readonly OfflineMethod[];
  /** How long a process may go on by rates, rules and automatic promotions that it has read; see `remember`. */
  readonly settingsCacheSeconds: number;
  readonly mail: {
    readonly smtpUrl: string | null;
    readonly from: string;
    /** Whether a catcher takes every mail and delivers none, as in development. */
    readonly isCaught: boolean;
  };
  /** Where pictures are kept when there is no bucket. */
  readonly mediaDirectory: string;
  /** Null: they are kept in the folder. */
  readonly mediaBucket: MediaBucketConfig | null;
  /** The providers that somebody can log in by, in the order of their buttons. */
  readonly oauth: readonly OAuthProviderConfig[];
}

/**
 * Parses environment variables by a schema; empty strings count as unset.
 *
 * @throws ConfigError that names every wrong variable
 */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  variables: Record<string, string | undefined>,
): z.infer<Schema> {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return variables[name] === undefined || variables[name] === ''
        ? `${name} is missing: ${issue.message}`
        : `${name} is wrong: ${issue.message}`;
    }),
  );
}

/** The domain's configuration from environment variables. @throws ConfigError */
export function loadDomainConfig(variables: Record<string, string | undefined>): DomainConfig {
  const env = parseEnvironment(environment, variables);
  const [newest, ...older] = env.SOUK_SECRET;
  if (newest === undefined) throw new ConfigError(['SOUK_SECRET is missing']);
  return {
    environment: env.NODE_ENV,
    logLevel: env.LOG_LEVEL,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redis: env.REDIS_URL ? { url: env.REDIS_URL, prefix: env.REDIS_PREFIX } : null,
    meili: env.MEILI_URL
      ? { url: env.MEILI_URL, apiKey: env.MEILI_API_KEY ?? '', index: env.MEILI_INDEX }
      : null,
    secrets: [newest, ...older],
    shop: { name: env.SHOP_NAME, url: env.SHOP_URL.replace(/\/$/, ''), currency: env.SHOP_CURRENCY },
    seller: readSeller(variables, env.SHOP_NAME),
    stripe: {
      secretKey: env.STRIPE_SECRET_KEY,
      webhookSecrets: env.STRIPE_WEBHOOK_SECRET,
      apiBase: env.STRIPE_API_BASE?.replace(/\/$/, '') ?? null,
      publishableKey: env.STRIPE_PUBLISHABLE_KEY ?? null,
      scriptUrl: env.STRIPE_JS_URL,
    },
    offlineMethods: env.PAYMENT_METHODS,
    settingsCacheSeconds: env.SETTINGS_CACHE_SECONDS,
    shippo: readShippo(variables),
    avalara: readAvalara(variables),
    mail: { smtpUrl: env.SMTP_URL ?? null, from: env.MAIL_FROM, isCaught: env.MAILBOX_URL !== undefined },
    mediaDirectory: env.MEDIA_DIR,
    mediaBucket: readMediaBucket(variables),
    oauth: readOAuthProviders(variables),
  };
}
