import { ConfigError } from '@souk/domain/kernel';
import { describe, expect, test } from 'vitest';
import { loadBffConfig, loadWorkerConfig } from './config.ts';

const variables = {
  DATABASE_URL: 'postgres://localhost/souk',
  SOUK_SECRET: 'a-secret-for-tests-that-is-long-enough',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  STRIPE_API_BASE: 'http://127.0.0.1:4010',
};

describe('configuration', () => {
  test('has defaults for all that is the bff’s own', () => {
    expect(loadBffConfig(variables)).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      metricsPort: 9464,
      rateLimit: { countsLoopback: false },
      shutdownDelayMs: 0,
    });
    expect(loadWorkerConfig(variables)).toMatchObject({ metricsPort: null, concurrency: 4 });
  });

  test.each([
    ['BFF_PORT', '70000'],
    ['BFF_PORT', 'http'],
    ['METRICS_PORT', '-1'],
    ['RATE_LIMIT_READS', '0'],
    ['RATE_LIMIT_LOOPBACK', 'yes'],
    ['HANDLER_TIMEOUT_MS', '5'],
    ['DATABASE_URL', 'mysql://localhost'],
  ])('names %s when it is %s', (name, value) => {
    const load = () => loadBffConfig({ ...variables, [name]: value });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(`${name} is wrong`);
  });

  test('names what is missing', () => {
    expect(() => loadBffConfig({})).toThrow('DATABASE_URL is missing');
  });
});
