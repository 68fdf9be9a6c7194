import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** A variant sold out or is back; the aggregate is the variant. */
export const availabilityChanged = defineEvent(
  'stock.availability-changed',
  z.object({ isAvailable: z.boolean() }),
);
