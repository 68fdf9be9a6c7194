import Stripe from 'stripe';
import type { DomainConfig } from '../kernel/index.ts';

/** The one Stripe client: against Stripe itself, or against the host of `STRIPE_API_BASE` (the payment sandbox). */
export function createStripe(settings: DomainConfig['stripe']): Stripe {
  const base = settings.apiBase === null ? null : new URL(settings.apiBase);
  return new Stripe(settings.secretKey, {
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
    ...(base
      ? {
          host: base.hostname,
          port: base.port === '' ? (base.protocol === 'https:' ? 443 : 80) : Number(base.port),
          protocol: base.protocol === 'https:' ? 'https' : 'http',
        }
      : {}),
  });
}
