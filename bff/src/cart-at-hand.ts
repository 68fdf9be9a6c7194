import { AsyncLocalStorage } from 'node:async_hooks';
import { accountCart, mergeCarts } from '@souk/domain/cart';
import type { Context } from '@souk/domain/kernel';
import type { RequestContext } from './request-context.ts';

/**
 * The cart of who asks: found out once a request, and not before somebody wants it. Who is logged in and still brings a guest's has
 * logged in by a way that did not merge it (a program, or a browser whose log-in was cut off): it is merged now.
 */
export function cartAtHand(domain: Context, guestCartId: string | null): RequestContext['cartId'] {
  if (domain.actor.kind !== 'user') return () => Promise.resolve(guestCartId);
  const outsideOfBudgets = AsyncLocalStorage.snapshot();
  let asked: Promise<string | null> | undefined;
  return () => {
    asked ??= outsideOfBudgets(async () =>
      guestCartId === null ? accountCart(domain) : (await mergeCarts(domain, { guestCartId })).cartId,
    );
    return asked;
  };
}
