import type { HeadersFunction } from '@remix-run/node';

/**
 * Of pages whose address is a key: nothing keeps them, no other place hears of them. `strict-origin` tells others nothing but our
 * host, and browsers still say with a form where it comes from, which they leave out under `no-referrer`.
 */
export const tokenPageHeaders: HeadersFunction = () => ({
  'cache-control': 'private, no-store',
  'referrer-policy': 'strict-origin',
  'x-robots-tag': 'noindex',
});
