const HOME = '/account';

/**
 * A path of this shop to go back to after a log-in; anything that could lead elsewhere becomes the account's first page. What
 * browsers make of an address decides, and not how it looks: `/\\evil.example` and `//evil.example` are other hosts to them.
 */
export function safeReturnTo(value: unknown, otherwise: string = HOME): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > 1_000) return otherwise;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, so that "/\t/evil.example" is another host
  if (/[\u0000-\u001f\\]/.test(value)) return otherwise;
  const base = 'https://shop.invalid';
  if (!URL.canParse(value, base)) return otherwise;
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return otherwise;
  // Log-in and log-out are no places to return to: they would lead round in a circle.
  if (/^\/(login|logout|register)(\/|$)/.test(url.pathname)) return otherwise;
  return `${url.pathname}${url.search}${url.hash}`;
}
