import { randomBytes } from 'node:crypto';
import { addToCart } from '../cart/index.ts';
import { saveProducts } from '../catalog/index.ts';
import { chooseShipping, paymentReturned, setCheckoutAddress, startPayment } from '../checkout/index.ts';
import { type Context, system, withActor } from '../kernel/index.ts';
import type { PostalAddress } from '../shipping/index.ts';

/** What the payment sandbox's cards do. */
export const testCards = {
  success: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  threeDSecure: '4000000000003220',
} as const;

export const anAddress: PostalAddress = {
  fullName: 'Ada Lovelace',
  line1: '12 Analytical Way',
  line2: '',
  city: 'Oakland',
  region: 'CA',
  postcode: '94601',
  country: 'US',
  phone: '',
};

/** Puts a product with one variant on sale. @returns the variant's id */
export async function sellProduct(
  ctx: Context,
  product: { stock: number; amount?: number; title?: string },
): Promise<{ variantId: string; productId: string; handle: string }> {
  const handle = `thing-${randomBytes(6).toString('hex')}`;
  await saveProducts(withActor(ctx, system), [
    {
      handle,
      externalId: null,
      title: product.title ?? 'A thing',
      descriptionHtml: '<p>Good to have.</p>',
      brand: null,
      categoryPath: ['Things'],
      tags: [],
      taxClass: 'standard',
      status: 'published',
      seoTitle: null,
      seoDescription: null,
      publishedAt: null,
      attributes: [],
      options: [],
      media: [],
      variants: [
        {
          sku: handle.toUpperCase(),
          optionValues: {},
          barcode: null,
          weightGrams: 400,
          price: { amount: product.amount ?? 2_500, currency: 'USD' },
          compareAtAmount: null,
          stock: product.stock,
          mediaPosition: null,
        },
      ],
    },
  ]);
  const row = await ctx.db
    .selectFrom('variants')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .select(['variants.id', 'products.id as productId'])
    .where('products.handle', '=', handle)
    .executeTakeFirstOrThrow();
  return { variantId: row.id, productId: row.productId, handle };
}

/** Fills a cart and takes it to the step before payment. @returns the cart's id */
export async function fillCart(ctx: Context, variantId: string, quantity = 1): Promise<string> {
  const { cart } = await addToCart(ctx, { cartId: null, variantId, quantity });
  await setCheckoutAddress(ctx, {
    cartId: cart.id,
    email: 'ada@example.com',
    shippingAddress: anAddress,
    billingAddress: null,
  });
  const rates = await ctx.db
    .selectFrom('shipping_rates')
    .select('id')
    .where('method', '=', 'express')
    .execute();
  await chooseShipping(ctx, { cartId: cart.id, rateId: rates[0]?.id ?? '' });
  return cart.id;
}

/** Enters a card on the hosted page that `redirectUrl` leads to, as a browser without scripts would. @returns the intent's id */
export async function enterCard(redirectUrl: string, number: string): Promise<string> {
  const response = await fetch(redirectUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ test_card: number }),
  });
  const location = response.headers.get('location');
  const intentId = location && new URL(location).searchParams.get('payment_intent');
  if (!intentId) throw new Error(`the payment page answered ${response.status}: ${await response.text()}`);
  return intentId;
}

/** Answers the bank's question on the 3-D Secure page. */
export async function answerBank(redirectUrl: string, outcome: 'complete' | 'fail'): Promise<void> {
  const response = await fetch(redirectUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ outcome }),
  });
  if (response.status !== 303) throw new Error(`the bank's page answered ${response.status}`);
}

/** Enters payment with a card. @returns the version of the totals that the shopper agrees to, and the intent */
export async function payWith(
  ctx: Context,
  cartId: string,
  card: string,
): Promise<{ totalsVersion: number; intentId: string; total: number }> {
  const { redirectUrl } = await startPayment(ctx, { cartId, method: 'card' });
  const intentId = await enterCard(redirectUrl, card);
  const view = await paymentReturned(ctx, { cartId, paymentIntentId: intentId });
  return { totalsVersion: view.totalsVersion, intentId, total: view.totals.total.amount };
}
