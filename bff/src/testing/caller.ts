import { type Context, createLogger } from '@souk/domain/kernel';
import { cartAtHand } from '../cart-at-hand.ts';
import { createBudgetWatch } from '../ops/budget.ts';
import type { ProcedureCall, RequestContext } from '../request-context.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory } from '../trpc.ts';

const createCaller = createCallerFactory(appRouter);
const hold = createBudgetWatch(true, createLogger({ name: 'test', level: 'silent' }));

/**
 * Calls procedures as whoever `domain` acts for, each held to its budget of SQL statements.
 *
 * @param parts what a request would bring besides; `onCall` hears of each call
 */
export function testCaller(
  domain: Context,
  parts: Partial<Pick<RequestContext, 'me' | 'deviceToken'>> & {
    /** Of the token of a guest's. */
    cartId?: string | null;
    onCall?: (call: ProcedureCall) => void;
  } = {},
) {
  const { onCall, cartId = null, ...request } = parts;
  return createCaller({
    requestId: 'test',
    domain,
    me: null,
    deviceToken: null,
    cartId: cartAtHand(domain, cartId),
    guestCartId: cartId,
    locale: 'en-US',
    currency: 'USD',
    ...request,
    observeProcedure(call) {
      onCall?.(call);
      hold(call);
    },
  });
}
