import { DomainError } from '../kernel/index.ts';

const keyPattern = /^[a-z0-9_-]+(\/[a-z0-9_-]+)*(\.[a-z0-9]+)?$/;

/** The key itself, when it is one: no way leads out of the store. @throws DomainError `invalid_input` */
export function fileKey(key: string): string {
  if (!keyPattern.test(key)) throw new DomainError('invalid_input', `not a file key: ${key}`);
  return key;
}
