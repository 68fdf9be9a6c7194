import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** A variant sold out or can be bought again, ahead of stock or not; the aggregate is the variant. */
export const availabilityChanged = defineEvent(
  'stock.availability-changed',
  z.object({ isAvailable: z.boolean() }),
);

/** A variant that was sold out can be bought again, so many units of it; the aggregate is the variant. */
export const stockBack = defineEvent('stock.back', z.object({ available: z.int() }));

/** The free units of a variant fell to its threshold or below, once a crossing; the aggregate is the variant. */
export const stockLow = defineEvent('stock.low', z.object({ available: z.int(), threshold: z.int() }));

/** Stock has come for units that an order waits for; the aggregate is the reservation behind the order. */
export const backorderCovered = defineEvent(
  'stock.backorder-covered',
  z.object({
    variantId: z.uuid(),
    locationId: z.uuid(),
    /** Units that can be sent now. */
    quantity: z.int(),
    /** Units of the line that still wait. */
    waiting: z.int(),
  }),
);
