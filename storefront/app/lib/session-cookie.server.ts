import { clearCookie, readCookie, setCookie } from './cookies.server.ts';

const SESSION = 'souk_session';
const DEVICE = 'souk_device';
const YEAR = 365 * 24 * 3600;

/** The token of the shopper's session, as the bff gave it; whether it is worth anything the bff decides. */
export function readSessionToken(request: Request, shopUrl: string): string | null {
  return readCookie(request, shopUrl, SESSION);
}

/** The Set-Cookie value that keeps a session until it ends at the latest. */
export function sessionCookie(session: { token: string; expiresAt: Date }, shopUrl: string): string {
  const maxAgeSeconds = (session.expiresAt.getTime() - Date.now()) / 1000;
  return setCookie({ name: SESSION, maxAgeSeconds }, session.token, shopUrl);
}

export function clearedSessionCookie(shopUrl: string): string {
  return clearCookie(SESSION, shopUrl);
}

/** What shows that somebody has logged in by this browser before; it opens nothing. */
export function readDeviceToken(request: Request, shopUrl: string): string | null {
  return readCookie(request, shopUrl, DEVICE);
}

export function deviceCookie(token: string, shopUrl: string): string {
  return setCookie({ name: DEVICE, maxAgeSeconds: YEAR }, token, shopUrl);
}
