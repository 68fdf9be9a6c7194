import type { CartQuote } from '../cart/index.ts';
import type { Context } from '../kernel/index.ts';
import type { PayableMethod } from './model.ts';

/**
 * The ways to pay that are open for these things to who is shopping; none while nothing is left to pay. An invoice is for customers whom
 * the shop knows, cash for those who fetch it.
 */
export function methodsFor(ctx: Context, quote: CartQuote): PayableMethod[] {
  if (quote.dueAmount === 0) return [];
  const { offlineMethods, stripe, seller } = ctx.config;
  const isOpen: Record<PayableMethod, boolean> = {
    card: stripe.publishableKey !== null,
    hosted: true,
    bank_transfer: offlineMethods.includes('bank_transfer') && seller.bank !== null,
    invoice: offlineMethods.includes('invoice') && ctx.actor.kind === 'user',
    pay_link: offlineMethods.includes('pay_link'),
    cash_on_collection: offlineMethods.includes('cash_on_collection') && quote.shipping?.kind === 'pickup',
  };
  return (Object.keys(isOpen) as PayableMethod[]).filter((method) => isOpen[method]);
}
