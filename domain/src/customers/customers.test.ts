import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Context, guest, userActor, withActor } from '../kernel/index.ts';
import { postalAddress } from '../shipping/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import {
  createAddress,
  getAddress,
  getPreferences,
  getProfile,
  listAddresses,
  MAX_ADDRESSES,
  makeDefaultAddress,
  preferences,
  profileInput,
  removeAddress,
  updateAddress,
  updatePreferences,
  updateProfile,
  wantsMail,
} from './index.ts';

let shop: TestDomain;
let ada: Context;
let eve: Context;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());
beforeEach(async () => {
  ada = await customer('Ada');
  eve = await customer('Eve');
});

async function customer(name: string): Promise<Context> {
  const id = shop.ctx.ids.next();
  const now = new Date();
  const email = `${name.toLowerCase()}-${id}@example.com`;
  await shop.ctx.db
    .insertInto('users')
    .values({ id, email, name, created_at: now, updated_at: now })
    .execute();
  const session = { id: shop.ctx.ids.next(), authenticatedAt: now };
  return withActor(shop.ctx, userActor({ userId: id, roles: [], session }));
}

const addressAt = (line1: string, more: Record<string, string> = {}) =>
  postalAddress.parse({
    ...{ fullName: 'Ada Lovelace', line1, city: 'Oakland', region: 'CA', postcode: '94601', country: 'US' },
    ...more,
  });
const book = async (ctx: Context) =>
  (await listAddresses(ctx)).map((address) => [
    address.line1,
    address.isDefaultShipping,
    address.isDefaultBilling,
  ]);

describe('profile', () => {
  test('name and phone change; the phone is read by the country of the default address', async () => {
    expect(await getProfile(ada)).toMatchObject({ name: 'Ada', phone: '', phoneCountry: 'US' });
    expect(await updateProfile(ada, { name: 'Ada King', phone: '(415) 555-2671' })).toMatchObject({
      name: 'Ada King',
      phone: '+14155552671',
      phoneNational: '(415) 555-2671',
      phoneInternational: '+1 415 555 2671',
    });
    await createAddress(ada, {
      address: addressAt('1', { country: 'GB', city: 'Bath', postcode: 'BA1 1AA' }),
    });
    expect(await updateProfile(ada, { name: 'Ada King', phone: '020 7946 0958' })).toMatchObject({
      phone: '+442079460958',
      phoneCountry: 'GB',
    });
    expect(await updateProfile(ada, { name: 'Ada King', phone: '' })).toMatchObject({ phone: '' });
    expect(await getProfile(eve)).toMatchObject({ name: 'Eve' });
  });

  test('a number that nobody can dial is refused and changes nothing', async () => {
    await expect(updateProfile(ada, { name: 'Other', phone: '12' })).rejects.toMatchObject({
      code: 'invalid_input',
      data: { fields: { phone: 'Enter a phone number such as +1 201 555 0123' } },
    });
    expect((await getProfile(ada)).name).toBe('Ada');
  });

  test('neither profile nor preferences take what is not theirs', () => {
    expect(profileInput.safeParse({ name: 'Ada', email: 'a@example.com' }).success).toBe(false);
    expect(profileInput.safeParse({ name: 'Ada', role: 'admin' }).success).toBe(false);
    expect(profileInput.safeParse({ name: 'A\nB' }).success).toBe(false);
    const valid = { locale: 'en', currency: null, mailOptIns: [] };
    expect(preferences.safeParse(valid).success).toBe(true);
    expect(preferences.safeParse({ ...valid, userId: 'x' }).success).toBe(false);
    expect(preferences.safeParse({ ...valid, currency: 'XXX' }).success).toBe(false);
    expect(preferences.safeParse({ ...valid, mailOptIns: ['spam'] }).success).toBe(false);
  });
});

test('nobody gets news unasked; each change of consent is audited once', async () => {
  const userId = ada.actor.id;
  expect(await getPreferences(ada)).toEqual({ locale: 'en', currency: null, mailOptIns: [] });
  const wanted = { locale: 'de', currency: 'EUR', mailOptIns: ['news', 'back-in-stock'] } as const;
  await updatePreferences(ada, { ...wanted, mailOptIns: [...wanted.mailOptIns] });
  await updatePreferences(ada, { ...wanted, mailOptIns: [...wanted.mailOptIns] });
  expect(await getPreferences(ada)).toEqual(wanted);
  expect(await wantsMail(shop.ctx, { userId, kind: 'news' })).toBe(true);
  expect(await wantsMail(shop.ctx, { userId, kind: 'recommendations' })).toBe(false);
  expect(await wantsMail(shop.ctx, { userId: eve.actor.id, kind: 'news' })).toBe(false);
  const audited = await shop.ctx.db
    .selectFrom('audit_log')
    .select(['actor_id', 'action', 'before', 'after'])
    .where('target_id', '=', userId)
    .execute();
  expect(audited).toEqual([
    {
      actor_id: userId,
      action: 'customer.preferences-changed',
      before: { locale: 'en', currency: null, mailOptIns: [] },
      after: wanted,
    },
  ]);
});

describe('address book', () => {
  test('the first address becomes the default for all; others only when asked', async () => {
    await createAddress(ada, { address: addressAt('1 First Street') });
    await createAddress(ada, { address: addressAt('2 Second Street') });
    const third = await createAddress(ada, { address: addressAt('3 Third Street'), defaultFor: ['billing'] });
    expect(third).toMatchObject({
      isDefaultShipping: false,
      isDefaultBilling: true,
      canShipTo: true,
      lines: ['Ada Lovelace', '3 Third Street', 'Oakland, CA 94601', 'United States'],
    });
    expect(await book(ada)).toEqual([
      ['1 First Street', true, false],
      ['3 Third Street', false, true],
      ['2 Second Street', false, false],
    ]);
    await makeDefaultAddress(ada, { id: third.id, use: 'shipping' });
    await makeDefaultAddress(ada, { id: third.id, use: 'shipping' });
    expect((await book(ada))[0]).toEqual(['3 Third Street', true, true]);
    expect(await listAddresses(eve)).toEqual([]);
  });

  test('a default that is removed moves on to the latest; with the last address there is none', async () => {
    const first = await createAddress(ada, { address: addressAt('1') });
    const second = await createAddress(ada, { address: addressAt('2') });
    await createAddress(ada, { address: addressAt('3') });
    await removeAddress(ada, { id: second.id });
    await removeAddress(ada, { id: first.id });
    expect(await book(ada)).toEqual([['3', true, true]]);
    const [last] = await listAddresses(ada);
    await removeAddress(ada, { id: last?.id ?? '' });
    expect(await book(ada)).toEqual([]);
    await expect(removeAddress(ada, { id: first.id })).rejects.toMatchObject({ code: 'not_found' });
    await createAddress(ada, { address: addressAt('4') });
    expect(await book(ada)).toEqual([['4', true, true]]);
  });

  test('the same form twice, also at once, makes one address, and an edit repeated changes nothing', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, () => createAddress(ada, { address: addressAt('1 Main Street') })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const id = made[0]?.id ?? '';
    const moved = {
      id,
      address: addressAt('Kantstr. 1', { country: 'DE', city: 'Berlin', postcode: '10623' }),
    };
    expect(await updateAddress(ada, moved)).toEqual(await updateAddress(ada, moved));
    expect(await getAddress(ada, { id })).toMatchObject({
      country: 'DE',
      region: '',
      isDefaultShipping: true,
    });
  });

  test('a book holds fifty addresses, also when they come at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: MAX_ADDRESSES + 5 }, (_, index) =>
        createAddress(ada, { address: addressAt(`${index} Long Road`) }),
      ),
    );
    const refusals = results.filter((result) => result.status === 'rejected');
    expect(refusals).toHaveLength(5);
    expect(refusals[0]?.reason).toMatchObject({ code: 'limit_reached', data: { limit: MAX_ADDRESSES } });
    expect(await listAddresses(ada)).toHaveLength(MAX_ADDRESSES);
  });

  test('two that become the default at once leave one', async () => {
    const first = await createAddress(ada, { address: addressAt('1') });
    const second = await createAddress(ada, { address: addressAt('2') });
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([first, second].map(({ id }) => makeDefaultAddress(ada, { id, use: 'shipping' })));
      const defaults = (await listAddresses(ada)).filter((address) => address.isDefaultShipping);
      expect(defaults).toHaveLength(1);
    }
  });

  test('a default that is removed while it is made the default leaves a book that holds together', async () => {
    for (let round = 0; round < 10; round += 1) {
      const kept = await createAddress(ada, { address: addressAt('Kept') });
      const gone = await createAddress(ada, { address: addressAt(`Gone ${round}`) });
      await Promise.allSettled([
        makeDefaultAddress(ada, { id: gone.id, use: 'shipping' }),
        removeAddress(ada, { id: gone.id }),
      ]);
      expect(await book(ada)).toEqual([[kept.line1, true, true]]);
    }
  });

  test('what is somebody else’s is not found, and stays as it is', async () => {
    const { id } = await createAddress(ada, { address: addressAt('Private') });
    const address = addressAt('Stolen');
    const tries = [
      getAddress(eve, { id }),
      updateAddress(eve, { id, address }),
      makeDefaultAddress(eve, { id, use: 'shipping' }),
      removeAddress(eve, { id }),
    ];
    for (const result of await Promise.allSettled(tries)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    }
    expect(await book(ada)).toEqual([['Private', true, true]]);
  });

  test('guests have none', async () => {
    const nobody = withActor(shop.ctx, guest);
    const id = shop.ctx.ids.next();
    const tries = [
      listAddresses(nobody),
      getAddress(nobody, { id }),
      createAddress(nobody, { address: addressAt('1') }),
      removeAddress(nobody, { id }),
      getProfile(nobody),
      getPreferences(nobody),
    ];
    for (const result of await Promise.allSettled(tries)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unauthenticated' } });
    }
  });
});
