import { placeOrder } from '@souk/domain/checkout';
import { aCard, fillCart, payWith, sellProduct } from '@souk/domain/testing';
import { chargesOf } from '../charges.ts';
import { allAtOnce, CONNECTIONS, countsOf, mustBe, type Race } from '../race-shop.ts';

/** The same form posted many times at once: one order, one charge, and all who posted are told of it. */
export function repeatedPost(options: { posts: number }): Race {
  const { posts } = options;
  return {
    name: 'post',
    title: `the same checkout posted ${posts} times`,
    async run(shop) {
      const { variantId } = await sellProduct(shop.ctx, { stock: posts });
      const cartId = await fillCart(shop.ctx, variantId);
      const { totalsVersion, total } = await payWith(shop.ctx, cartId, aCard());
      const placements = await allAtOnce(Array.from({ length: posts }), CONNECTIONS, () =>
        placeOrder(shop.ctx, { cartId, totalsVersion }),
      );
      await shop.runJobs();
      const orders = new Set(
        placements.map((one) => (one.outcome === 'placed' ? one.orderNumber : one.outcome)),
      );
      const charged = await chargesOf(shop, [cartId]);
      return {
        told: `${countsOf(placements.map(({ outcome }) => outcome))}; ${charged.count} charge of ${charged.taken}`,
        breaches: [
          ...mustBe('different answers', orders.size, 1),
          ...mustBe('charges', charged.count, 1),
          ...mustBe('money taken', charged.taken, total),
        ],
      };
    },
  };
}
