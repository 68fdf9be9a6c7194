import { sellProduct } from '@souk/domain/testing';
import { buy, cards, carts, sales } from '../buyers.ts';
import { allAtOnce, CONNECTIONS, countsOf, mustBe, type Race } from '../race-shop.ts';

/** More buyers than units: each unit is sold once, and all of them are. */
export function oversell(options: { stock: number; buyers: number }): Race {
  const { stock, buyers } = options;
  return {
    name: 'stock',
    title: `a stock of ${stock} and ${buyers} buyers`,
    async run(shop) {
      const { variantId } = await sellProduct(shop.ctx, { stock });
      const [filled, entered] = await Promise.all([carts(shop, buyers, variantId), cards(shop, buyers)]);
      const began = performance.now();
      const outcomes = await allAtOnce(filled, CONNECTIONS, (cartId, index) =>
        buy(shop, cartId, entered[index] ?? ''),
      );
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      await shop.runJobs();
      const sold = await sales(shop, variantId);
      return {
        told: `${countsOf(outcomes)} in ${seconds} s; ${sold.units} units sold`,
        breaches: [
          ...mustBe(
            'buyers who were told of an order',
            outcomes.filter((one) => one === 'placed').length,
            stock,
          ),
          ...mustBe('orders', sold.orders, stock),
          ...mustBe('units sold', sold.units, stock),
          ...mustBe('units allocated', sold.allocated, stock),
        ],
      };
    },
  };
}
