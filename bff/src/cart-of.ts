import type { CartView } from '@souk/domain/cart';
import { DomainError } from '@souk/domain/kernel';
import type { RequestContext } from './request-context.ts';

/** The cart that the request is about. @throws DomainError `cart_empty` when the request brings none */
export function cartOf(ctx: RequestContext): string {
  if (ctx.cartId === null) throw new DomainError('cart_empty', 'the request has no valid x-souk-cart header');
  return ctx.cartId;
}

/** The cart after a change. @throws DomainError `cart_empty` when it has lapsed meanwhile */
export function orCartEmpty(cart: CartView | null): CartView {
  if (cart === null) throw new DomainError('cart_empty', 'the cart has lapsed');
  return cart;
}
