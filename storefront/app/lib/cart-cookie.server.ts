const SEVEN_DAYS = 7 * 24 * 3600;

function isHttps(shopUrl: string): boolean {
  return shopUrl.startsWith('https:');
}

/** Over HTTPS the prefix makes browsers refuse a cookie that another host or a plain page has set. */
function cookieName(shopUrl: string): string {
  return isHttps(shopUrl) ? '__Host-souk_cart' : 'souk_cart';
}

/** What is no token of ours must not get into a header. */
function tokenIn(value: string): string | null {
  return /^[\w.~=-]{1,500}$/.test(value) ? value : null;
}

/** The signed token of the shopper's cart, as the bff gave it; null when there is none. */
export function readCartToken(request: Request, shopUrl: string): string | null {
  const name = `${cookieName(shopUrl)}=`;
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const cookie = part.trim();
    if (cookie.startsWith(name)) return tokenIn(cookie.slice(name.length));
  }
  return null;
}

/** The Set-Cookie value that keeps the cart for as long as the bff does. */
export function cartCookie(token: string, shopUrl: string): string {
  const secure = isHttps(shopUrl) ? '; Secure' : '';
  return `${cookieName(shopUrl)}=${token}; Path=/; Max-Age=${SEVEN_DAYS}; HttpOnly; SameSite=Lax${secure}`;
}
