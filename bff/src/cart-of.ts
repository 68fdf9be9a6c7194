import { signCartToken } from '@souk/domain/cart';
import { DomainError } from '@souk/domain/kernel';
import type { RequestContext } from './request-context.ts';

/** The cart that the request is about. @throws DomainError `cart_empty` when the request brings none */
export async function cartOf(ctx: RequestContext): Promise<string> {
  const cartId = await ctx.cartId();
  if (cartId !== null) return cartId;
  throw new DomainError('cart_empty', 'the request has no valid x-souk-cart header, and its account no cart');
}

/** The token that a guest's browser keeps; null for accounts, whose cart is found by who they are, and where there is no cart. */
export function cartTokenFor(ctx: RequestContext, cartId: string | null): string | null {
  if (cartId === null || ctx.domain.actor.kind === 'user') return null;
  return signCartToken(ctx.domain, cartId);
}
