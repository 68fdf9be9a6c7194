import { randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters and digits from the system's random source. */
export function randomText(length: number): string {
  let made = '';
  while (made.length < length) made += alphabet[randomInt(alphabet.length)];
  return made;
}

/** An id that looks like Stripe's: `pi_` and 24 letters and digits. */
export function newId(prefix: 'pi' | 'pm' | 'ch' | 're' | 'evt' | 'we' | 'req' | 'whsec'): string {
  return `${prefix}_${randomText(prefix === 'req' ? 14 : 24)}`;
}
