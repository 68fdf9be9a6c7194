import { describe, expect, it } from 'vitest';
import { readRegion, regionCookie } from './region-cookie.server.ts';
import { withoutPrices } from './without-prices.ts';

const requestWith = (cookie: string) => new Request('http://shop.test/', { headers: { cookie } });

describe('the cookie of the region', () => {
  it('comes back as it was set, for a year', () => {
    const set = regionCookie('eu-north', 'http://shop.test');
    expect(set).toMatch(/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
    expect(readRegion(requestWith(set.split(';', 1)[0] ?? ''), 'http://shop.test')).toBe('eu-north');
  });

  it.each([
    '',
    'souk_region=',
    'souk_region=EU',
    'souk_region=-eu',
    'souk_region=eu.us',
    `souk_region=${'e'.repeat(33)}`,
  ])('is none for %j', (cookie) => {
    expect(readRegion(requestWith(cookie), 'http://shop.test')).toBeNull();
  });
});

describe('the way back after another region was chosen', () => {
  it.each([
    ['/p/mug', '/p/mug'],
    ['/c/mugs?price_min=5&brand=fieldhouse&price_max=20&page=3', '/c/mugs?brand=fieldhouse'],
    ['/search?q=a+b&sort=price-asc#found', '/search?q=a+b&sort=price-asc#found'],
  ])('%s leads to %s', (path, to) => expect(withoutPrices(path)).toBe(to));
});
