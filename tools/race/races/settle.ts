import {
  captureOrderPayment,
  placementStatus,
  placeOrder,
  reconcile,
  settleCheckout,
} from '@souk/domain/checkout';
import { orderOfCheckout } from '@souk/domain/orders';
import { receiveWebhook } from '@souk/domain/payments';
import {
  aCard,
  answerBank,
  fillCart,
  intentOf,
  payWith,
  sellProduct,
  type TestDomain,
} from '@souk/domain/testing';
import { chargesOf } from '../charges.ts';
import { allAtOnce, CONNECTIONS, countsOf, mustBe, type Race } from '../race-shop.ts';

/** The bank has agreed, and all hear of it at once: the shopper who returns, webhooks, the reconciler, workers. */
export function settle(options: { each: number }): Race {
  const { each } = options;
  return {
    name: 'settle',
    title: `one payment settled, reported and captured ${each} times each`,
    async run(shop) {
      const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
      const cartId = await fillCart(shop.ctx, variantId);
      const { totalsVersion, total } = await payWith(shop.ctx, cartId, aCard('threeDSecure'));
      const asked = await placeOrder(shop.ctx, { cartId, totalsVersion });
      if (asked.outcome !== 'action_required') throw new Error(`the bank did not ask: ${asked.outcome}`);
      await answerBank(asked.redirectUrl, 'complete');
      const checkoutId = await checkoutOf(shop, cartId);
      const webhooks = await webhooksOf(shop, await intentOf(shop.ctx, cartId));

      const works: (() => Promise<string>)[] = Array.from({ length: each }).flatMap((_, index) => [
        async () => (await placementStatus(shop.ctx, { cartId })).outcome,
        async () => (await settleCheckout(shop.ctx, { checkoutId })).outcome,
        async () => {
          const webhook = webhooks[index % webhooks.length];
          if (webhook) await receiveWebhook(shop.ctx, webhook);
          return 'told';
        },
      ]);
      const workers = Array.from({ length: 3 }, () => shop.runJobs());
      const outcomes = await allAtOnce(works, CONNECTIONS, (work) => work());
      await Promise.all(workers);
      const order = await orderOfCheckout(shop.ctx, checkoutId);
      if (!order) return { told: countsOf(outcomes), breaches: ['there is no order'] };
      await allAtOnce(Array.from({ length: each }), CONNECTIONS, async (_, index) => {
        if (index % 5 === 0) await reconcile(shop.ctx);
        else await captureOrderPayment(shop.ctx, order.id);
      });
      await shop.runJobs();
      const charged = await chargesOf(shop, [cartId]);
      return {
        told: `${countsOf(outcomes)}; ${charged.count} charge of ${charged.taken}`,
        breaches: [
          ...mustBe('charges', charged.count, 1),
          ...mustBe('money taken', charged.taken, total),
          ...mustBe('captures in the history', await capturesOf(shop, order.id), 1),
        ],
      };
    },
  };
}

async function checkoutOf(shop: TestDomain, cartId: string): Promise<string> {
  const { id } = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  return id;
}

async function capturesOf(shop: TestDomain, orderId: string): Promise<number> {
  const { captures } = await shop.ctx.db
    .selectFrom('order_events')
    .select((eb) => eb.fn.countAll<number>().as('captures'))
    .where('order_id', '=', orderId)
    .where('type', '=', 'PAYMENT_CAPTURED')
    .executeTakeFirstOrThrow();
  return captures;
}

/** What the provider would report of an intent, as it signs it. */
async function webhooksOf(shop: TestDomain, intentId: string) {
  const { stripe } = shop.ctx.services;
  const events = await stripe.events.list({ limit: 100 });
  const ours = events.data.filter(({ data }) => 'id' in data.object && data.object.id === intentId);
  const [secret = ''] = shop.config.stripe.webhookSecrets;
  return ours.map((event) => {
    const payload = JSON.stringify(event);
    return {
      payload: Buffer.from(payload),
      signature: stripe.webhooks.generateTestHeaderString({ payload, secret }),
    };
  });
}
