import { randomFillSync } from 'node:crypto';
import { V7Generator } from 'uuidv7';

/** Where new identities come from; tests may hold it. */
export interface Ids {
  /** A new UUIDv7: sortable by the time it was made. */
  next(): string;
}

/** Randomness for some hundred ids at once: fetched for each one, it would be most of making it. */
const pool = Buffer.alloc(4_096);
let position = pool.length;

function nextUint32(): number {
  if (position === pool.length) {
    randomFillSync(pool);
    position = 0;
  }
  position += 4;
  return pool.readUInt32LE(position - 4);
}

const generator = new V7Generator({ nextUint32 });

export const systemIds: Ids = { next: () => generator.generate().toString() };
