import { uuidv7 } from 'uuidv7';

/** Where new identities come from; tests may hold it. */
export interface Ids {
  /** A new UUIDv7: sortable by the time it was made. */
  next(): string;
}

export const systemIds: Ids = { next: uuidv7 };
