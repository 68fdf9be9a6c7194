import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** The aggregate is the cart that is closed: what it held is in another cart now, and nothing of its checkout goes on. */
export const cartMerged = defineEvent('cart.merged', z.object({ intoCartId: z.uuid() }));

/** Nobody touched a cart for hours, and something is in it. Once each time that it is left. */
export const cartAbandoned = defineEvent('cart.abandoned', z.object({ userId: z.uuid().nullable() }));
