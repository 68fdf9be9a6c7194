import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Context, createContext, isDomainError } from '../kernel/index.ts';
import { createTestClock, createTestDomain, type TestDomain } from '../testing/index.ts';
import { forgetAttempts } from './guard-attempts.ts';
import { cardKeyOf, guardAttempts, noteAccepted, noteDeclined } from './index.ts';

const clock = createTestClock();
let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(() => shop.close());

let networks = 0;
/** A network that nobody has been in yet. */
const freshNetwork = () => `10.${Math.floor(networks / 250)}.${(networks++ % 250) + 1}`;

function from(address: string): Context {
  return createContext({ ...shop.ctx, origin: { ...shop.ctx.origin, address } });
}

let made = 0;
const fresh = (name: string) => `${name}-${made++}`;

interface Try {
  readonly ctx: Context;
  readonly cartId?: string;
  readonly fingerprint?: string | null;
}

/** Tries to pay with a card that the bank refuses. @returns whether the provider was reached */
async function tryStolenCard({ ctx, cartId = fresh('cart'), fingerprint = fresh('card') }: Try) {
  const attempt = { key: fresh('try'), cartId, card: cardKeyOf(ctx, fingerprint) };
  try {
    await guardAttempts(ctx, attempt);
  } catch (error) {
    if (isDomainError(error, 'rate_limited')) return false;
    throw error;
  }
  await noteDeclined(ctx, attempt);
  return true;
}

const reached = (answers: readonly boolean[]) => answers.filter(Boolean).length;

test('500 stolen cards from one network reach the provider at most 20 times, at once or one by one', async () => {
  const network = freshNetwork();
  const tries = Array.from({ length: 500 }, (_, index) => from(`${network}.${(index % 250) + 1}`));
  const atOnce = await Promise.all(tries.slice(0, 250).map((ctx) => tryStolenCard({ ctx })));
  const after: boolean[] = [];
  for (const ctx of tries.slice(250)) after.push(await tryStolenCard({ ctx }));
  expect(reached([...atOnce, ...after])).toBeLessThanOrEqual(20);
  expect(reached(atOnce)).toBeGreaterThan(0);
});

test('500 stolen cards from one address reach it at most 10 times an hour and 20 times a day', async () => {
  const ctx = from(`${freshNetwork()}.7`);
  const hourly: number[] = [];
  for (let hour = 0; hour < 5; hour += 1) {
    hourly.push(reached(await Promise.all(Array.from({ length: 100 }, () => tryStolenCard({ ctx })))));
    clock.advance(3_601);
  }
  expect(Math.max(...hourly)).toBeLessThanOrEqual(10);
  expect(hourly.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(20);
});

test('the machine itself is no network: only cart and card count there', async () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    const ctx = from(address);
    expect(reached(await Promise.all(Array.from({ length: 30 }, () => tryStolenCard({ ctx }))))).toBe(30);
    const cartId = fresh('cart');
    const onOneCart = Array.from({ length: 30 }, () => tryStolenCard({ ctx, cartId }));
    expect(reached(await Promise.all(onOneCart))).toBeLessThanOrEqual(5);
  }
});

test('one card from 500 networks reaches it at most 20 times', async () => {
  const fingerprint = fresh('card');
  const answers = await Promise.all(
    Array.from({ length: 500 }, () => tryStolenCard({ ctx: from(`${freshNetwork()}.1`), fingerprint })),
  );
  expect(reached(answers)).toBeLessThanOrEqual(20);
  expect(reached(answers)).toBeGreaterThan(0);
});

test('one cart from 500 networks reaches it at most 20 times', async () => {
  const cartId = fresh('cart');
  const answers = await Promise.all(
    Array.from({ length: 500 }, () => tryStolenCard({ ctx: from(`${freshNetwork()}.1`), cartId })),
  );
  expect(reached(answers)).toBeLessThanOrEqual(20);
});

test('the addresses of one IPv6 connection are one', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => tryStolenCard({ ctx: from(`2001:db8:7:1::${index + 1}`) })),
  );
  expect(reached(answers)).toBeLessThanOrEqual(10);
});

test('a shopper who mistypes three times, on two cards, is let through', async () => {
  const ctx = from(`${freshNetwork()}.9`);
  const cartId = fresh('cart');
  const own = fresh('card');
  for (const fingerprint of [own, own, fresh('card')]) {
    expect(await tryStolenCard({ ctx, cartId, fingerprint })).toBe(true);
  }
  await expect(
    guardAttempts(ctx, { key: fresh('try'), cartId, card: cardKeyOf(ctx, own) }),
  ).resolves.toBeUndefined();
});

test('an office of 200 buyers behind one address is never in its own way', async () => {
  const ctx = from(`${freshNetwork()}.3`);
  for (let buyer = 0; buyer < 200; buyer += 1) {
    const attempt = { key: fresh('try'), cartId: fresh('cart'), card: fresh('card') };
    await guardAttempts(ctx, attempt);
    await noteAccepted(ctx, attempt);
  }
});

test('who is turned away is told how long, and that is so', async () => {
  const ctx = from(`${freshNetwork()}.4`);
  const cartId = fresh('cart');
  const fingerprint = fresh('card');
  for (let tried = 0; tried < 6; tried += 1) {
    await tryStolenCard({ ctx, cartId, fingerprint });
    clock.advance(60);
  }
  const attempt = { key: fresh('try'), cartId, card: cardKeyOf(ctx, fingerprint) };
  const error = await guardAttempts(ctx, attempt).catch((refusal: unknown) => refusal);
  if (!isDomainError(error, 'rate_limited')) throw new Error('expected a refusal');
  expect(error.data).toEqual({ retryAfterSeconds: 3_600 - 6 * 60 });
  clock.advance(Number(error.data.retryAfterSeconds));
  await guardAttempts(ctx, attempt);
});

test('one try counts once, however often it is repeated or noted', async () => {
  const ctx = from(`${freshNetwork()}.5`);
  const attempt = { key: fresh('try'), cartId: fresh('cart'), card: fresh('card') };
  await Promise.all(Array.from({ length: 30 }, () => guardAttempts(ctx, attempt)));
  await Promise.all(Array.from({ length: 30 }, () => noteDeclined(ctx, attempt)));
  await guardAttempts(ctx, { ...attempt, key: fresh('try') });
});

test('a try whose process died does not count for ever', async () => {
  const ctx = from(`${freshNetwork()}.6`);
  const cartId = fresh('cart');
  for (let tried = 0; tried < 8; tried += 1) {
    await guardAttempts(ctx, { key: fresh('try'), cartId, card: null });
  }
  const next = { key: fresh('try'), cartId, card: null };
  await expect(guardAttempts(ctx, next)).rejects.toMatchObject({ code: 'rate_limited' });
  clock.advance(3_601);
  await guardAttempts(ctx, next);
});

test('neither address nor card is kept as it is, and nothing for longer than a day', async () => {
  const ctx = from('198.51.100.77');
  await tryStolenCard({ ctx, cartId: 'cart-of-ada', fingerprint: 'fingerprint-of-ada' });
  const rows = JSON.stringify(await shop.ctx.db.selectFrom('payment_attempts').selectAll().execute());
  for (const told of ['198.51.100', 'cart-of-ada', 'fingerprint-of-ada']) expect(rows).not.toContain(told);
  clock.advance(24 * 3_600 + 1);
  await forgetAttempts(shop.ctx);
  expect(await shop.ctx.db.selectFrom('payment_attempts').selectAll().execute()).toEqual([]);
});
