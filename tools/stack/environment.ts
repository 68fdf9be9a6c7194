import { join } from 'node:path';
import type { Secrets } from './secrets.ts';
import { definedOnly } from './stack.ts';

export interface AppAddresses {
  /** where the programs listen: 127.0.0.1, or 0.0.0.0 to be reached from other machines */
  host: string;
  storefrontPort: number;
  bffPort: number;
  metricsPort: number;
  storefrontMetricsPort: number;
}

export interface EnvironmentOptions {
  directory: string;
  /** DATABASE_URL, REDIS_URL, MEILI_URL, MEILI_API_KEY */
  stores: Readonly<Record<string, string>>;
  secrets: Secrets;
  addresses: AppAddresses;
  mode: 'development' | 'production';
  /** absent where real Stripe is used */
  sandboxUrl: string | undefined;
  /** absent where a real mail server is used */
  mail: { smtpUrl: string; mailboxUrl: string } | undefined;
}

/**
 * The environment of the shop's programs. What a developer has set wins over what we would choose; the variables of npm are left out.
 */
export function appEnvironment(options: EnvironmentOptions): Record<string, string> {
  const { addresses, directory, sandboxUrl, mail } = options;
  const chosen = {
    ...options.secrets,
    MEDIA_DIR: join(directory, 'media'),
    SHOP_URL: `http://localhost:${addresses.storefrontPort}`,
    // a seller to print on the demo's invoices, with the bank account that examples of IBANs have
    SHOP_LEGAL_NAME: 'Souk Demo Ltd',
    SHOP_ADDRESS: '1 Market Row; London E1 6AN; United Kingdom',
    SHOP_EMAIL: 'orders@souk.example',
    SHOP_BANK_IBAN: 'GB33BUKB20201555555555',
  };
  return definedOnly({
    ...chosen,
    ...inherited(),
    ...options.stores,
    NODE_ENV: options.mode,
    HOST: addresses.host,
    PORT: String(addresses.storefrontPort),
    BFF_PORT: String(addresses.bffPort),
    METRICS_PORT: String(addresses.metricsPort),
    BFF_URL: `http://127.0.0.1:${addresses.bffPort}`,
    ...(sandboxUrl === undefined ? {} : sandboxVariables(sandboxUrl)),
    ...(mail === undefined ? {} : { SMTP_URL: mail.smtpUrl, MAILBOX_URL: mail.mailboxUrl }),
  });
}

/** The sandbox stands in for all of Stripe: its API, the script behind the Payment Element, and the key of that script. */
function sandboxVariables(sandboxUrl: string): Record<string, string> {
  return {
    STRIPE_API_BASE: sandboxUrl,
    STRIPE_JS_URL: `${sandboxUrl}/v3/stripe.js`,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_sandbox',
  };
}

function inherited(): Record<string, string> {
  const all = definedOnly(process.env);
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => !/^npm_/i.test(name) && value !== ''),
  );
}

const ours =
  /^(NODE_ENV|LOG_LEVEL|(DATABASE|REDIS|MEILI|SOUK|SHOP|STRIPE|SMTP|MAIL|MAILBOX|MEDIA|BFF|METRICS|WORKER|RATE_LIMIT)_\w+)$/;

/** The part of an environment that is Souk's own: what may be kept on disk for commands that join a running shop. */
export function ownVariables(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => ours.test(name)));
}
