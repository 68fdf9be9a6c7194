import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eraseCustomer, exportMyData } from '../customers/index.ts';
import { setStock } from '../inventory/index.ts';
import { type Context, createContext, guest, withActor } from '../kernel/index.ts';
import { createTestClock, createTestDomain, sellProduct, signUp, type TestDomain } from '../testing/index.ts';
import { dropOldStockAlerts } from './mail-stock-alerts.ts';
import {
  askForStockAlert,
  MAX_ALERTS,
  stockAlertsByToken,
  stopAlertsUrl,
  stopStockAlerts,
} from './stock-alerts.ts';

const { SMTP_URL = '', MAILBOX_URL = '' } = process.env;
const mailbox = z.object({
  messages: z.array(z.object({ to: z.unknown(), subject: z.string(), text: z.string() })),
});

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ env: { SMTP_URL, MAILBOX_URL, SHOP_NAME: `Souk ${crypto.randomUUID()}` } });
});
afterAll(() => shop?.close());

let serial = 0;
const someone = () => {
  serial += 1;
  return `waits.${serial}@example.com`;
};

/** A guest from a network of their own. */
function asGuest(address = `198.51.${serial % 250}.${Math.floor(serial / 250)}`): Context {
  return withActor(createContext({ ...shop.ctx, origin: { ...shop.ctx.origin, address } }), guest);
}

const ask = (variantId: string, email: string | null = someone(), ctx = asGuest(), locale = 'en') =>
  askForStockAlert(ctx, { variantId, email, locale });

const count = (variantId: string, onHand: number) =>
  shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand }]));

async function soldOut(title = 'Linen shirt') {
  return (await sellProduct(shop.ctx, { stock: 0, title })).variantId;
}

/** Whom the mails about a thing went to. */
async function told(title: string) {
  const { messages } = mailbox.parse(await (await fetch(`${MAILBOX_URL}/messages`)).json());
  return messages.filter(
    (mail) => mail.subject.endsWith(shop.config.shop.name) && mail.subject.startsWith(`${title} `),
  );
}

async function waiting(variantId: string): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('stock_alerts')
    .select('id')
    .where('variant_id', '=', variantId)
    .where('mailed_at', 'is', null)
    .execute();
  return rows.length;
}

describe('who asks to hear when something is back', () => {
  test('gets one mail, in their language, with a link that stops the others', async () => {
    const title = `Walnut tray ${crypto.randomUUID()}`;
    const [variantId, other] = [await soldOut(title), await soldOut()];
    const email = someone();
    expect(await ask(variantId, email, asGuest(), 'de-AT')).toEqual({ outcome: 'waiting' });
    await Promise.all(Array.from({ length: 5 }, () => ask(variantId, email, asGuest(), 'de-AT')));
    await ask(other, email);
    await count(variantId, 2);
    await shop.runJobs();
    await count(variantId, 0);
    await count(variantId, 2);
    await shop.runJobs();
    const mails = await told(title);
    expect(mails).toHaveLength(1);
    expect(JSON.stringify(mails[0]?.to)).toContain(email);
    expect(mails[0]?.subject).toBe(`${title} ist wieder da bei ${shop.config.shop.name}`);
    expect(mails[0]?.text).toContain('http://shop.test/p/');
    const token = /stock-alerts\/(\S+)/.exec(mails[0]?.text ?? '')?.[1] ?? '';
    expect(await stockAlertsByToken(asGuest(), { token })).toEqual({ waiting: 1 });
    await stopStockAlerts(asGuest(), { token });
    await stopStockAlerts(asGuest(), { token });
    expect(await stockAlertsByToken(asGuest(), { token })).toEqual({ waiting: 0 });
    expect(await waiting(other)).toBe(0);
    // who asks again waits again
    await count(variantId, 0);
    expect(await ask(variantId, email)).toEqual({ outcome: 'waiting' });
  });

  test('is told at their own address when logged in, at the one that they have by then', async () => {
    const title = `Walnut tray ${crypto.randomUUID()}`;
    const variantId = await soldOut(title);
    const { ctx, userId } = await signUp(shop.ctx);
    await ask(variantId, 'somebody.else@example.com', ctx);
    const email = someone();
    await shop.ctx.db.updateTable('users').set({ email }).where('id', '=', userId).execute();
    await count(variantId, 1);
    await shop.runJobs();
    const mails = await told(title);
    expect(mails).toHaveLength(1);
    expect(JSON.stringify(mails[0]?.to)).toContain(email);
  });

  test('is told at once when it can be bought now, and not when it is not sold', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
    expect(await ask(variantId)).toEqual({ outcome: 'in_stock' });
    expect(await waiting(variantId)).toBe(0);
    await expect(ask(shop.ctx.ids.next())).rejects.toMatchObject({ code: 'product_unavailable' });
    await expect(ask(variantId, null)).rejects.toMatchObject({
      code: 'invalid_input',
      data: { fields: { email: expect.any(String) } },
    });
  });

  test('cannot make us mail others without end', async () => {
    const email = someone();
    const refused = { code: 'rate_limited' };
    for (let index = 0; index < 12; index += 1)
      await ask(await soldOut(), email, asGuest(`203.0.113.${index}`));
    await expect(ask(await soldOut(), email, asGuest('203.0.113.99'))).rejects.toMatchObject(refused);
    const network = asGuest('192.0.2.7');
    for (let index = 0; index < 20; index += 1) await ask(await soldOut(), someone(), network);
    await expect(ask(await soldOut(), someone(), network)).rejects.toMatchObject(refused);
    const full = someone();
    await shop.ctx.db
      .insertInto('stock_alerts')
      .values(
        await Promise.all(
          Array.from({ length: MAX_ALERTS }, async () => ({
            id: shop.ctx.ids.next(),
            variant_id: await soldOut(),
            email: full,
            locale: 'en',
            created_at: new Date(),
          })),
        ),
      )
      .execute();
    await expect(ask(await soldOut(), full)).rejects.toMatchObject({
      code: 'limit_reached',
      data: { limit: 50 },
    });
  });

  test('cannot stop what is not theirs', async () => {
    const forged = `${shop.ctx.ids.next()}.c2lnbmF0dXJl`;
    const unknown = stopAlertsUrl(shop.ctx, shop.ctx.ids.next()).split('/').at(-1) ?? '';
    for (const token of [forged, unknown, '', 'x', `${unknown}x`]) {
      await expect(stopStockAlerts(asGuest(), { token })).rejects.toMatchObject({ code: 'token_invalid' });
      await expect(stockAlertsByToken(asGuest(), { token })).rejects.toMatchObject({ code: 'token_invalid' });
    }
  });
});

describe('who is told', () => {
  test('are as many as have a chance, in the order that they asked, and the next when some is left', async () => {
    const title = `Walnut tray ${crypto.randomUUID()}`;
    const variantId = await soldOut(title);
    const emails = Array.from({ length: 25 }, someone);
    for (const [index, email] of emails.entries())
      await ask(variantId, email, asGuest(`203.0.113.${100 + index}`));
    await count(variantId, 4);
    await shop.runJobs();
    const first = (await told(title)).map((mail) => JSON.stringify(mail.to));
    expect(first).toHaveLength(12);
    for (const email of emails.slice(0, 12)) expect(first.some((to) => to.includes(email))).toBe(true);
    const dueNow = () => sql`update graphile_worker._private_jobs set run_at = now()`.execute(shop.ctx.db);
    await dueNow();
    await shop.runJobs();
    expect(await told(title)).toHaveLength(24);
    // nothing is left: the last one goes on waiting
    await count(variantId, 0);
    await dueNow();
    await shop.runJobs();
    expect(await told(title)).toHaveLength(24);
    expect(await waiting(variantId)).toBe(1);
  });

  test('get it once, though stock comes and goes at the same moment as they ask', async () => {
    const title = `Walnut tray ${crypto.randomUUID()}`;
    const variantId = await soldOut(title);
    const emails = Array.from({ length: 16 }, someone);
    const [outcomes] = await Promise.all([
      Promise.all(emails.map((email, index) => ask(variantId, email, asGuest(`203.0.113.${150 + index}`)))),
      count(variantId, 1_000),
    ]);
    await shop.runJobs();
    const mails = await told(title);
    const waited = outcomes.filter(({ outcome }) => outcome === 'waiting').length;
    expect(mails.length).toBeGreaterThanOrEqual(waited);
    expect(new Set(mails.map((mail) => JSON.stringify(mail.to))).size).toBe(mails.length);
    expect(await waiting(variantId)).toBe(0);
  });
});

describe('what is kept of them', () => {
  test('is in the copy of their data, and goes when they are erased', async () => {
    const { ctx, userId, email } = await signUp(shop.ctx);
    const [asUser, asGuestBefore, others] = [await soldOut(), await soldOut(), await soldOut()];
    await ask(asUser, null, ctx);
    await ask(asGuestBefore, email);
    await ask(others);
    const { stockAlerts } = await exportMyData(ctx);
    expect(stockAlerts).toHaveLength(2);
    expect(stockAlerts[0]).toMatchObject({ title: 'Linen shirt', mailedAt: null });
    await count(asGuestBefore, 1);
    await eraseCustomer(shop.ctx, { userId });
    expect([await waiting(asUser), await waiting(asGuestBefore), await waiting(others)]).toEqual([0, 0, 1]);
  });

  test('is dropped a month after the mail, or after a year of waiting', async () => {
    const variantId = await soldOut();
    await ask(variantId);
    const clock = createTestClock(new Date(Date.now() + 366 * 86_400_000));
    expect(await dropOldStockAlerts(shop.ctx)).toBe(0);
    expect(await dropOldStockAlerts(createContext({ ...shop.ctx, clock }))).toBeGreaterThan(0);
    expect(await waiting(variantId)).toBe(0);
  });
});
