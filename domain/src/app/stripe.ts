import Stripe from 'stripe';
import type { DomainConfig } from '../kernel/index.ts';

/** The one Stripe client, against the host of `STRIPE_API_BASE`. */
export function createStripe(settings: DomainConfig['stripe']): Stripe {
  const base = new URL(settings.apiBase);
  const isSecure = base.protocol === 'https:';
  return new Stripe(settings.secretKey, {
    host: base.hostname,
    port: base.port === '' ? (isSecure ? 443 : 80) : Number(base.port),
    protocol: isSecure ? 'https' : 'http',
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
  });
}
