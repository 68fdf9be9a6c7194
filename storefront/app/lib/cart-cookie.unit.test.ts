import { describe, expect, it } from 'vitest';
import { cartCookie, readCartToken } from './cart-cookie.server.ts';

const requestWith = (cookie: string) => new Request('http://shop.test/', { headers: { cookie } });

describe('the cart cookie', () => {
  it('comes back as it was set', () => {
    const set = cartCookie('a.b-c_d', 'http://shop.test');
    const sent = set.split(';', 1)[0] ?? '';
    expect(readCartToken(requestWith(`other=1; ${sent}`), 'http://shop.test')).toBe('a.b-c_d');
  });

  it('cannot be read by scripts, nor sent along by other sites', () => {
    expect(cartCookie('t', 'http://shop.test')).toMatch(/; HttpOnly; SameSite=Lax$/);
  });

  it('is bound to the host over HTTPS, and a plain one is not taken for it', () => {
    expect(cartCookie('t', 'https://shop.test')).toMatch(/^__Host-souk_cart=t; Path=\/;.*; Secure$/);
    expect(readCartToken(requestWith('souk_cart=t'), 'https://shop.test')).toBeNull();
  });

  it.each(['', 'souk_cart=', 'souk_cart=%0Ax-evil: 1', 'xsouk_cart=t'])('is none for %j', (cookie) => {
    expect(readCartToken(requestWith(cookie), 'http://shop.test')).toBeNull();
  });
});
