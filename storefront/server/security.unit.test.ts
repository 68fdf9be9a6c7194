import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { contentSecurityPolicy, isFromOurPages } from './security.ts';

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
});
