import { withActor } from '@souk/domain/kernel';
import { createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeError } from './errors.ts';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

/** A customer's own things, call by call: what is refused, and how many statements each may send. */
let shop: TestDomain;
const most = new Map<string, number>();

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(() => shop.close());

async function customer() {
  const { ctx } = await signUp(shop.ctx);
  return testCaller(withActor(shop.ctx, ctx.actor), {
    onCall: (call) => most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements)),
  });
}

/** What a refused call says. */
async function refusalOf(call: () => Promise<unknown>) {
  const error: unknown = await call().then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(TRPCError);
  const { code, fields } = describeError(error);
  return { code, fields };
}

const address = {
  fullName: 'Ada Lovelace',
  line1: '12 Analytical Way',
  city: 'Oakland',
  region: 'ca',
  postcode: '946011234',
  country: 'US',
  phone: '(415) 555-2671',
};

describe('each procedure keeps its budget of SQL statements', () => {
  test('profile and preferences', async () => {
    const ada = await customer();
    await ada.addresses.create({ address });
    expect(await ada.customer.updateProfile({ name: 'Ada', phone: '(415) 555-2671' })).toMatchObject({
      name: 'Ada',
      phoneInternational: '+1 415 555 2671',
    });
    expect((await ada.customer.profile()).phone).toBe('+14155552671');
    const wanted = { locale: 'de' as const, currency: 'EUR' as const, mailOptIns: ['news' as const] };
    expect(await ada.customer.updatePreferences(wanted)).toEqual(wanted);
    expect(await ada.customer.preferences()).toEqual(wanted);
  });

  test('addresses', async () => {
    const ada = await customer();
    const { id } = await ada.addresses.create({ address });
    const other = { ...address, line1: '13 Analytical Way' };
    expect(await ada.addresses.create({ address: other, defaultFor: ['shipping', 'billing'] })).toMatchObject(
      {
        region: 'CA',
        postcode: '94601-1234',
        phone: '+14155552671',
        isDefaultShipping: true,
      },
    );
    await ada.addresses.update({ id, address, defaultFor: ['billing'] });
    await ada.addresses.makeDefault({ id, use: 'shipping' });
    expect(await ada.addresses.get({ id })).toMatchObject({
      isDefaultShipping: true,
      isDefaultBilling: true,
    });
    await ada.addresses.remove({ id });
    expect(await ada.addresses.list()).toMatchObject([
      { line1: '13 Analytical Way', isDefaultShipping: true },
    ]);
    expect((await ada.addresses.format({ country: 'IN' })).regions).toHaveLength(36);
    expect(await ada.addresses.countries()).toHaveLength(252);
  });

  test('none is left out, and none has room to hide in', () => {
    const router: AnyTRPCRouter = appRouter;
    const own = Object.entries<AnyTRPCProcedure>(router._def.procedures).filter(([path]) =>
      /^(customer|addresses)\./.test(path),
    );
    const budgets = own.map(([path, procedure]) => [
      path,
      z.object({ statements: z.int() }).parse(procedure._def.meta).statements,
    ]);
    expect(Object.fromEntries(most)).toEqual(Object.fromEntries(budgets));
  });
});

describe('refused', () => {
  test('what belongs to somebody else, as if it were not there', async () => {
    const [ada, eve] = [await customer(), await customer()];
    const { id } = await ada.addresses.create({ address });
    for (const call of [
      () => eve.addresses.get({ id }),
      () => eve.addresses.update({ id, address }),
      () => eve.addresses.makeDefault({ id, use: 'billing' }),
      () => eve.addresses.remove({ id }),
    ]) {
      expect((await refusalOf(call)).code).toBe('not_found');
    }
  });

  test('fields that are not for the taking', async () => {
    const ada = await customer();
    const more = { userId: crypto.randomUUID(), isDefaultShipping: true };
    for (const call of [
      () => ada.addresses.create({ address, ...more }),
      () => ada.addresses.create({ address: { ...address, ...more } }),
      () => ada.customer.updateProfile({ name: 'Ada', ...{ email: 'eve@example.com', roles: ['admin'] } }),
      () => ada.customer.updatePreferences({ locale: 'en', currency: null, mailOptIns: [], ...more }),
      () => ada.orders.mine({ limit: 1, ...more }),
    ]) {
      expect((await refusalOf(call)).code).toBe('invalid_input');
    }
    expect(await ada.addresses.list()).toEqual([]);
  });

  test('wrong fields, each with what was expected', async () => {
    const ada = await customer();
    const wrong = { ...address, region: 'Bavaria', postcode: '1', phone: '2' };
    expect((await refusalOf(() => ada.addresses.create({ address: wrong }))).fields).toEqual({
      'address.region': 'Choose a state',
      'address.postcode': 'Enter a ZIP code such as 95014',
      'address.phone': 'Enter a phone number such as +1 201 555 0123',
    });
    expect((await refusalOf(() => ada.customer.updateProfile({ name: 'Ada', phone: '2' }))).fields).toEqual({
      phone: 'Enter a phone number such as +1 201 555 0123',
    });
    expect((await refusalOf(() => ada.addresses.format({ country: 'XX' }))).code).toBe('invalid_input');
  });
});

test('orders of the account open without a link', async () => {
  const ada = await customer();
  expect(await ada.orders.mine({})).toEqual({ items: [], nextCursor: null });
  expect((await refusalOf(() => ada.orders.get({ number: 'SK-2026-000001' }))).code).toBe('not_found');
});
