import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../kernel/index.ts';
import { normalPassword } from './password-rules.ts';

/** Argon2id with OWASP's first choice of parameters for 19 MiB (Password Storage Cheat Sheet). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** The hash of nobody's password: what a log-in is checked against when there is none, so that it takes as long. */
const nobodys = `${current}${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Hashes at a time: all cores but one, which goes on serving. They run in libuv's threads, off the event loop. */
const MAX_RUNNING = Math.max(1, availableParallelism() - 1);
/** Beyond this many, an answer would come too late to be of use. */
const MAX_WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

/** Runs a hash when it is its turn. @throws DomainError `unavailable` when too many wait */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING) throw new DomainError('unavailable', 'too many log-ins at once');
    // who leaves hands their place over, so `running` stays as it is
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** The hash of a password in PHC form, with its parameters and salt. @throws DomainError `unavailable` */
export function hashPassword(typed: string): Promise<string> {
  return inTurn(() => hash(normalPassword(typed), parameters));
}

/**
 * Tells whether a password is the one that was hashed; takes the same time when there is no hash.
 *
 * @throws DomainError `unavailable`
 */
export async function verifyPassword(passwordHash: string | null, typed: string): Promise<boolean> {
  const isRight = await inTurn(() => verify(passwordHash ?? nobodys, normalPassword(typed)));
  return isRight && passwordHash !== null;
}

/** Whether a hash was made with other parameters than today's, and should be renewed while the password is at hand. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(current);
}
