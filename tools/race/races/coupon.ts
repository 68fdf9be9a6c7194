import { enterCode } from '@souk/domain/cart';
import { createPromotion, newPromotion } from '@souk/domain/promotions';
import { sellProduct } from '@souk/domain/testing';
import { buy, cards, carts } from '../buyers.ts';
import { allAtOnce, CONNECTIONS, countsOf, mustBe, type Race } from '../race-shop.ts';

/** A code that is good for a few orders, and many who have it: it reduces as many orders as it is good for. */
export function coupon(options: { uses: number; buyers: number }): Race {
  const { uses, buyers } = options;
  return {
    name: 'code',
    title: `a code that is good ${uses} times and ${buyers} buyers`,
    async run(shop) {
      const { variantId } = await sellProduct(shop.ctx, { stock: buyers });
      const code = `RACE-${shop.ctx.ids.next()}`.toUpperCase().slice(0, 30);
      const promotion = await createPromotion(
        shop.ctx,
        newPromotion.parse({
          promotion: {
            name: 'Race',
            label: '5.00 off',
            trigger: 'code',
            action: { type: 'amount', amounts: { USD: 500 } },
            maxUses: uses,
          },
          codes: [code],
        }),
      );
      const [filled, entered] = await Promise.all([
        carts(shop, buyers, variantId, (cartId) => enterCode(shop.ctx, { cartId, code })),
        cards(shop, buyers),
      ]);
      const outcomes = await allAtOnce(filled, CONNECTIONS, (cartId, index) =>
        buy(shop, cartId, entered[index] ?? ''),
      );
      await shop.runJobs();
      const { used_count: counted } = await shop.ctx.db
        .selectFrom('promotions')
        .select('used_count')
        .where('id', '=', promotion.id)
        .executeTakeFirstOrThrow();
      const reduced = await shop.ctx.db
        .selectFrom('orders')
        .innerJoin('order_lines', 'order_lines.order_id', 'orders.id')
        .select('orders.id')
        .where('order_lines.variant_id', '=', variantId)
        .where('orders.discount_amount', '>', 0)
        .execute();
      return {
        told: `${countsOf(outcomes)}; ${reduced.length} of the orders reduced, ${counted} uses counted`,
        breaches: [
          ...mustBe('orders that the code reduced', reduced.length, uses),
          ...mustBe('uses counted', counted, uses),
        ],
      };
    },
  };
}
