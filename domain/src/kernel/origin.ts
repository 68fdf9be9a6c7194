import { isIPv4, isIPv6 } from 'node:net';

/** Where a request comes from; all empty for jobs and the CLI. */
export interface Origin {
  /** The whole address: for throttling, never stored, never logged. */
  readonly address: string;
  /** As the browser or app names itself. */
  readonly userAgent: string;
  readonly requestId: string;
  /** Languages as asked for, such as `de-CH,de;q=0.9`. */
  readonly languages: string;
  /** The code of the region that the shopper chose to shop in; null when they chose none. */
  readonly region: string | null;
}

export const nowhere: Origin = { address: '', userAgent: '', requestId: '', languages: '', region: null };

/** The part of an address that tells about where and not who: /24 of IPv4, /48 of IPv6. Empty when there is none. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 3).join(':')}::/48` : '';
}

/** What one customer of a provider holds: an IPv4 address, or a /64 of IPv6. */
export function subscriberOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 4).join(':')}::/64` : plain;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: gap }, () => '0'), ...right].map((group) =>
    /^[\da-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16).toString(16) : '0',
  );
}
