import { signCartToken } from '@souk/domain/cart';
import { setStock } from '@souk/domain/inventory';
import { signValue } from '@souk/domain/kernel';
import { sellProduct, signUp } from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { testCaller } from './testing/caller.ts';
import { type Called, mutate, query, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
beforeAll(async () => {
  bff = await startTestServer();
});
afterAll(() => bff?.close());

const answered = z.object({ itemCount: z.int(), token: z.string().nullable() });
const viewed = z.object({
  id: z.string(),
  itemCount: z.int(),
  lines: z.array(z.object({ id: z.string(), quantity: z.int() })),
});

/** A new guest's cart. @returns the header that brings it */
async function begin(variantId: string, quantity = 1): Promise<{ 'x-souk-cart': string }> {
  const { data } = await mutate(bff.url, 'cart.addLine', { variantId, quantity });
  return { 'x-souk-cart': answered.parse(data).token ?? '' };
}

async function view(headers: Record<string, string>) {
  const { data } = await query(bff.url, 'cart.get', undefined, headers);
  return viewed.nullable().parse(data);
}

const refused = (called: Called) => called.error?.data.code ?? null;

describe('what nobody’s page sends is refused and changes nothing', () => {
  test.each([0, -1, 1e9, 1.5, 'abc', null, '2', [], {}])('a quantity of %s', async (quantity) => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 5 });
    const headers = await begin(variantId, 2);
    const lineId = (await view(headers))?.lines[0]?.id;
    const tries = [
      await mutate(bff.url, 'cart.addLine', { variantId, quantity }, headers),
      await mutate(bff.url, 'cart.setQuantity', { lineId, quantity }, headers),
    ];
    expect(tries.map(refused)).toEqual(['invalid_input', 'invalid_input']);
    expect((await view(headers))?.itemCount).toBe(2);
  });

  test('a quantity that is no number: what JSON cannot say', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 5 });
    for (const quantity of ['NaN', 'Infinity', '1e400', '-0.1']) {
      const body = `{"json":{"variantId":"${variantId}","quantity":${quantity}}}`;
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${bff.url}/trpc/cart.addLine`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
    }
  });

  test('a line of another cart, and a cart that is not theirs', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 9 });
    const [mine, other] = [await begin(variantId, 1), await begin(variantId, 2)];
    const theirs = await view(other);
    const lineId = theirs?.lines[0]?.id;
    expect(refused(await mutate(bff.url, 'cart.setQuantity', { lineId, quantity: 5 }, mine))).toBe(
      'not_found',
    );
    expect(refused(await mutate(bff.url, 'cart.saveForLater', { lineId }, mine))).toBe('not_found');
    await mutate(bff.url, 'cart.removeLine', { lineId }, mine);
    await mutate(bff.url, 'cart.acceptChanges', { lineId }, mine);
    expect(await view(other)).toEqual(theirs);
    const forged = signValue(['another-secret-of-the-same-length-at-all'], 'cart', theirs?.id ?? '');
    const called = await mutate(bff.url, 'cart.removeLine', { lineId }, { 'x-souk-cart': forged });
    expect(refused(called)).toBe('cart_empty');
    expect(await view(other)).toEqual(theirs);
  });

  test('codes that are none', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 9 });
    const headers = await begin(variantId);
    const strange = [
      'NOPE',
      '<script>alert(1)</script>',
      "' or 1=1 --",
      'A\u0000B',
      '\u202eEDOC',
      '💸',
      'A B',
    ];
    for (const code of strange) {
      expect(refused(await mutate(bff.url, 'cart.enterCode', { code }, headers))).toBe('code_unknown');
      expect(refused(await mutate(bff.url, 'cart.removeCode', { code }, headers))).toBeNull();
    }
    const other = await begin(variantId);
    for (const code of ['', 'x'.repeat(101), 7, null]) {
      expect(refused(await mutate(bff.url, 'cart.enterCode', { code }, other))).toBe('invalid_input');
    }
  });

  test('codes by the dozen: who guesses waits', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 9 });
    const headers = await begin(variantId);
    const codes: (string | null)[] = [];
    for (let index = 0; index < 14; index += 1) {
      codes.push(refused(await mutate(bff.url, 'cart.enterCode', { code: `GUESS${index}` }, headers)));
    }
    expect(codes.at(-1)).toBe('rate_limited');
  });
});

describe('an account’s cart', () => {
  test('is found on any device, and by nobody who only has its token', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 9 });
    const { token } = await signUp(bff.test.ctx);
    const { token: elses } = await signUp(bff.test.ctx);
    const phone = { 'x-souk-session': token };
    const { data } = await mutate(bff.url, 'cart.addLine', { variantId, quantity: 2 }, phone);
    expect(answered.parse(data)).toEqual({ itemCount: 2, token: null });
    const laptop = await view({ 'x-souk-session': token });
    expect(laptop?.itemCount).toBe(2);
    const stolen = { 'x-souk-cart': signCartToken(bff.test.ctx, laptop?.id ?? '') };
    const lineId = laptop?.lines[0]?.id;
    for (const headers of [stolen, { ...stolen, 'x-souk-session': elses }]) {
      expect(await view(headers)).toBeNull();
      expect((await query(bff.url, 'cart.summary', undefined, headers)).data).toEqual({ itemCount: 0 });
      expect((await query(bff.url, 'checkout.get', undefined, headers)).data).toBeNull();
      await mutate(bff.url, 'cart.removeLine', { lineId }, headers);
      await mutate(bff.url, 'cart.enterCode', { code: 'NOPE' }, headers);
      await mutate(bff.url, 'cart.share', undefined, headers);
    }
    expect(await view(phone)).toEqual(laptop);
  });

  test('takes in what a guest put together, once, also when nobody asked for it at the log-in', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 9 });
    const { token } = await signUp(bff.test.ctx);
    const session = { 'x-souk-session': token };
    await mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 }, session);
    const guests = await begin(variantId, 2);
    const both = { ...session, ...guests };
    expect((await query(bff.url, 'cart.summary', undefined, both)).data).toEqual({ itemCount: 3 });
    expect((await mutate(bff.url, 'cart.merge', undefined, both)).data).toEqual({ changes: [] });
    expect((await query(bff.url, 'cart.summary', undefined, session)).data).toEqual({ itemCount: 3 });
    expect(await view(guests)).toBeNull();
  });

  test('merges within the budget, whatever is in the two carts, and tells what found no room', async () => {
    const { ctx } = bff.test;
    const things: { variantId: string }[] = [];
    for (let index = 0; index < 4; index += 1) things.push(await sellProduct(ctx, { stock: 5 }));
    const user = await signUp(ctx);
    const own = testCaller(user.ctx);
    for (const { variantId } of things) await own.cart.addLine({ variantId, quantity: 3 });
    const regions = await bff.test.ctx.db
      .selectFrom('regions')
      .select('code')
      .where('currency', '=', 'EUR')
      .execute();
    expect(regions.length).toBeGreaterThan(0);
    const guest = testCaller(bff.test.domain.context());
    const { token } = await guest.cart.addLine({ variantId: things[0]?.variantId ?? '', quantity: 3 });
    const cartId = (token ?? '').split('.')[0] ?? '';
    await testCaller(bff.test.domain.context(), { cartId }).pricing.chooseRegion({
      code: regions[0]?.code ?? '',
    });
    await ctx.transaction((tx) => setStock(tx, [{ variantId: things[0]?.variantId ?? '', onHand: 0 }]));
    const { changes } = await testCaller(user.ctx, { cartId }).cart.merge();
    expect(changes).toMatchObject([{ wanted: 6, kept: 0 }]);
  });
});
