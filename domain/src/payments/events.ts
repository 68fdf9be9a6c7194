import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** The provider told of a change of a checkout's payment; the aggregate is the checkout. What it is now must be asked. */
export const paymentReported = defineEvent(
  'payment.reported',
  z.object({ intentId: z.string(), type: z.string() }),
);
