import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { addSecurity, contentSecurityPolicy, isFromOurPages } from './security.ts';

const shopUrl = 'https://shop.test';

describe('which unsafe requests are ours', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin', origin: shopUrl }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: shopUrl }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: shopUrl }, true],
    [{ origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
    [{ origin: 'https://evil.test', host: 'shop.test' }, false],
    [{ origin: 'https://shop.test.evil.test', host: 'shop.test' }, false],
    [{ origin: 'null' }, false],
    [{}, false],
  ])('%j: %s', (headers, expected) => {
    expect(isFromOurPages(headers, shopUrl)).toBe(expected);
  });
});

describe('the content security policy', () => {
  const config = readConfig({ SHOP_URL: shopUrl, STRIPE_API_BASE: 'http://127.0.0.1:4010/v1' });
  const policy = contentSecurityPolicy(config, 'abc', '/');

  it('runs only our scripts, and lets forms lead to the payment pages', () => {
    expect(policy).toContain(`script-src 'self' 'nonce-abc';`);
    expect(policy).toContain(`form-action 'self' http://127.0.0.1:4010 https://hooks.stripe.com`);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).toContain('upgrade-insecure-requests');
  });

  it('lets forms lead to the log-in pages of the providers that are on', () => {
    const env = { GITHUB_CLIENT_ID: 'id', OIDC_CLIENT_ID: 'id', OIDC_ISSUER: 'https://id.example/realm' };
    const some = contentSecurityPolicy(readConfig({ SHOP_URL: shopUrl, ...env }), 'abc', '/');
    expect(some).toMatch(/form-action [^;]* https:\/\/github\.com https:\/\/id\.example;/);
    expect(some).not.toContain('google');
    expect(policy).not.toContain('github');
  });
});

describe('the scripts of the payment provider', () => {
  const policyOf = (path: string, env: Record<string, string>) =>
    contentSecurityPolicy(readConfig({ SHOP_URL: shopUrl, ...env }), 'abc', path);
  const live = { STRIPE_PUBLISHABLE_KEY: 'pk_live_1' };

  it.each(['/checkout/payment', '/checkout', '/account/payment-methods', '/account/payment-methods/return'])(
    'may run at %s, and nobody else’s',
    (path) => {
      const policy = policyOf(path, live);
      expect(policy).toContain(
        `script-src 'self' 'nonce-abc' https://js.stripe.com https://*.js.stripe.com;`,
      );
      expect(policy).toContain(
        'frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;',
      );
      expect(policy).toContain(`connect-src 'self' https://api.stripe.com;`);
    },
  );

  it.each(['/', '/cart', '/checkouts', '/account', '/p/checkout', '/account/payment-methodsx'])(
    'may not run at %s',
    (path) => {
      expect(policyOf(path, live)).toContain(`script-src 'self' 'nonce-abc';`);
      expect(policyOf(path, live)).not.toContain('frame-src');
    },
  );

  it('come from the stand-in where that is in their place, and from nowhere where they are off', () => {
    const sandbox = { ...live, STRIPE_JS_URL: 'http://127.0.0.1:4010/v3/stripe.js' };
    expect(policyOf('/checkout/payment', sandbox)).toContain(
      `script-src 'self' 'nonce-abc' http://127.0.0.1:4010;`,
    );
    expect(policyOf('/checkout/payment', sandbox)).not.toContain('js.stripe.com');
    expect(policyOf('/checkout/payment', {})).toContain(`script-src 'self' 'nonce-abc';`);
  });
});

describe('a form that another site posts', () => {
  const statusOf = async (method: 'POST' | 'PUT', url: string, env: Record<string, string>) => {
    const app = fastify();
    addSecurity(app, readConfig({ SHOP_URL: shopUrl, ...env }));
    app.route({ method: ['POST', 'PUT'], url: '/*', handler: async () => 'done' });
    const headers = { origin: 'https://appleid.apple.com', 'sec-fetch-site': 'cross-site' };
    return (await app.inject({ method, url, headers })).statusCode;
  };

  it('is taken at Apple’s callback only, and only when Apple is on', async () => {
    const on = { APPLE_CLIENT_ID: 'shop' };
    expect(await statusOf('POST', '/oauth/apple/callback', on)).toBe(200);
    expect(await statusOf('POST', '/oauth/apple/callback', {})).toBe(403);
    expect(await statusOf('PUT', '/oauth/apple/callback', on)).toBe(403);
    for (const url of [
      '/oauth/apple/callback/',
      '/oauth/apple/callback?x=1',
      '/oauth/google/callback',
      '/login',
    ])
      expect(await statusOf('POST', url, on)).toBe(403);
  });
});
