import { accountCart, readCartToken } from '@souk/domain/cart';
import { createAddress } from '@souk/domain/customers';
import { addCard, savedCards } from '@souk/domain/payments';
import {
  aCard,
  anAddress,
  changedTables,
  chooseDelivery,
  enterInElement,
  sellProduct,
  signUp,
  wholeDatabase,
} from '@souk/domain/testing';
import { expect } from 'vitest';
import { z } from 'zod';
import { type Called, mutate, type TestServer } from './test-server.ts';

type Headers = Readonly<Record<string, string>>;

const tokened = z.object({ token: z.string().nullable() });
const versioned = z.object({ totalsVersion: z.int() });
const placed = z.object({ orderNumber: z.string(), token: z.string() });

/** A guest at the last step: everything is chosen, nothing is placed. */
export async function guestAtReview({ url, test }: TestServer, variantId: string) {
  const { data } = await mutate(url, 'cart.addLine', { variantId, quantity: 1 });
  const token = tokened.parse(data).token ?? '';
  const cartId = readCartToken(test.ctx, token) ?? '';
  await chooseDelivery(test.ctx, cartId);
  const headers: Headers = { 'x-souk-cart': token };
  const chosen = await mutate(url, 'checkout.choosePayment', { method: 'bank_transfer' }, headers);
  const { totalsVersion } = versioned.parse(chosen.data);
  const { id: lineId } = await test.ctx.db
    .selectFrom('cart_lines')
    .select('id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  return { cartId, token, headers, totalsVersion, lineId };
}

/** Somebody with an account: an address, a card, a cart at the payment step, an order that awaits its money. */
async function customer({ url, test }: TestServer, variantId: string) {
  const { ctx, token } = await signUp(test.ctx);
  const headers: Headers = { 'x-souk-session': token };
  const fillCart = async () => {
    await mutate(url, 'cart.addLine', { variantId, quantity: 1 }, headers);
    const cartId = (await accountCart(ctx)) ?? '';
    await chooseDelivery(ctx, cartId);
    return cartId;
  };
  await fillCart();
  const chosen = await mutate(url, 'checkout.choosePayment', { method: 'pay_link' }, headers);
  const { totalsVersion } = versioned.parse(chosen.data);
  const { data } = await mutate(url, 'checkout.place', { totalsVersion, acceptsTerms: true }, headers);
  const { orderNumber: number, token: orderToken } = placed.parse(data);
  const { id: orderId } = await ctx.db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const cartId = await fillCart();
  const { id: addressId } = await createAddress(ctx, { address: anAddress, defaultFor: [] });
  const confirmationToken = await enterInElement(ctx, { card: aCard() });
  await addCard(ctx, { confirmationToken, returnUrl: 'http://shop.test/account' });
  const cardId = (await savedCards(ctx))[0]?.id ?? '';
  return { headers, cartId, addressId, cardId, order: { id: orderId, number, token: orderToken } };
}

/** Who is in the shop: two guests, one of whom means harm, and two customers, likewise. */
export async function shopWithThieves(bff: TestServer) {
  const { variantId } = await sellProduct(bff.test.ctx, { stock: 90 });
  return {
    variantId,
    mallory: await guestAtReview(bff, variantId),
    victim: await guestAtReview(bff, variantId),
    eve: await customer(bff, variantId),
    alice: await customer(bff, variantId),
  };
}

/** What came of a request: the code that a program reads, and the fields that it names. */
function refusalOf({ error, status }: Called): string {
  if (error === null) return `${status} taken`;
  return [error.data.code, ...Object.keys(error.data.fields ?? {})].join(' ');
}

/** Sends requests one after the other that nobody honest would, and sees that nothing at all is different then. @returns what came of them */
export async function tamper(
  { test }: TestServer,
  ...sends: readonly (() => Promise<Called>)[]
): Promise<string[]> {
  const before = await wholeDatabase(test.ctx);
  const answers: Called[] = [];
  for (const send of sends) answers.push(await send());
  expect(changedTables(before, await wholeDatabase(test.ctx))).toEqual([]);
  // nothing of how the shop is made
  for (const { error } of answers) expect(JSON.stringify(error)).not.toMatch(/\.ts:|select |insert /);
  return answers.map(refusalOf);
}

const envelope = z.object({
  error: z.object({ json: z.object({ message: z.string(), data: z.unknown() }) }).optional(),
});
const said = z.object({
  code: z.string(),
  httpStatus: z.int(),
  requestId: z.string(),
  data: z.record(z.string(), z.unknown()),
  fields: z.record(z.string(), z.string()).optional(),
});

/** A call of tRPC with a body that no client would write. */
export async function mutateRaw(
  url: string,
  path: string,
  body: string,
  headers: Headers = {},
): Promise<Called> {
  const response = await fetch(`${url}/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const { error } = envelope.parse(await response.json());
  return {
    status: response.status,
    headers: response.headers,
    data: null,
    error: error ? { message: error.json.message, data: said.parse(error.json.data) } : null,
  };
}
