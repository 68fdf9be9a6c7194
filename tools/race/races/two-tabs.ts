import { setTimeout as delay } from 'node:timers/promises';
import { choosePayment, placeOrder, setCheckoutAddress, settleCheckout } from '@souk/domain/checkout';
import { isDomainError } from '@souk/domain/kernel';
import {
  aCard,
  anAddress,
  checkoutView,
  enterInElement,
  payWith,
  sellProduct,
  type TestDomain,
} from '@souk/domain/testing';
import { carts } from '../buyers.ts';
import { chargesOf } from '../charges.ts';
import { allAtOnce, countsOf, mustBe, type Race } from '../race-shop.ts';

/** Two tabs of one shopper: one places the order, the other goes back, chooses another way to pay and places, too. */
export function twoTabs(options: { shoppers: number }): Race {
  const { shoppers } = options;
  return {
    name: 'two-tabs',
    title: `${shoppers} shoppers with two tabs each`,
    async run(shop) {
      const { variantId } = await sellProduct(shop.ctx, { stock: shoppers });
      const filled = await carts(shop, shoppers, variantId);
      const outcomes = await allAtOnce(filled, shoppers, async (cartId, index) => {
        const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
        const tabs = await Promise.all([
          told(() => placeOrder(shop.ctx, { cartId, totalsVersion })),
          told(() => otherTab(shop, cartId, index)),
        ]);
        return tabs.join(' and ');
      });
      await settleAll(shop, filled);
      await shop.runJobs();
      const orders = await ordersOf(shop, filled);
      const most = Math.max(...orders.values());
      const charged = await chargesOf(shop, filled);
      return {
        told: `${countsOf(outcomes)}; ${orders.size} orders, ${charged.count} of them by card`,
        breaches: [...(most > 1 ? mustBe('orders of one cart', most, 1) : [])],
      };
    },
  };
}

const others = ['bank_transfer', 'hosted', 'card', 'address'] as const;

async function otherTab(shop: TestDomain, cartId: string, index: number) {
  const { ctx } = shop;
  await delay(Math.random() * 200);
  const what = others[index % others.length];
  if (what === 'address') {
    const shippingAddress = { ...anAddress, line1: '13 Analytical Way' };
    await setCheckoutAddress(ctx, {
      cartId,
      email: 'ada@example.com',
      shippingAddress,
      billingAddress: null,
    });
    return { outcome: 'another address' };
  }
  if (what === 'card') {
    const confirmationToken = await enterInElement(ctx, { card: aCard() });
    await choosePayment(ctx, { cartId, method: 'card', confirmationToken });
  } else await choosePayment(ctx, { cartId, method: what ?? 'hosted' });
  const { totalsVersion } = await checkoutView(ctx, cartId);
  return placeOrder(ctx, { cartId, totalsVersion });
}

async function told(work: () => Promise<{ outcome: string }>): Promise<string> {
  try {
    return (await work()).outcome;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    // the other tab has bought: the cart is gone
    if (error instanceof Error && error.message.includes('nothing to check out')) return 'cart_empty';
    throw error;
  }
}

/** Those who were sent to the provider's page turn away from it. */
async function settleAll(shop: TestDomain, cartIds: readonly string[]): Promise<void> {
  const placing = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', 'in', [...cartIds])
    .where('status', '=', 'placing')
    .execute();
  for (const { id } of placing) await settleCheckout(shop.ctx, { checkoutId: id, givesUp: true });
}

async function ordersOf(shop: TestDomain, cartIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await shop.ctx.db
    .selectFrom('checkouts')
    .innerJoin('orders', 'orders.checkout_id', 'checkouts.id')
    .select((eb) => ['checkouts.cart_id as cartId', eb.fn.countAll<number>().as('orders')])
    .where('checkouts.cart_id', 'in', [...cartIds])
    .groupBy('checkouts.cart_id')
    .execute();
  return new Map(rows.map(({ cartId, orders }) => [cartId ?? '', orders]));
}
