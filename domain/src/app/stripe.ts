import { inSpan } from '@souk/telemetry';
import Stripe from 'stripe';
import type { DomainConfig } from '../kernel/index.ts';

/** The one Stripe client: of Stripe itself, or of what `STRIPE_API_BASE` names. */
export function createStripe(settings: DomainConfig['stripe']): Stripe {
  return new Stripe(settings.secretKey, {
    ...(settings.apiBase === null ? {} : hostOf(new URL(settings.apiBase))),
    httpClient: tracedClient(),
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
  });
}

/** The library's own client, with a span for each request. */
function tracedClient() {
  const client = Stripe.createNodeHttpClient();
  const makeRequest = client.makeRequest.bind(client);
  client.makeRequest = (host, port, path, method, ...rest) =>
    inSpan(
      {
        name: `stripe ${method} ${withoutIds(path)}`,
        kind: 'client',
        attributes: { 'peer.service': 'stripe' },
      },
      () => makeRequest(host, port, path, method, ...rest),
    );
  return client;
}

/** A path of Stripe's API by its pattern: `/v1/payment_intents/:id/capture`. */
function withoutIds(path: string): string {
  return (path.split('?')[0] ?? '').replace(/\/[^/]*[0-9A-Z][^/]*(?<!^\/v\d)/g, '/:id');
}

function hostOf(base: URL) {
  const isSecure = base.protocol === 'https:';
  return {
    host: base.hostname,
    port: base.port === '' ? (isSecure ? 443 : 80) : Number(base.port),
    protocol: isSecure ? ('https' as const) : ('http' as const),
  };
}
