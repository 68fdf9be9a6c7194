import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** An order exists; the aggregate is the order. */
export const orderPlaced = defineEvent(
  'order.placed',
  z.object({ number: z.string(), checkoutId: z.uuid() }),
);

/** The money of an order was taken; the aggregate is the order. */
export const orderPaid = defineEvent('order.paid', z.object({ number: z.string(), amount: z.int() }));
