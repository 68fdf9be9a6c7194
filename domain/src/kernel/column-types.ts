import type { ColumnType } from 'kysely';

/** A `jsonb` column: written as JSON text, read as a value that a schema still has to vouch for. */
export type JsonColumn = ColumnType<unknown, string, string>;
