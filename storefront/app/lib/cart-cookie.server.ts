import { clearCookie, readCookie, setCookie } from './cookies.server.ts';

const cookie = { name: 'souk_cart', maxAgeSeconds: 7 * 24 * 3600 };

/** The signed token of a guest's cart, as the bff gave it; null when there is none. */
export function readCartToken(request: Request, shopUrl: string): string | null {
  return readCookie(request, shopUrl, cookie.name);
}

/** The Set-Cookie value that keeps a guest's cart for as long as the bff does. */
export function cartCookie(token: string, shopUrl: string): string {
  return setCookie(cookie, token, shopUrl);
}

/** The Set-Cookie value that makes a browser forget its cart: it is an account's by now, or its owner leaves. */
export function clearedCartCookie(shopUrl: string): string {
  return clearCookie(cookie.name, shopUrl);
}

/** What an answer keeps of the cart that something was put into: nothing for accounts, whose cart needs no token. */
export function cartHeaders(token: string | null, shopUrl: string): Headers {
  return new Headers(token === null ? {} : { 'set-cookie': cartCookie(token, shopUrl) });
}
