import { readCookie, setCookie } from './cookies.server.ts';

const COOKIE = 'souk_region';
const YEAR = 365 * 24 * 3600;
const CODE = /^[a-z][a-z0-9-]{0,31}$/;

/** The code of the region that the shopper chose, as a browser tells it; whether one can shop there the bff knows. Null without one. */
export function readRegion(request: Request, shopUrl: string): string | null {
  const code = readCookie(request, shopUrl, COOKIE, 32);
  return code !== null && CODE.test(code) ? code : null;
}

/** The Set-Cookie value that keeps a choice of region for a year. */
export function regionCookie(code: string, shopUrl: string): string {
  return setCookie({ name: COOKIE, maxAgeSeconds: YEAR }, code, shopUrl);
}
