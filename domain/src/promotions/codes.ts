import { randomInt } from 'node:crypto';

/** Letters and digits without look-alikes (I, O, 0, 1): 5 bits each. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A random text of `length` signs that can be read aloud. */
export function randomSigns(length: number): string {
  return Array.from({ length }, () => SIGNS[randomInt(SIGNS.length)]).join('');
}

/** The signs that bytes make, one a byte: 5 bits each. */
export function signsOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => SIGNS[byte % SIGNS.length]).join('');
}
