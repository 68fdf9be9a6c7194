import { signCartToken } from '@souk/domain/cart';
import { signValue } from '@souk/domain/kernel';
import { createPromotion, newPromotion } from '@souk/domain/promotions';
import { anAddress, brokenInvariants, changedTables, sellProduct, wholeDatabase } from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { guestAtReview, mutateRaw, shopWithThieves, tamper } from './testing/tampering.ts';
import { mutate, query, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
let world: Awaited<ReturnType<typeof shopWithThieves>>;
beforeAll(async () => {
  bff = await startTestServer();
  world = await shopWithThieves(bff);
}, 120_000);
afterAll(async () => {
  expect(await brokenInvariants(bff.test.ctx)).toEqual([]);
  await bff.close();
});

/** Sends one call that is to come to nothing. @returns the code and the fields that it was refused with */
async function refusal(path: string, input: unknown, headers: Record<string, string> = {}): Promise<string> {
  const [answer = ''] = await tamper(bff, () => mutate(bff.url, path, input, headers));
  return answer;
}

describe('a price of their own', () => {
  test.each<[string, string, () => object]>([
    ['price', 'cart.addLine', () => ({ variantId: world.variantId, quantity: 1, price: 1 })],
    [
      'unitPrice',
      'cart.addLine',
      () => ({ variantId: world.variantId, quantity: 1, unitPrice: { amount: 1 } }),
    ],
    ['currency', 'cart.addLine', () => ({ variantId: world.variantId, quantity: 1, currency: 'JPY' })],
    ['amount', 'cart.setQuantity', () => ({ lineId: world.mallory.lineId, quantity: 1, amount: 1 })],
    ['discount', 'cart.enterCode', () => ({ code: 'NONE', discount: 100 })],
    [
      'total',
      'checkout.setAddress',
      () => ({ email: 'm@example.com', shippingAddress: anAddress, total: 1 }),
    ],
    ['price', 'checkout.setShipping', () => ({ optionId: 'standard', price: 0 })],
    ['currency', 'checkout.choosePayment', () => ({ method: 'bank_transfer', currency: 'IDR' })],
    ['amount', 'checkout.choosePayment', () => ({ method: 'bank_transfer', amount: 1 })],
    ['total', 'checkout.place', () => ({ totalsVersion: 1, acceptsTerms: true, total: 1 })],
  ])('%s in %s', async (field, path, input) => {
    const { headers } = world.mallory;
    expect(await refusal(path, input(), headers)).toBe(`invalid_input ${field}`);
  });
});

describe('a quantity', () => {
  test.each([0, -1, 1e9, 1.5, '1e3', '1', null, true, [1], { $gt: 0 }])('of %j', async (quantity) => {
    const { variantId, mallory } = world;
    const { lineId, headers } = mallory;
    expect(
      await tamper(
        bff,
        () => mutate(bff.url, 'cart.addLine', { variantId, quantity }, headers),
        () => mutate(bff.url, 'cart.setQuantity', { lineId, quantity }, headers),
      ),
    ).toEqual(['invalid_input quantity', 'invalid_input quantity']);
  });

  test('that JSON does not know, or that superjson makes a number', async () => {
    const { variantId, mallory } = world;
    const written = ['NaN', 'Infinity', '-0.1', '1e400', '0x10', '1_000'].map(
      (quantity) => `{"json":{"variantId":"${variantId}","quantity":${quantity}}}`,
    );
    const made = [
      ['NaN', 'number'],
      ['-Infinity', 'number'],
      ['7', 'bigint'],
    ].map(([quantity, type]) =>
      JSON.stringify({ json: { variantId, quantity }, meta: { values: { quantity: [type] } } }),
    );
    const sends = [...written, ...made].map(
      (body) => () => mutateRaw(bff.url, 'cart.addLine', body, mallory.headers),
    );
    for (const answer of await tamper(bff, ...sends)) expect(answer).toMatch(/^invalid_input( quantity)?$/);
  });
});

describe('a cart of somebody else', () => {
  test.each<[string, () => string]>([
    ['its bare id', () => world.victim.cartId],
    [
      'its id by one’s own signature',
      () => world.mallory.token.replace(world.mallory.cartId, world.victim.cartId),
    ],
    [
      'its id by another secret',
      () => signValue(['another-secret-that-is-long-enough-too'], 'cart', world.victim.cartId),
    ],
    [
      'its id, signed for another purpose',
      () => signValue(bff.test.config.secrets, 'order', world.victim.cartId),
    ],
    ['its token, one letter less', () => world.victim.token.slice(0, -1)],
    ['an account’s, signed as a guest’s', () => signCartToken(bff.test.ctx, world.alice.cartId)],
    ['a token that says more', () => `${world.victim.token}' or '1'='1`],
    ['what is far too long', () => 'x'.repeat(4_000)],
  ])('by %s', async (_, forge) => {
    const headers = { 'x-souk-cart': forge() };
    const { lineId, totalsVersion } = world.victim;
    const tries: [string, object][] = [
      ['cart.setQuantity', { lineId, quantity: 9 }],
      ['cart.saveForLater', { lineId }],
      ['cart.enterCode', { code: 'NOPE' }],
      ['checkout.setAddress', { email: 'm@example.com', shippingAddress: anAddress }],
      ['checkout.setShipping', { optionId: 'standard' }],
      ['checkout.choosePayment', { method: 'bank_transfer' }],
      ['checkout.place', { totalsVersion, acceptsTerms: true }],
    ];
    const answers = await tamper(
      bff,
      ...tries.map(
        ([path, input]) =>
          () =>
            mutate(bff.url, path, input, headers),
      ),
    );
    for (const answer of answers)
      expect(answer).toMatch(/^(cart_empty|not_found|checkout_incomplete|code_unknown)$/);
    expect((await query(bff.url, 'cart.get', undefined, headers)).data).toBeNull();
    expect((await query(bff.url, 'checkout.get', undefined, headers)).data).toBeNull();
  });

  test.each<[string, object]>([
    ['cart.setQuantity', { quantity: 9 }],
    ['cart.saveForLater', {}],
  ])('by one of its lines in %s', async (path, more) => {
    const input = { lineId: world.victim.lineId, ...more };
    expect(await refusal(path, input, world.mallory.headers)).toBe('not_found');
  });
});

describe('a checkout', () => {
  test.each<[string, () => object, string]>([
    ['another version of the totals', () => ({ totalsVersion: 999 }), 'totals_changed'],
    ['the version before there were any', () => ({ totalsVersion: 0 }), 'totals_changed'],
    ['a version below nothing', () => ({ totalsVersion: -1 }), 'invalid_input totalsVersion'],
    ['half a version', () => ({ totalsVersion: 1.5 }), 'invalid_input totalsVersion'],
    ['a version as text', () => ({ totalsVersion: '1' }), 'invalid_input totalsVersion'],
    ['no agreement', () => ({ acceptsTerms: false }), 'invalid_input acceptsTerms'],
    ['an agreement that is none', () => ({ acceptsTerms: 'on' }), 'invalid_input acceptsTerms'],
    [
      'the checkout of somebody else',
      () => ({ checkoutId: crypto.randomUUID() }),
      'invalid_input checkoutId',
    ],
    ['the cart of somebody else', () => ({ cartId: world.victim.cartId }), 'invalid_input cartId'],
    ['the name of somebody else', () => ({ userId: crypto.randomUUID() }), 'invalid_input userId'],
    [
      'a reservation of its own',
      () => ({ reservationId: crypto.randomUUID() }),
      'invalid_input reservationId',
    ],
  ])('placed with %s', async (_, changes, expected) => {
    const { totalsVersion, headers } = world.mallory;
    const input = { totalsVersion, acceptsTerms: true, ...changes() };
    expect(await refusal('checkout.place', input, headers)).toBe(expected);
  });

  test.each<[string, string, object, string]>([
    ['a way of delivery that is made up', 'setShipping', { optionId: 'free' }, 'no_shipping'],
    ['the address of nowhere', 'setAddress', { email: 'x', shippingAddress: {} }, 'invalid_input email'],
    ['a gift card that is none', 'choosePayment', { method: 'gift_card' }, 'method_unavailable'],
    ['an unheard-of way to pay', 'choosePayment', { method: 'free' }, 'invalid_input method'],
    ['a card that was not entered', 'choosePayment', { method: 'card' }, 'invalid_input confirmationToken'],
    [
      'a card that was made up',
      'choosePayment',
      { method: 'card', confirmationToken: 'ctoken_1' },
      'payment_mismatch',
    ],
    [
      'a card’s number',
      'choosePayment',
      { method: 'hosted', card: { number: '4242424242424242' } },
      'invalid_input card',
    ],
  ])('with %s', async (_, step, input, expected) => {
    expect(await refusal(`checkout.${step}`, input, world.mallory.headers)).toMatch(
      new RegExp(`^${expected}`),
    );
  });

  test('whose cart grew in another tab after it was looked at', async () => {
    const { headers, totalsVersion } = await guestAtReview(bff, world.variantId);
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 5, amount: 90_000 });
    await mutate(bff.url, 'cart.addLine', { variantId, quantity: 2 }, headers);
    const before = await wholeDatabase(bff.test.ctx);
    const place = await mutate(bff.url, 'checkout.place', { totalsVersion, acceptsTerms: true }, headers);
    expect(place.error?.data.code).toBe('cart_changed');
    const changed = changedTables(before, await wholeDatabase(bff.test.ctx));
    // what it showed when it was last looked at
    expect(changed.filter((table) => table !== 'carts')).toEqual([]);
  });
});

describe('what is another customer’s', () => {
  test.each<[string, () => object]>([
    ['addresses.update', () => ({ id: world.alice.addressId, address: anAddress })],
    ['addresses.makeDefault', () => ({ id: world.alice.addressId, use: 'billing' })],
    ['addresses.remove', () => ({ id: world.alice.addressId })],
    ['checkout.choosePayment', () => ({ method: 'card', savedMethodId: world.alice.cardId })],
    ['payments.removeCard', () => ({ cardId: world.alice.cardId })],
    ['payments.makeDefaultCard', () => ({ cardId: world.alice.cardId })],
    ['payments.finishAddingCard', () => ({ setupIntentId: 'seti_1' })],
  ])('%s', async (path, input) => {
    expect(await refusal(path, input(), world.eve.headers)).toBe('not_found');
    expect(await refusal(path, input(), world.mallory.headers)).toBe('unauthenticated');
  });

  test.each<[string, () => string | null]>([
    ['no token', () => null],
    ['a token that is none', () => 'x'],
    ['the token of one’s own order', () => world.eve.order.token],
    ['its token, one letter less', () => world.alice.order.token.slice(0, -1)],
    ['its id', () => world.alice.order.id],
  ])('an order by its number and %s', async (_, token) => {
    const link = { number: world.alice.order.number, token: token() };
    for (const headers of [world.eve.headers, world.mallory.headers]) {
      const answers = await tamper(
        bff,
        () => query(bff.url, 'orders.get', link, headers),
        () => query(bff.url, 'orders.document', { ...link, kind: 'receipt' }, headers),
        () => mutate(bff.url, 'orders.cancelMine', link, headers),
        () => mutate(bff.url, 'orders.pay', link, headers),
        () => mutate(bff.url, 'orders.paymentReturned', link, headers),
      );
      expect(answers).toEqual(answers.map(() => 'not_found'));
    }
  });

  test('what staff do, without being staff', async () => {
    const { id: orderId, number } = world.alice.order;
    const payment = { orderId, amount: 1_000, requestId: crypto.randomUUID() };
    const staffs = (headers: Record<string, string>) => [
      () => query(bff.url, 'orders.find', { number }, headers),
      () => query(bff.url, 'orders.list', {}, headers),
      () => mutate(bff.url, 'orders.cancel', { orderId, reason: 'mistake' }, headers),
      () => mutate(bff.url, 'orders.receivePayment', payment, headers),
      () => query(bff.url, 'payments.discrepancies', {}, headers),
    ];
    for (const answer of await tamper(bff, ...staffs(world.eve.headers))) expect(answer).toBe('forbidden');
    for (const answer of await tamper(bff, ...staffs({}))) expect(answer).toBe('unauthenticated');
    const rest = async (headers: Record<string, string>) =>
      (await fetch(`${bff.url}/api/v1/orders/${number}`, { headers })).status;
    expect(await rest({})).toBe(401);
    expect(await rest({ authorization: 'Bearer souk_abcdef12_x' })).toBe(401);
    expect(await rest(world.eve.headers)).toBeGreaterThanOrEqual(401);
  });
});

test('codes that have lapsed, are not out yet, or were withdrawn take nothing off, and say why', async () => {
  const day = 86_400_000;
  const [yesterday, tomorrow] = [new Date(Date.now() - day), new Date(Date.now() + day)];
  const codes = [
    { code: 'LAPSED', dates: { endsAt: yesterday }, reason: 'expired' },
    { code: 'TOMORROW', dates: { startsAt: tomorrow }, reason: 'not_started' },
  ];
  const { headers } = await guestAtReview(bff, world.variantId);
  const seen = z.object({
    total: z.object({ amount: z.int() }),
    discounts: z.array(z.unknown()),
    rejectedCodes: z.array(z.object({ code: z.string(), reason: z.string() })),
  });
  const look = async () => seen.parse((await query(bff.url, 'cart.get', undefined, headers)).data);
  const { total } = await look();
  for (const { code, dates } of codes) {
    const action = { type: 'percent' as const, percent: 50 };
    const promotion = { name: code, label: 'Half off', trigger: 'code' as const, action, ...dates };
    await createPromotion(bff.test.ctx, newPromotion.parse({ promotion, codes: [code] }));
    await mutate(bff.url, 'cart.enterCode', { code }, headers);
  }
  expect(await look()).toEqual({
    total,
    discounts: [],
    rejectedCodes: codes.map(({ code, reason }) => ({ code, reason })),
  });
});

describe('a webhook', () => {
  const event = (id: string, more: object = {}) =>
    JSON.stringify({
      id,
      object: 'event',
      type: 'payment_intent.succeeded',
      data: {
        object: {
          id: 'pi_tampered',
          object: 'payment_intent',
          status: 'succeeded',
          metadata: { order_id: world.alice.order.id },
          ...more,
        },
      },
    });
  const sign = (payload: string, parts: { secret?: string; ageSeconds?: number } = {}) =>
    bff.test.ctx.services.stripe.webhooks.generateTestHeaderString({
      payload,
      secret: parts.secret ?? bff.test.config.stripe.webhookSecrets[0] ?? '',
      timestamp: Math.floor(Date.now() / 1000) - (parts.ageSeconds ?? 0),
    });
  const post = (body: string, signature: string | null) =>
    fetch(`${bff.url}/webhooks/stripe`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === null ? {} : { 'stripe-signature': signature }),
      },
      body,
    });

  test.each<[string, (body: string) => string | null]>([
    ['without a signature', () => null],
    ['with half of one', (body) => sign(body).slice(0, -8)],
    ['signed with another secret', (body) => sign(body, { secret: 'whsec_of_somebody_else' })],
    ['signed an hour ago', (body) => sign(body, { ageSeconds: 3_600 })],
    ['whose body was altered', (body) => sign(body.replace('pi_tampered', 'pi_honest'))],
    [
      'whose time was altered',
      (body) => sign(body, { ageSeconds: 3_600 }).replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1000)}`),
    ],
    ['signed in the way of before', (body) => sign(body).replace('v1=', 'v0=')],
  ])('%s is refused', async (_, signed) => {
    const before = await wholeDatabase(bff.test.ctx);
    const body = event('evt_forged');
    const answer = await post(body, signed(body));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'signature_invalid' });
    expect(changedTables(before, await wholeDatabase(bff.test.ctx))).toEqual([]);
  });

  test('that comes again, also with another text under its id, is handled once', async () => {
    const body = event('evt_replayed');
    const signature = sign(body);
    expect((await post(body, signature)).status).toBe(200);
    await bff.test.runJobs();
    const before = await wholeDatabase(bff.test.ctx);
    const other = event('evt_replayed', { id: 'pi_other' });
    for (const [text, by] of [
      [body, signature],
      [body, sign(body)],
      [other, sign(other)],
    ] as const) {
      expect((await post(text, by)).status).toBe(200);
      await bff.test.runJobs();
    }
    expect(changedTables(before, await wholeDatabase(bff.test.ctx))).toEqual([]);
    const order = { number: world.alice.order.number, token: world.alice.order.token };
    const { data } = await query(bff.url, 'orders.get', order);
    // a hint where to look, never a proof that anybody paid
    expect(data).toMatchObject({ paymentStatus: 'awaiting' });
  });
});

describe('keys that reach for what every object has', () => {
  const line = () => `"variantId":"${world.variantId}","quantity":1`;
  test.each<[string, () => string]>([
    ['constructor', () => `{"json":{${line()},"constructor":{"prototype":{"isStaff":true}}}}`],
    [
      'a path of superjson to the prototype',
      () => `{"json":{${line()}},"meta":{"values":{"__proto__.isStaff":["undefined"]}}}`,
    ],
    [
      'a path of superjson to the constructor',
      () =>
        `{"json":{${line()}},"meta":{"referentialEqualities":{"quantity":["constructor.prototype.isStaff"]}}}`,
    ],
    [
      'a class of superjson',
      () => `{"json":{${line()}},"meta":{"values":{"quantity":[["class","Object"]]}}}`,
    ],
  ])('%s', async (_, body) => {
    const [answer] = await tamper(bff, () =>
      mutateRaw(bff.url, 'cart.addLine', body(), world.mallory.headers),
    );
    expect(answer).toMatch(/^invalid_input/);
    expect(Reflect.get({}, 'isStaff')).toBeUndefined();
  });

  test('__proto__ is a key that nobody reads', async () => {
    const { headers } = await guestAtReview(bff, world.variantId);
    const body = `{"json":{${line()},"__proto__":{"isStaff":true,"quantity":50,"price":1}}}`;
    await mutateRaw(bff.url, 'cart.addLine', body, headers);
    expect((await query(bff.url, 'cart.summary', undefined, headers)).data).toEqual({ itemCount: 2 });
    expect(Reflect.get({}, 'isStaff')).toBeUndefined();
  });

  test('in the address of the API', async () => {
    const answer = await fetch(
      `${bff.url}/api/v1/products?__proto__[isStaff]=1&constructor.prototype.isStaff=1`,
    );
    expect(answer.status).toBe(400);
    expect(Reflect.get({}, 'isStaff')).toBeUndefined();
  });
});
