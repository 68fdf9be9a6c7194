import { clearCookie, readCookie, setCookie } from './cookies.server.ts';

const HINT = 'souk_login_hint';
const maxAgeSeconds = 10 * 60;

/** Remembers for the log-in page who is about to log in; in a cookie, as addresses get into histories and logs. */
export function loginHintCookie(email: string, shopUrl: string): string {
  return setCookie({ name: HINT, maxAgeSeconds }, Buffer.from(email).toString('base64url'), shopUrl);
}

/** The e-mail address to fill in; null when nobody was remembered. */
export function readLoginHint(request: Request, shopUrl: string): string | null {
  const value = readCookie(request, shopUrl, HINT);
  return value === null ? null : Buffer.from(value, 'base64url').toString('utf8');
}

export function clearedLoginHint(shopUrl: string): string {
  return clearCookie(HINT, shopUrl);
}
