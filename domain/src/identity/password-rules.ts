import { dictionary } from '@zxcvbn-ts/language-common';
import { z } from 'zod';
import { DomainError } from '../kernel/index.ts';

export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;

/**
 * A password as it was typed. Only so long that nobody can send megabytes: a log-in tells nothing of rules, and what is too long
 * for a new password is refused in words.
 */
export const typedPassword = z.string().max(4_096);

/**
 * The form in which passwords are counted, compared and hashed: the same text from every keyboard (NIST SP 800-63B, 3.1.1.2).
 */
export function normalPassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** The common ones that are long enough to be typed here: about 18,000, lower-cased. */
const common: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((word) => word.length >= MIN_PASSWORD),
);

/** Who is going to use a password: what everybody would try first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly shopName: string;
}

export type PasswordFlaw = 'too_short' | 'too_long' | 'too_common';

/**
 * What is wrong with a new password; null when nothing is. Length in code points, the common ones, and those that are made of the
 * owner's or the shop's name: nothing about digits and signs (OWASP ASVS 5, 6.2.1 to 6.2.12).
 */
export function passwordFlaw(typed: string, owner: PasswordOwner): PasswordFlaw | null {
  const password = normalPassword(typed);
  const length = [...password].length;
  if (length < MIN_PASSWORD) return 'too_short';
  if (length > MAX_PASSWORD) return 'too_long';
  const lower = password.toLowerCase();
  if (common.has(lower)) return 'too_common';
  const core = coreOf(lower);
  return namesOf(owner).has(core) ? 'too_common' : null;
}

/** @throws DomainError `password_refused` with `reason` */
export function checkNewPassword(typed: string, owner: PasswordOwner): void {
  const reason = passwordFlaw(typed, owner);
  if (reason) throw new DomainError('password_refused', `the password is ${reason}`, { reason });
}

/** Its letters and digits, without digits before and after: "Ada.Lovelace1815!" is "adalovelace". */
function coreOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').replace(/^\p{N}+|\p{N}+$/gu, '');
}

function namesOf({ email, name, shopName }: PasswordOwner): Set<string> {
  const [local = '', domain = ''] = email.split('@');
  const words = [email, local, domain, domain.split('.')[0] ?? '', name, ...name.split(/\s+/), shopName];
  const cores = words.map((word) => coreOf(normalPassword(word).toLowerCase())).filter((core) => core !== '');
  return new Set([...cores, ...cores.map((core) => core + core)]);
}
