import { anAddress, enterInElement } from '@souk/domain/testing';
import { z } from 'zod';

const answer = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });
const productList = z.object({ items: z.array(z.object({ handle: z.string() })).min(1) });
const product = z.object({
  variants: z.array(z.object({ id: z.string(), available: z.number() })).min(1),
});
const added = z.object({ token: z.string() });
const shippingView = z.object({ shippingOptions: z.array(z.object({ id: z.string() })).min(1) });
const paidView = z.object({ totalsVersion: z.number() });

/** A shopper who talks to the API and not to pages: for what happens behind them. */
export interface ApiShopper {
  /** Fills a cart with something in stock and goes on to the review, a card entered. @returns the version of the totals */
  reachReview(card: string): Promise<number>;
  /** Enters a card at the payment step; once more after a try that came to nothing. @returns the version of the totals */
  enterCard(card: string): Promise<number>;
  place(totalsVersion: number): Promise<unknown>;
  status(): Promise<unknown>;
}

/**
 * @param bffUrl of a shop with products
 * @param sandboxUrl where its payments go
 */
export function createApiShopper(bffUrl: string, sandboxUrl: string): ApiShopper {
  let token: string | undefined;

  async function call(
    path: string,
    input: unknown,
    method: 'query' | 'mutation' = 'mutation',
  ): Promise<unknown> {
    const url = new URL(`/trpc/${path}`, bffUrl);
    const body = JSON.stringify({ json: input });
    if (method === 'query') url.searchParams.set('input', body);
    const response = await fetch(url, {
      method: method === 'query' ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { 'x-souk-cart': token }),
      },
      ...(method === 'query' ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return answer.parse(JSON.parse(text)).result.data.json;
  }

  async function somethingInStock(): Promise<string> {
    const response = await fetch(new URL('/api/v1/products?limit=20', bffUrl));
    const { items } = productList.parse(await response.json());
    for (const { handle } of items) {
      const { variants } = product.parse(await call('catalog.product', { slug: handle }, 'query'));
      const variant = variants.find((candidate) => candidate.available > 1);
      if (variant) return variant.id;
    }
    throw new Error('nothing is in stock');
  }

  async function enterCard(card: string): Promise<number> {
    const stripe = { apiBase: sandboxUrl };
    const confirmationToken = await enterInElement({ config: { stripe } }, { card });
    await call('checkout.choosePayment', { method: 'card', confirmationToken });
    return paidView.parse(await call('checkout.get', undefined, 'query')).totalsVersion;
  }

  return {
    async reachReview(card) {
      const variantId = await somethingInStock();
      token = added.parse(await call('cart.addLine', { variantId, quantity: 1 })).token;
      await call('checkout.setAddress', {
        email: 'ada@example.com',
        shippingAddress: anAddress,
        billingAddress: null,
      });
      const { shippingOptions } = shippingView.parse(await call('checkout.get', undefined, 'query'));
      await call('checkout.setShipping', { optionId: shippingOptions[0]?.id });
      return enterCard(card);
    },
    enterCard,
    place: (totalsVersion) => call('checkout.place', { totalsVersion, acceptsTerms: true }),
    status: () => call('checkout.placementStatus', undefined, 'query'),
  };
}
