import { randomBytes, randomInt } from 'node:crypto';
import { addToCart } from '../cart/index.ts';
import { saveProducts } from '../catalog/index.ts';
import {
  type CheckoutView,
  choosePayment,
  chooseShipping,
  getCheckout,
  setCheckoutAddress,
} from '../checkout/index.ts';
import { type Context, system, withActor } from '../kernel/index.ts';
import type { PostalAddress } from '../shipping/index.ts';
import { enterInElement } from './payments.ts';

/** What the payment sandbox's cards do. */
export const testCards = {
  success: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  threeDSecure: '4000000000003220',
} as const;

const cardPrefixes = { success: '42424242', declined: '40404040', threeDSecure: '41414141' } as const;

/** The number of a card that nobody else has: what tries are counted by tells cards apart. */
export function aCard(does: keyof typeof cardPrefixes = 'success'): string {
  const body = `${cardPrefixes[does]}${String(randomInt(10_000_000)).padStart(7, '0')}`;
  const sum = [...body].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

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
  await chooseDelivery(ctx, cart.id);
  return cart.id;
}

/** Takes a cart to the step before payment. @param code the name of a way to get it, or `pickup` */
export async function chooseDelivery(ctx: Context, cartId: string, code = 'express'): Promise<void> {
  await setCheckoutAddress(ctx, {
    cartId,
    email: 'ada@example.com',
    shippingAddress: anAddress,
    billingAddress: null,
  });
  const view = await checkoutView(ctx, cartId);
  const wanted = view.shippingOptions.find(
    (option) => option.name.toLowerCase() === code || option.kind === code,
  );
  const option = wanted ?? view.shippingOptions[0];
  await chooseShipping(ctx, { cartId, optionId: option?.id ?? '' });
}

/** The checkout of a cart, which must have one. */
export async function checkoutView(ctx: Context, cartId: string): Promise<CheckoutView> {
  const view = await getCheckout(ctx, { cartId });
  if (view === null) throw new Error(`cart ${cartId} has nothing to check out`);
  return view;
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

/** Enters payment with a card. @returns the version of the totals that the shopper agrees to, and what is due */
export async function payWith(
  ctx: Context,
  cartId: string,
  card: string,
): Promise<{ totalsVersion: number; total: number }> {
  await choosePayment(ctx, {
    cartId,
    method: 'card',
    confirmationToken: await enterInElement(ctx, { card }),
  });
  const view = await checkoutView(ctx, cartId);
  return { totalsVersion: view.totalsVersion, total: view.totals.due.amount };
}

/** The intent that pays for the newest checkout of a cart. */
export async function intentOf(ctx: Context, cartId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('checkouts')
    .select('payment_intent_id')
    .where('cart_id', '=', cartId)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  if (row.payment_intent_id === null) throw new Error(`nobody has asked for the money of cart ${cartId}`);
  return row.payment_intent_id;
}
