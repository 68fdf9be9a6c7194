import { describe, expect, it } from 'vitest';
import { clearedSessionCookie, readSessionToken, sessionCookie } from './session-cookie.server.ts';

const token = 'a'.repeat(43);
const inAnHour = () => new Date(Date.now() + 3_600_500);
const requestWith = (cookie: string) => new Request('http://shop.test/', { headers: { cookie } });

describe('the session cookie', () => {
  it('is bound to the host over HTTPS, kept from scripts and from other sites', () => {
    const set = sessionCookie({ token, expiresAt: inAnHour() }, 'https://shop.test');
    expect(set).toBe(`__Host-souk_session=${token}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure`);
    expect(readSessionToken(requestWith(`__Host-souk_session=${token}`), 'https://shop.test')).toBe(token);
    expect(readSessionToken(requestWith(`souk_session=${token}`), 'https://shop.test')).toBeNull();
  });

  it("does without Secure where the shop is plain HTTP, on a developer's machine", () => {
    expect(sessionCookie({ token, expiresAt: inAnHour() }, 'http://localhost:3000')).toMatch(
      /^souk_session=a{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is forgotten by the log-out', () => {
    expect(clearedSessionCookie('https://shop.test')).toMatch(/^__Host-souk_session=; Path=\/; Max-Age=0;/);
  });

  it.each(['', 'souk_session=', 'souk_session=a%0d%0ax: 1', `souk_session=${'a'.repeat(600)}`])(
    'is none for %j',
    (cookie) => {
      expect(readSessionToken(requestWith(cookie), 'http://shop.test')).toBeNull();
    },
  );
});
