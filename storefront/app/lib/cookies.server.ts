/** A cookie of ours: kept from scripts, sent with same-site requests and with links that lead here. */
interface OwnCookie {
  readonly name: string;
  readonly maxAgeSeconds: number;
}

function isHttps(shopUrl: string): boolean {
  return shopUrl.startsWith('https:');
}

/** Over HTTPS the prefix makes browsers refuse a cookie that another host or a plain page has set. */
function fullName(name: string, shopUrl: string): string {
  return isHttps(shopUrl) ? `__Host-${name}` : name;
}

/** The value of a cookie of ours; null when it is missing or holds what none of our tokens does, which must not get into a header. */
export function readCookie(request: Request, shopUrl: string, name: string, maxLength = 500): string | null {
  const start = `${fullName(name, shopUrl)}=`;
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const cookie = part.trim();
    if (!cookie.startsWith(start)) continue;
    const value = cookie.slice(start.length);
    return value.length <= maxLength && /^[\w.~=-]+$/.test(value) ? value : null;
  }
  return null;
}

/** The Set-Cookie value that keeps `value`; `SameSite=Lax; HttpOnly`, over HTTPS `Secure` and `__Host-`. */
export function setCookie(cookie: OwnCookie, value: string, shopUrl: string): string {
  const secure = isHttps(shopUrl) ? '; Secure' : '';
  const name = fullName(cookie.name, shopUrl);
  return `${name}=${value}; Path=/; Max-Age=${Math.max(0, Math.floor(cookie.maxAgeSeconds))}; HttpOnly; SameSite=Lax${secure}`;
}

/** The Set-Cookie value that makes a browser forget a cookie of ours. */
export function clearCookie(name: string, shopUrl: string): string {
  return setCookie({ name, maxAgeSeconds: 0 }, '', shopUrl);
}
