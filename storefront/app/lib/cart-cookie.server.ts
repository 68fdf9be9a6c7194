import { readCookie, setCookie } from './cookies.server.ts';

const cookie = { name: 'souk_cart', maxAgeSeconds: 7 * 24 * 3600 };

/** The signed token of the shopper's cart, as the bff gave it; null when there is none. */
export function readCartToken(request: Request, shopUrl: string): string | null {
  return readCookie(request, shopUrl, cookie.name);
}

/** The Set-Cookie value that keeps the cart for as long as the bff does. */
export function cartCookie(token: string, shopUrl: string): string {
  return setCookie(cookie, token, shopUrl);
}
