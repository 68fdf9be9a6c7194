import { randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters and digits from the system's random source. */
export function randomText(length: number): string {
  let made = '';
  while (made.length < length) made += alphabet[randomInt(alphabet.length)];
  return made;
}

type Prefix =
  | 'pi'
  | 'pm'
  | 'ch'
  | 're'
  | 'evt'
  | 'we'
  | 'req'
  | 'whsec'
  | 'ctoken'
  | 'cus'
  | 'seti'
  | 'cs_test'
  | 'li'
  | 'price'
  | 'prod'
  | 'txn'
  | 'du'
  | 'acct'
  | 'ba'
  | 'tr'
  | 'trr'
  | 'py'
  | 'po';

const lengths: Partial<Record<Prefix, number>> = { acct: 16, req: 14, cus: 14, prod: 14, cs_test: 58 };

/** An id that looks like Stripe's: `pi_` and 24 letters and digits. */
export function newId(prefix: Prefix): string {
  return `${prefix}_${randomText(lengths[prefix] ?? 24)}`;
}
