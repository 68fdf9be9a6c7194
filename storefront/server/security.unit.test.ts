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
  const policy = contentSecurityPolicy(config, 'abc');

  it('runs only our scripts, and lets forms lead to the payment pages', () => {
    expect(policy).toContain(`script-src 'self' 'nonce-abc';`);
    expect(policy).toContain(`form-action 'self' http://127.0.0.1:4010 https://hooks.stripe.com`);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).toContain('upgrade-insecure-requests');
  });

  it('lets forms lead to the log-in pages of the providers that are on', () => {
    const env = { GITHUB_CLIENT_ID: 'id', OIDC_CLIENT_ID: 'id', OIDC_ISSUER: 'https://id.example/realm' };
    const some = contentSecurityPolicy(readConfig({ SHOP_URL: shopUrl, ...env }), 'abc');
    expect(some).toMatch(/form-action [^;]* https:\/\/github\.com https:\/\/id\.example;/);
    expect(some).not.toContain('google');
    expect(policy).not.toContain('github');
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
