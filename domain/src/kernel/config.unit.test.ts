import { expect, test } from 'vitest';
import { ConfigError, loadDomainConfig } from './config.ts';

const good = {
  DATABASE_URL: 'postgres://localhost/souk',
  SOUK_SECRET: 'a-secret-of-more-than-32-characters-here',
  STRIPE_SECRET_KEY: 'sk_test',
  STRIPE_WEBHOOK_SECRET: 'whsec',
  STRIPE_API_BASE: 'http://127.0.0.1:4010/',
};

test('the defaults stand in for what is unset or empty', () => {
  const config = loadDomainConfig({ ...good, REDIS_URL: '', SHOP_NAME: undefined });
  expect(config).toMatchObject({
    redis: null,
    meili: null,
    shop: { name: 'Souk', currency: 'USD' },
    stripe: { apiBase: 'http://127.0.0.1:4010' },
  });
});

test.each([
  ['DATABASE_URL', 'mysql://localhost', 'DATABASE_URL is wrong: expected a URL that begins with postgres://'],
  ['DATABASE_URL', undefined, 'DATABASE_URL is missing'],
  ['SOUK_SECRET', 'short', 'SOUK_SECRET is wrong: expected secrets of at least 32 characters'],
  ['DATABASE_POOL_SIZE', 'many', 'DATABASE_POOL_SIZE is wrong'],
  ['SHOP_CURRENCY', 'XXX', 'SHOP_CURRENCY is wrong'],
  ['MEILI_INDEX', 'a b', 'MEILI_INDEX is wrong: expected lower-case letters'],
])('%s = %j is refused by name', (name, value, message) => {
  expect(() => loadDomainConfig({ ...good, [name]: value })).toThrow(ConfigError);
  expect(() => loadDomainConfig({ ...good, [name]: value })).toThrow(message);
});

test('payments go to Stripe itself unless told otherwise, without its Element unless there is a key for it', () => {
  const { stripe } = loadDomainConfig({ ...good, STRIPE_API_BASE: '' });
  expect(stripe).toEqual({
    secretKey: 'sk_test',
    webhookSecrets: ['whsec'],
    apiBase: null,
    publishableKey: null,
    scriptUrl: 'https://js.stripe.com/endive/stripe.js',
  });
  const rotating = loadDomainConfig({ ...good, STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old' });
  expect(rotating.stripe.webhookSecrets).toEqual(['whsec_new', 'whsec_old']);
  expect(() => loadDomainConfig({ ...good, STRIPE_PUBLISHABLE_KEY: 'sk_live_1' })).toThrow(
    'STRIPE_PUBLISHABLE_KEY is wrong: expected a key that begins with pk_',
  );
});

test('secrets rotate: the newest signs', () => {
  const config = loadDomainConfig({ ...good, SOUK_SECRET: `${'n'.repeat(32)}, ${'o'.repeat(32)}` });
  expect(config.secrets).toEqual(['n'.repeat(32), 'o'.repeat(32)]);
});
