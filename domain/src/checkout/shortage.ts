import { type CartQuote, setEstimatePlace } from '../cart/index.ts';
import { type Context, DomainError, isDomainError } from '../kernel/index.ts';
import { asShopperSees, checkoutOfCart } from './checkout-rows.ts';

/**
 * Runs a step that may find too little stock for where the things go. When it does, the cart is told the place, so that its page, which
 * is where a shopper mends it, shows the same shortage. Costs nothing otherwise.
 */
export async function showingShortage<T>(ctx: Context, cartId: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (isDomainError(error, 'out_of_stock') || isDomainError(error, 'cart_changed')) {
      const found = await checkoutOfCart(ctx, cartId);
      const address = found && asShopperSees(ctx, found).shippingAddress;
      if (address) {
        const { country, region, postcode } = address;
        await setEstimatePlace(ctx, { cartId, place: { country, region, postcode } });
      }
    }
    throw error;
  }
}

/** @throws DomainError `out_of_stock` with `{ variantId, available }` of the first line that is short */
export function requireStock({ cart }: CartQuote): void {
  const short = cart.lines.find(({ problems }) => problems.some(({ code }) => code === 'OUT_OF_STOCK'));
  if (!short) return;
  const { variantId, quantity } = short.row;
  const { available } = short;
  throw new DomainError('out_of_stock', `variant ${variantId}: ${quantity} wanted, ${available} left`, {
    variantId,
    available,
  });
}
