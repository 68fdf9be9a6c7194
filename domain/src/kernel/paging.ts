import { z } from 'zod';
import { DomainError } from './errors.ts';

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Makes an opaque cursor of the last row's sort values. */
export function encodeCursor(values: unknown): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Reads a cursor made by `encodeCursor`.
 *
 * @throws DomainError `invalid_input` when it is not one of ours
 */
export function decodeCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    if (!(cause instanceof z.ZodError) && !(cause instanceof SyntaxError)) throw cause;
    throw new DomainError(
      'invalid_input',
      'cursor: expected the nextCursor of an earlier answer',
      {},
      { cause },
    );
  }
}
