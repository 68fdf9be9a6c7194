import { DomainError } from '@souk/domain/kernel';
import type { RequestContext } from './request-context.ts';

/** The cart that the request is about. @throws DomainError `cart_empty` when the request brings none */
export function cartOf(ctx: RequestContext): string {
  if (ctx.cartId === null) throw new DomainError('cart_empty', 'the request has no valid x-souk-cart header');
  return ctx.cartId;
}
