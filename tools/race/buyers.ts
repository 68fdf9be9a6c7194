import { choosePayment, placementStatus, placeOrder } from '@souk/domain/checkout';
import { isDomainError } from '@souk/domain/kernel';
import { aCard, checkoutView, enterInElement, fillCart, type TestDomain } from '@souk/domain/testing';
import { allAtOnce } from './race-shop.ts';

/** Fills so many carts and takes them to the step before payment. @returns the carts' ids */
export async function carts(
  shop: TestDomain,
  count: number,
  variantId: string,
  then: (cartId: string) => Promise<unknown> = async () => {},
): Promise<string[]> {
  return allAtOnce(Array.from({ length: count }), 16, async () => {
    const cartId = await fillCart(shop.ctx, variantId);
    await then(cartId);
    return cartId;
  });
}

/** A card for each buyer, entered: what the provider gives for it. */
export async function cards(shop: TestDomain, count: number): Promise<string[]> {
  return allAtOnce(Array.from({ length: count }), 16, () => enterInElement(shop.ctx, { card: aCard() }));
}

/** How often a buyer begins anew whom the shop could not answer in time. */
const MOST_TRIES = 12;

/** Enters payment by card and places the order. @returns what came of it, or the code of the refusal */
export async function buy(shop: TestDomain, cartId: string, confirmationToken: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      await choosePayment(shop.ctx, { cartId, method: 'card', confirmationToken });
      const { totalsVersion } = await checkoutView(shop.ctx, cartId);
      return (await placeOrder(shop.ctx, { cartId, totalsVersion })).outcome;
    } catch (error) {
      if (isDomainError(error)) return error.code;
      if (!isOutOfTime(error) || tries === MOST_TRIES) throw error;
      const { outcome } = await placementStatus(shop.ctx, { cartId });
      if (outcome === 'placed') return outcome;
    }
  }
}

/** On a machine that has much else to do, who waits for a row among 64 may wait too long: the shop says 503, and the buyer looks again. */
function isOutOfTime(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

/** How many orders there are, and how many units of a variant they sold. */
export async function sales(
  shop: TestDomain,
  variantId: string,
): Promise<{ orders: number; units: number; allocated: number }> {
  const sold = await shop.ctx.db
    .selectFrom('order_lines')
    .select((eb) => [
      eb.fn.count<number>('order_id').distinct().as('orders'),
      eb.fn.coalesce(eb.fn.sum<number>('quantity'), eb.lit(0)).as('units'),
    ])
    .where('variant_id', '=', variantId)
    .executeTakeFirstOrThrow();
  const level = await shop.ctx.db
    .selectFrom('stock_levels')
    .select('allocated')
    .where('variant_id', '=', variantId)
    .executeTakeFirstOrThrow();
  return { orders: sold.orders, units: Number(sold.units), allocated: level.allocated };
}
