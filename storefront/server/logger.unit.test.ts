import { expect, test } from 'vitest';
import { pathForLog } from './logger.ts';

test.each([
  ['/c/coats?page=2', '/c/coats'],
  ['/reset-password/abc_DEF-123', '/reset-password/[token]'],
  ['/verify-email/abc.data?_routes=x', '/verify-email/[token]'],
  ['/wishlist/abc.1.def', '/wishlist/[token]'],
  ['/stock-alerts/abc.1.def', '/stock-alerts/[token]'],
  ['/cart/shared/abc_DEF-123.data', '/cart/shared/[token]'],
  ['/cart/restore/abc.1.def', '/cart/restore/[token]'],
  ['/cart/mails/abc.1.def?x=1', '/cart/mails/[token]'],
  ['/orders/SK-2026-000001?token=secret', '/orders/SK-2026-000001'],
  ['/login?returnTo=/account', '/login'],
])('%s is logged as %s', (url, logged) => {
  expect(pathForLog(url)).toBe(logged);
});
