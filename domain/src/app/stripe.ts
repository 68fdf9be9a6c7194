import Stripe from 'stripe';
import type { DomainConfig } from '../kernel/index.ts';

/** The one Stripe client: of Stripe itself, or of what `STRIPE_API_BASE` names. */
export function createStripe(settings: DomainConfig['stripe']): Stripe {
  return new Stripe(settings.secretKey, {
    ...(settings.apiBase === null ? {} : hostOf(new URL(settings.apiBase))),
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
  });
}

function hostOf(base: URL) {
  const isSecure = base.protocol === 'https:';
  return {
    host: base.hostname,
    port: base.port === '' ? (isSecure ? 443 : 80) : Number(base.port),
    protocol: isSecure ? ('https' as const) : ('http' as const),
  };
}
