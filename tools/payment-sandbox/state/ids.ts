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

/** Characters that tell the time, to the millisecond, until 2081. */
const timeLength = 7;

/**
 * An id that looks like Stripe's: `pi_` and 24 letters and digits. Like Stripe's it begins with the time, so that what is
 * made next is also next to it in the index of a table that grows.
 */
export function newId(prefix: Prefix): string {
  const length = lengths[prefix] ?? 24;
  return `${prefix}_${timeText()}${randomText(length - timeLength)}`;
}

function timeText(): string {
  let text = '';
  let rest = Date.now();
  for (let index = 0; index < timeLength; index += 1) {
    text = `${alphabet[rest % alphabet.length]}${text}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
