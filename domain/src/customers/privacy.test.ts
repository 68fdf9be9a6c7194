import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addToCart, setEstimatePlace, setReminderWish } from '../cart/index.ts';
import { chooseShipping, placementStatus, placeOrder, setCheckoutAddress } from '../checkout/index.ts';
import { insertUser, recordAudit, startSession } from '../identity/index.ts';
import {
  addSeconds,
  type Context,
  createContext,
  guest,
  hashToken,
  type Role,
  randomToken,
  userActor,
  withActor,
} from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { getOrder, readOrder } from '../orders/index.ts';
import {
  anAddress,
  brokenInvariants,
  checkoutView,
  createTestClock,
  createTestDomain,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  addToWishlist,
  changeSharing,
  createWishlist,
  eraseCustomer,
  eraseMyAccount,
  exportMyData,
  noteView,
  personalData,
  sharedWishlist,
} from './index.ts';

/** What must be nowhere once its owner is erased. */
const facts = {
  name: 'Zebulon Plantagenet',
  street: '77 Quince Crescent',
  town: 'Petaluma',
  phone: '+14155550123',
  device: 'Lynx of Zebulon',
  note: 'Zebulons secret wishes',
};

let shop: TestDomain;
let product: { variantId: string; productId: string };
beforeAll(async () => {
  shop = await createTestDomain();
  product = await sellProduct(shop.ctx, { stock: 100 });
});
afterEach(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
});
afterAll(() => shop.close());

interface Person {
  readonly userId: string;
  readonly email: string;
  readonly ctx: Context;
  readonly order: { id: string; number: string; token: string };
  readonly openCheckout: { id: string; cartId: string; totalsVersion: number };
  readonly sessionToken: string;
  readonly wishlistToken: string;
  /** Must not be handed out: tokens and hashes. */
  readonly secrets: readonly string[];
}

function actingAs(userId: string, roles: Role[] = [], authenticatedAt = new Date()): Context {
  const granted = roles.map((role) => ({ role, sellerId: null }));
  const session = { id: shop.ctx.ids.next(), authenticatedAt };
  return withActor(shop.ctx, userActor({ userId, roles: granted, session }));
}

let serial = 0;

async function newUser(name = 'Staff'): Promise<{ userId: string; email: string }> {
  serial += 1;
  const email = `zebulon.${serial}@plantagenet.example`;
  const { id } = await shop.ctx.transaction((tx) =>
    insertUser(tx, { email, name, passwordHash: '$argon2id$planted', locale: 'de' }),
  );
  return { userId: id, email };
}

/** Somebody with something in every part of the shop. */
async function somebody(): Promise<Person> {
  const { userId, email } = await newUser(facts.name);
  const ctx = actingAs(userId);
  const secrets = ['$argon2id$planted'];
  const now = shop.ctx.clock.now();
  const { db, ids } = shop.ctx;
  const session = await startSession(shop.ctx, { userId, kind: 'web' });
  secrets.push(session.token, hashToken(session.token));
  await db.updateTable('sessions').set({ device: facts.device }).where('user_id', '=', userId).execute();
  const addressId = ids.next();
  await db
    .insertInto('addresses')
    .values({
      id: addressId,
      user_id: userId,
      full_name: facts.name,
      line1: facts.street,
      city: facts.town,
      region: 'CA',
      postcode: '94952',
      country: 'US',
      phone: facts.phone,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await db
    .insertInto('customers')
    .values({
      user_id: userId,
      phone: facts.phone,
      mail_opt_ins: ['news'],
      default_shipping_address_id: addressId,
      created_at: now,
      updated_at: now,
    })
    .execute();
  const { id: wishlistId } = await createWishlist(ctx, { name: facts.note });
  await addToWishlist(ctx, { wishlistId, variantId: product.variantId });
  const { shareUrl } = await changeSharing(ctx, { wishlistId, sharing: 'on' });
  await noteView(ctx, { productId: product.productId });
  secrets.push(...(await plantCredentials(userId, email)));
  await queueMail(shop.ctx, {
    template: 'reset-unknown',
    to: email,
    locale: 'en',
    data: { loginUrl: 'http://shop.test/login', registerUrl: 'http://shop.test/register' },
    userId,
  });
  await db
    .updateTable('mails')
    .set({ status: 'dead', last_error: `550 no such user: ${email}` })
    .where('user_id', '=', userId)
    .execute();
  await recordAudit(ctx, { action: 'user.logged-in', target: { kind: 'user', id: userId } });
  const order = await placeAs(userId, email);
  const openCheckout = await payAs(userId, email);
  return {
    userId,
    email,
    ctx,
    order,
    openCheckout,
    sessionToken: session.token,
    wishlistToken: shareUrl?.split('/wishlist/')[1] ?? '',
    secrets,
  };
}

async function plantCredentials(userId: string, email: string): Promise<string[]> {
  const { db, ids, clock } = shop.ctx;
  const now = clock.now();
  const secrets = Array.from({ length: 6 }, () => randomToken());
  const [credential = '', totp = '', code = '', key = '', token = '', payload = ''] = secrets;
  await db
    .insertInto('passkeys')
    .values({
      id: ids.next(),
      user_id: userId,
      credential_id: credential,
      public_key: Buffer.from('public'),
      sign_count: 0,
      is_backed_up: false,
      name: facts.device,
      created_at: now,
    })
    .execute();
  await db
    .insertInto('totp_credentials')
    .values({ user_id: userId, secret: totp, confirmed_at: now, created_at: now })
    .execute();
  await db.insertInto('recovery_codes').values({ user_id: userId, code_hash: code }).execute();
  await db
    .insertInto('oauth_accounts')
    .values({ provider: 'github', subject: userId, user_id: userId, email, created_at: now })
    .execute();
  await db
    .insertInto('api_keys')
    .values({
      id: ids.next(),
      name: facts.note,
      prefix: 'sk_abc',
      key_hash: key,
      scopes: ['orders:read:own'],
      created_by: userId,
      created_at: now,
      expires_at: addSeconds(now, 3_600),
    })
    .execute();
  await db
    .insertInto('one_time_tokens')
    .values({
      token_hash: token,
      purpose: 'reset-password',
      user_id: userId,
      payload,
      created_at: now,
      expires_at: addSeconds(now, 3_600),
    })
    .execute();
  return secrets;
}

/** Takes a cart of theirs to the review: units held, the card entered. */
async function payAs(userId: string | null, email: string) {
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId: product.variantId, quantity: 1 });
  await setReminderWish(shop.ctx, { cartId: cart.id, email: email.toLowerCase() });
  const place = { country: 'US', region: 'CA', postcode: anAddress.postcode };
  await setEstimatePlace(shop.ctx, { cartId: cart.id, place });
  const address = {
    ...anAddress,
    fullName: facts.name,
    line1: facts.street,
    city: facts.town,
    phone: facts.phone,
  };
  const input = { cartId: cart.id, email, shippingAddress: address, billingAddress: address };
  await setCheckoutAddress(shop.ctx, input);
  const { shippingOptions } = await checkoutView(shop.ctx, cart.id);
  await chooseShipping(shop.ctx, { cartId: cart.id, optionId: shippingOptions[0]?.id ?? '' });
  const { totalsVersion } = await payWith(shop.ctx, cart.id, testCards.success);
  const { id } = await shop.ctx.db
    .updateTable('checkouts')
    .set({ user_id: userId })
    .where('cart_id', '=', cart.id)
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, cartId: cart.id, totalsVersion };
}

async function placeAs(userId: string | null, email: string) {
  const { id, cartId, totalsVersion } = await payAs(userId, email);
  const placed = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (placed.outcome !== 'placed') throw new Error(`expected an order, not ${placed.outcome}`);
  const order = await shop.ctx.db
    .updateTable('orders')
    .set({ user_id: userId })
    .where('checkout_id', '=', id)
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  await shop.ctx.db
    .insertInto('payment_webhooks')
    .values({
      id: `evt_${id}`,
      type: 'charge.succeeded',
      intent_id: sql<string>`(select intent_id from payments where checkout_id = ${id})`,
      payload: JSON.stringify({ billing_details: { name: facts.name, email } }),
      received_at: new Date(),
    })
    .execute();
  return { ...order, token: placed.token };
}

/** Where in the whole database a text stands, in any column and whatever its case: `schema.table`. */
async function placesOf(text: string): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
  `.execute(shop.ctx.db);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql`
      select 1 from ${sql.table(`${schema}.${name}`)} as kept
      where strpos(lower(kept::text), lower(${text})) > 0 limit 1
    `.execute(shop.ctx.db);
    if (rows.length > 0) found.push(`${schema}.${name}`);
  }
  return found.toSorted();
}

describe('an erased customer', () => {
  let ada: Person;
  beforeEach(async () => {
    ada = await somebody();
  });

  test('is nowhere in the database any more', async () => {
    // as a guest, with the same address in capitals: one order, and one that was not placed
    await placeAs(null, ada.email.toUpperCase());
    await payAs(null, ada.email.toUpperCase());
    const before = await placesOf(ada.email);
    expect(before).toEqual(
      expect.arrayContaining([
        'public.users',
        'public.carts',
        'public.orders',
        'public.checkouts',
        'public.mails',
        'public.payment_webhooks',
      ]),
    );
    expect(await placesOf(facts.street)).toEqual(
      expect.arrayContaining(['public.addresses', 'public.orders', 'public.checkouts']),
    );
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
    for (const fact of [ada.email, ...Object.values(facts), 'quince', 'zebulon']) {
      expect({ fact, places: await placesOf(fact) }).toEqual({ fact, places: [] });
    }
    await shop.runJobs();
    for (const fact of [ada.email, 'zebulon', 'quince', facts.phone])
      expect(await placesOf(fact)).toEqual([]);
    for (const table of ['sessions', 'addresses', 'wishlists', 'recently_viewed', 'passkeys'] as const) {
      const left = await shop.ctx.db
        .selectFrom(table)
        .select('user_id')
        .where('user_id', '=', ada.userId)
        .execute();
      expect([table, left]).toEqual([table, []]);
    }
    for (const secret of ada.secrets) expect(await placesOf(secret)).toEqual([]);
  });

  test('leaves orders for the books, which staff and the order’s link still open', async () => {
    const before = await readOrder(shop.ctx, ada.order.id);
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
    const after = await readOrder(shop.ctx, ada.order.id);
    const unnamed = { fullName: '', line1: '', line2: '', city: '', postcode: '', phone: '' };
    const address = { ...unnamed, region: 'CA', country: 'US' };
    expect(after).toEqual({ ...before, email: '', shippingAddress: address, billingAddress: address });
    const { number, token } = ada.order;
    expect(await getOrder(withActor(shop.ctx, guest), { number, token })).toEqual(after);
    const confirmation = () =>
      shop.ctx.db
        .selectFrom('mails')
        .select('id')
        .where('key', '=', `order-confirmation:${ada.order.id}`)
        .execute();
    expect(await confirmation()).toEqual([]);
    // told of the order only now
    await shop.runJobs();
    expect(await confirmation()).toEqual([]);
  });

  test('has nothing held or charged by what was not placed, and no link of theirs works', async () => {
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
    await shop.runJobs();
    const { id, cartId, totalsVersion } = ada.openCheckout;
    const checkout = await shop.ctx.db
      .selectFrom('checkouts')
      .leftJoin('reservations', 'reservations.id', 'checkouts.reservation_id')
      .select(['checkouts.status', 'reservations.status as held'])
      .where('checkouts.id', '=', id)
      .executeTakeFirstOrThrow();
    expect(checkout).toEqual({ status: 'cancelled', held: 'released' });
    await expect(placeOrder(shop.ctx, { cartId, totalsVersion })).rejects.toMatchObject({
      code: 'checkout_incomplete',
    });
    await expect(placementStatus(shop.ctx, { cartId })).rejects.toMatchObject({
      code: 'checkout_incomplete',
    });
    await expect(sharedWishlist(shop.ctx, { token: ada.wishlistToken })).rejects.toMatchObject({
      code: 'not_found',
    });
    const payments = await shop.ctx.db
      .selectFrom('payments')
      .select('status')
      .where('checkout_id', '=', id)
      .where('status', '<>', 'cancelled')
      .execute();
    expect(payments).toEqual([]);
  });

  test('is told at the old address, and the audit log knows of it by id only', async () => {
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
    const mails = await shop.ctx.db
      .selectFrom('mails')
      .select(['template', 'user_id', 'status'])
      .where('template', '=', 'account-erased')
      .orderBy('created_at', 'desc')
      .limit(1)
      .execute();
    expect(mails).toMatchObject([{ user_id: null }]);
    const entries = await shop.ctx.db
      .selectFrom('audit_log')
      .selectAll()
      .where('target_id', '=', ada.userId)
      .where('action', '=', 'user.erased')
      .execute();
    expect(entries).toMatchObject([{ actor_id: ada.userId, before: null, after: null }]);
    const events = await shop.ctx.db
      .selectFrom('events')
      .select(['type', 'payload'])
      .where('aggregate_id', '=', ada.userId)
      .where('type', '=', 'user.erased')
      .execute();
    expect(events).toEqual([{ type: 'user.erased', payload: {} }]);
  });

  test('is erased once, however many ask at once; the address is free again', async () => {
    const admin = actingAs((await newUser()).userId, ['admin']);
    await Promise.all([
      ...Array.from({ length: 4 }, () => eraseMyAccount(ada.ctx, { confirmation: 'DELETE' })),
      ...Array.from({ length: 4 }, () => eraseCustomer(admin, { userId: ada.userId })),
    ]);
    const entries = await shop.ctx.db
      .selectFrom('audit_log')
      .select('id')
      .where('target_id', '=', ada.userId)
      .where('action', '=', 'user.erased')
      .execute();
    expect(entries).toHaveLength(1);
    await shop.ctx.transaction((tx) =>
      insertUser(tx, { email: ada.email, name: 'Anew', passwordHash: null, locale: 'en' }),
    );
  });

  test('leaves nothing behind that a late request wrote', async () => {
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
    await createWishlist(ada.ctx, { name: facts.note });
    await shop.ctx.db
      .insertInto('one_time_tokens')
      .values({
        token_hash: randomToken(),
        purpose: 'reset-password',
        user_id: ada.userId,
        payload: '',
        created_at: new Date(),
        expires_at: addSeconds(new Date(), 60),
      })
      .execute();
    await sql`select graphile_worker.reschedule_jobs(array_agg(id), run_at => now()) from graphile_worker.jobs
      where task_identifier = 'customers.erase-again'`.execute(shop.ctx.db);
    await shop.runJobs();
    expect(await placesOf(facts.note)).toEqual([]);
    const { rows } = await sql`select 1 from one_time_tokens where user_id = ${ada.userId}`.execute(
      shop.ctx.db,
    );
    expect(rows).toEqual([]);
  });

  test('all or nothing: a crash in between leaves everything as it was', async () => {
    const tables = ['users', 'sessions', 'orders', 'checkouts', 'addresses', 'wishlists', 'mails'];
    const snapshot = async () => {
      const states: unknown[] = [];
      for (const table of tables) {
        const { rows } = await sql<{ state: string }>`
          select md5(string_agg(row::text, '' order by row::text)) as state from ${sql.table(table)} row
        `.execute(shop.ctx.db);
        states.push([table, rows[0]?.state]);
      }
      return states;
    };
    const before = await snapshot();
    await sql`
      create function die() returns trigger language plpgsql as $$ begin raise exception 'the power went'; end $$;
      create trigger die before insert on mails for each row execute function die()
    `.execute(shop.ctx.db);
    await expect(eraseMyAccount(ada.ctx, { confirmation: 'DELETE' })).rejects.toThrow('the power went');
    expect(await snapshot()).toEqual(before);
    await sql`drop function die() cascade`.execute(shop.ctx.db);
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
    expect(await placesOf(ada.email)).toEqual([]);
  });
});

describe('erasing is refused', () => {
  test('without the word, without a recent log-in, to guests, and to those who may not', async () => {
    const { userId } = await newUser();
    await expect(eraseMyAccount(actingAs(userId), { confirmation: 'delete' })).rejects.toMatchObject({
      code: 'invalid_input',
      data: { fields: { confirmation: expect.any(String) } },
    });
    const stale = actingAs(userId, [], addSeconds(new Date(), -16 * 60));
    await expect(eraseMyAccount(stale, { confirmation: 'DELETE' })).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
    await expect(
      eraseMyAccount(withActor(shop.ctx, guest), { confirmation: 'DELETE' }),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
    const other = (await newUser()).userId;
    for (const ctx of [actingAs(other), actingAs(other, ['support'])]) {
      await expect(eraseCustomer(ctx, { userId })).rejects.toMatchObject({ code: 'forbidden' });
    }
    const admin = actingAs(other, ['admin']);
    await expect(eraseCustomer(admin, { userId: shop.ctx.ids.next() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('of admins by admins, and of the last super admin by anybody', async () => {
    const [boss, admin] = [await newUser(), await newUser()];
    const grant = (userId: string, role: Role) =>
      shop.ctx.db
        .insertInto('user_roles')
        .values({ user_id: userId, role, granted_at: new Date() })
        .execute();
    await grant(boss.userId, 'super_admin');
    await grant(admin.userId, 'admin');
    const otherAdmin = actingAs((await newUser()).userId, ['admin']);
    await expect(eraseCustomer(otherAdmin, admin)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(eraseCustomer(shop.ctx, boss)).rejects.toMatchObject({ code: 'conflict' });
    const asBoss = actingAs(boss.userId, ['super_admin']);
    await expect(eraseMyAccount(asBoss, { confirmation: 'DELETE' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const heirs = [await newUser(), await newUser()];
    for (const heir of heirs) await grant(heir.userId, 'super_admin');
    const everybody = [boss, ...heirs].map(({ userId }) =>
      eraseMyAccount(actingAs(userId, ['super_admin']), { confirmation: 'DELETE' }),
    );
    const results = await Promise.allSettled(everybody);
    expect(results.filter((result) => result.status === 'rejected')).toMatchObject([
      { reason: { code: 'conflict' } },
    ]);
  });

  test('while an order is being placed', async () => {
    const ada = await somebody();
    const { id } = ada.openCheckout;
    const place = (status: 'placing' | 'open') =>
      shop.ctx.db
        .updateTable('checkouts')
        .set({ status, placing_since: status === 'open' ? null : new Date() })
        .where('id', '=', id)
        .execute();
    await place('placing');
    await expect(eraseMyAccount(ada.ctx, { confirmation: 'DELETE' })).rejects.toMatchObject({
      code: 'conflict',
      data: { reason: 'order_under_way' },
    });
    expect((await placesOf(ada.email)).length).toBeGreaterThan(3);
    await place('open');
    await eraseMyAccount(ada.ctx, { confirmation: 'DELETE' });
  });
});

describe('the copy of somebody’s data', () => {
  test('holds everything that is kept of them, no secrets, and nothing of others', async () => {
    const ada = await somebody();
    const other = await somebody();
    const copy = personalData.parse(await exportMyData(ada.ctx));
    const text = JSON.stringify(copy);
    expect(copy).toMatchObject({
      format: 'souk-personal-data',
      version: 1,
      account: { email: ada.email, name: facts.name, locale: 'de', hasPassword: true },
      sessions: [{ device: facts.device }],
      secondFactors: { totpSince: expect.any(Date), recoveryCodesLeft: 1 },
      passkeys: [{ name: facts.device }],
      linkedAccounts: [{ provider: 'github', email: ada.email }],
      apiKeys: [{ prefix: 'sk_abc' }],
      profile: { phone: facts.phone, mailOptIns: ['news'] },
      addresses: [{ line1: facts.street, isDefaultShipping: true, isDefaultBilling: false }],
      orders: [{ number: ada.order.number, email: ada.email, lines: [{ quantity: 1 }] }],
      checkouts: [{ status: 'open', email: ada.email }],
      // of the open checkout, and of the order
      carts: expect.arrayContaining([
        {
          ...{ status: 'active', currency: 'USD', reminderEmail: ada.email },
          ...{ createdAt: expect.any(Date), updatedAt: expect.any(Date) },
          destination: { country: 'US', region: 'CA', postcode: anAddress.postcode },
          items: [{ sku: expect.any(String), title: 'A thing', quantity: 1, isKeptForLater: false }],
        },
      ]),
      wishlists: [{ name: facts.note, isShared: true, items: [{ title: 'A thing' }] }],
      recentlyViewed: [{ productId: product.productId }],
      mails: [{ template: 'reset-unknown', status: 'dead' }],
    });
    expect(copy.auditLog.map((entry) => entry.action)).toContain('user.logged-in');
    expect(text).not.toContain(other.email);
    expect(text).not.toContain(other.userId);
    for (const secret of ada.secrets) expect(text).not.toContain(secret);
    const again = await exportMyData(ada.ctx);
    expect(again.auditLog[0]).toMatchObject({ action: 'user.data-exported', byYou: true });
  });

  test('is for somebody who has proven lately who they are', async () => {
    const { userId } = await newUser();
    const clock = createTestClock(new Date(Date.now() + 3_600_000));
    const later = withActor(createContext({ ...shop.ctx, clock }), actingAs(userId).actor);
    await expect(exportMyData(later)).rejects.toMatchObject({ code: 'reauthentication_required' });
    await expect(exportMyData(withActor(shop.ctx, guest))).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await exportMyData(actingAs(userId))).toMatchObject({ orders: [], wishlists: [], addresses: [] });
  });
});
