import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDomain } from '../app/index.ts';
import { addSeconds, createLogger, guest, system, withActor } from '../kernel/index.ts';
import { brokenInvariants, createTestDomain, mailsTo, signUp, type TestDomain } from '../testing/index.ts';
import {
  adjustGiftCard,
  customerKey,
  customerKeysOf,
  disableGiftCard,
  expireGiftCards,
  findGiftCard,
  forgetRedeemer,
  giftCardEntries,
  giftCardFilter,
  giftCardsOf,
  giftCardToIssue,
  issueGiftCard,
  listGiftCards,
  releaseRedemptions,
  resealGiftCards,
  setGiftCardStatus,
  useRedemptions as spendRedemptions,
} from './index.ts';
import { daysFromNow, hold, makeGiftCard, makePromotion } from './testing/shop.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ env: { DATABASE_POOL_SIZE: '32' } });
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

const kindsOf = async (giftCardId: string) =>
  (await giftCardEntries(shop.ctx, { giftCardId }))
    .map(({ kind, balanceDelta }) => [kind, balanceDelta])
    .toReversed();
const balanceOf = async (giftCardId: string) =>
  (await giftCardsOf(shop.ctx, [giftCardId]))[0]?.balance.amount;
const settle = async (checkoutId: string, how: 'use' | 'release') => {
  const orderId = shop.ctx.ids.next();
  await shop.ctx.transaction((tx) =>
    how === 'use' ? spendRedemptions(tx, { checkoutId, orderId }) : releaseRedemptions(tx, { checkoutId }),
  );
};

describe('issuing', () => {
  test('shows the code once, without look-alikes; what is kept tells nobody', async () => {
    const { code, giftCardId } = await makeGiftCard(shop.ctx);
    expect(code).toMatch(/^([A-HJ-NP-Z2-9]{4}-){4}[A-HJ-NP-Z2-9]{4}$/);
    const [row] = await shop.ctx.db
      .selectFrom('gift_cards')
      .selectAll()
      .where('id', '=', giftCardId)
      .execute();
    expect(JSON.stringify(row)).not.toContain(code.replaceAll('-', ''));
    const audited = await shop.ctx.db
      .selectFrom('audit_log')
      .selectAll()
      .where('target_id', '=', giftCardId)
      .execute();
    expect(audited).toMatchObject([{ action: 'gift-card.issued' }]);
    expect(JSON.stringify(audited)).not.toContain(code.slice(0, 9));
  });

  test('asked for twice, also at once, is one card with one code', async () => {
    const requestId = shop.ctx.ids.next();
    const issued = await Promise.all(Array.from({ length: 8 }, () => makeGiftCard(shop.ctx, { requestId })));
    expect(new Set(issued.map(({ code }) => code)).size).toBe(1);
    expect(new Set(issued.map(({ giftCardId }) => giftCardId)).size).toBe(1);
  });

  test('is for those who may, with a fresh log-in, and never with a code of their own', async () => {
    const input = giftCardToIssue.parse({ amount: 100, currency: 'USD', requestId: shop.ctx.ids.next() });
    await expect(issueGiftCard(withActor(shop.ctx, guest), input)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const manager = await signUp(shop.ctx, { role: 'catalogue_manager' });
    await expect(issueGiftCard(manager.ctx, input)).rejects.toMatchObject({ code: 'forbidden' });
    const admin = await signUp(shop.ctx, { role: 'admin' });
    await expect(issueGiftCard(admin.ctx, { ...input, code: 'MY-OWN-GIFT-CARD' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(issueGiftCard(admin.ctx, input)).resolves.toMatchObject({ giftCard: { status: 'active' } });
    const session = admin.ctx.actor.session;
    const stale = session && { ...session, authenticatedAt: addSeconds(new Date(), -86_400) };
    await expect(
      issueGiftCard(withActor(shop.ctx, { ...admin.ctx.actor, session: stale }), input),
    ).rejects.toMatchObject({ code: 'reauthentication_required' });
    const past = { ...input, requestId: shop.ctx.ids.next(), expiresAt: daysFromNow(shop.ctx, -1) };
    await expect(issueGiftCard(shop.ctx, past)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('mails the code, in the language of who gets it', async () => {
    const toEmail = 'grace.gift@example.com';
    const { code } = await makeGiftCard(shop.ctx, { toEmail, locale: 'de' });
    expect(await mailsTo(shop.ctx, toEmail)).toMatchObject([{ template: 'gift-card', data: { code } }]);
  });
});

describe('the code', () => {
  test('finds its card however it is typed', async () => {
    const { code, giftCardId } = await makeGiftCard(shop.ctx);
    const typed = [code, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('-', '–')];
    for (const each of typed) {
      expect(await findGiftCard(withActor(shop.ctx, guest), { code: each })).toEqual({
        giftCardId,
        last4: code.slice(-4),
        balance: { amount: 5_000, currency: 'USD' },
        expiresAt: null,
        isUsable: true,
      });
    }
  });

  test('that opens nothing says why', async () => {
    const refused = (code: string) =>
      findGiftCard(shop.ctx, { code }).catch(({ code: why, data }) => [why, data.reason]);
    expect(await refused('AAAA-BBBB-CCCC-DDDD-EEEE')).toEqual(['gift_card_invalid', 'unknown']);
    expect(await refused('')).toEqual(['gift_card_invalid', 'unknown']);
    const disabled = await makeGiftCard(shop.ctx);
    await disableGiftCard(shop.ctx, disabled);
    expect(await refused(disabled.code)).toEqual(['gift_card_invalid', 'disabled']);
    await setGiftCardStatus(shop.ctx, { ...disabled, status: 'active' });
    expect(await findGiftCard(shop.ctx, disabled)).toMatchObject({ isUsable: true });
    const expired = await makeGiftCard(shop.ctx, { expiresAt: daysFromNow(shop.ctx, 1) });
    await expire(expired.giftCardId);
    expect(await refused(expired.code)).toEqual(['gift_card_invalid', 'expired']);
  });

  test('outlives the secret that it was kept by, once it is kept anew', async () => {
    const { code, giftCardId } = await makeGiftCard(shop.ctx);
    const [older] = shop.config.secrets;
    const newer = 'a-newer-secret-for-tests-that-is-long-enough';
    const find = async (secrets: readonly [string, ...string[]], work = false) => {
      const domain = createDomain(
        { ...shop.config, secrets },
        { logger: createLogger({ name: 'test', level: 'silent' }) },
      );
      const ctx = domain.context({ actor: system });
      try {
        if (work) expect((await resealGiftCards(ctx)).lost).toBe(0);
        return (await findGiftCard(ctx, { code })).giftCardId;
      } finally {
        await domain.close();
      }
    };
    expect(await find([newer, older])).toBe(giftCardId);
    await expect(find([newer])).rejects.toMatchObject({ code: 'gift_card_invalid' });
    expect(await find([newer, older], true)).toBe(giftCardId);
    expect(await find([newer])).toBe(giftCardId);
    expect(await find([older, newer], true)).toBe(giftCardId);
  });
});

describe('spending', () => {
  test('50 at once never overdraw a card', async () => {
    const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 1_000 });
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => hold(shop.ctx, { giftCards: [{ giftCardId, amount: 300 }] })),
    );
    const held = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(held).toHaveLength(3);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({
          code: 'gift_card_short',
          data: { giftCardId, balance: { amount: 100, currency: 'USD' } },
        });
      }
    }
    const [used = '', given = ''] = held;
    await Promise.all([settle(used, 'use'), settle(given, 'release')]);
    expect(await balanceOf(giftCardId)).toBe(400);
    expect((await kindsOf(giftCardId)).map(([kind]) => kind).sort()).toEqual(
      ['hold', 'hold', 'hold', 'issue', 'redeem', 'release'].sort(),
    );
  });

  test('several cards in either order, at once: no deadlock, and nothing lost', async () => {
    const cards = await Promise.all(
      Array.from({ length: 3 }, () => makeGiftCard(shop.ctx, { amount: 10_000 })),
    );
    const lines = cards.map(({ giftCardId }) => ({ giftCardId, amount: 100 }));
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const checkoutId = await hold(shop.ctx, { giftCards: index % 2 ? lines : lines.toReversed() });
        await settle(checkoutId, index % 3 === 0 ? 'use' : 'release');
      }),
    );
    for (const { giftCardId } of cards) expect(await balanceOf(giftCardId)).toBe(8_000);
  });

  test('what a checkout holds counts as balance to it and to nobody else', async () => {
    const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 1_000 });
    const other = await makeGiftCard(shop.ctx, { amount: 7 });
    const checkoutId = await hold(shop.ctx, { giftCards: [{ giftCardId, amount: 900 }] });
    expect(await balanceOf(giftCardId)).toBe(100);
    const [first, second] = await giftCardsOf(shop.ctx, [other.giftCardId, giftCardId], checkoutId);
    expect([first?.balance.amount, second?.balance.amount]).toEqual([7, 1_000]);
  });

  test('takes a good card of the same currency', async () => {
    const euros = await makeGiftCard(shop.ctx, { currency: 'EUR' });
    const disabled = await makeGiftCard(shop.ctx);
    await disableGiftCard(shop.ctx, disabled);
    const expired = await makeGiftCard(shop.ctx, { expiresAt: daysFromNow(shop.ctx, 1) });
    await expire(expired.giftCardId);
    for (const { giftCardId } of [euros, disabled, expired]) {
      await expect(hold(shop.ctx, { giftCards: [{ giftCardId, amount: 1 }] })).rejects.toMatchObject({
        code: 'gift_card_short',
        data: { balance: { amount: 0 } },
      });
    }
  });
});

describe('staff', () => {
  test('adjust a card once a request, never below nothing', async () => {
    const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 1_000 });
    const adjust = (delta: number, requestId = shop.ctx.ids.next()) =>
      adjustGiftCard(shop.ctx, { giftCardId, delta, note: 'late parcel', requestId });
    const requestId = shop.ctx.ids.next();
    await Promise.all(Array.from({ length: 5 }, () => adjust(500, requestId)));
    expect(await balanceOf(giftCardId)).toBe(1_500);
    await expect(adjust(-1_501)).rejects.toMatchObject({ code: 'gift_card_short' });
    expect(await adjust(-1_500)).toMatchObject({ balance: { amount: 0 } });
    await expect(
      shop.ctx.db
        .updateTable('gift_cards')
        .set({ balance_amount: -1 })
        .where('id', '=', giftCardId)
        .execute(),
    ).rejects.toThrow('check constraint');
    await expect(shop.ctx.db.deleteFrom('gift_card_entries').execute()).rejects.toThrow('append-only');
  });

  test('list cards page by page, and by the end of a code', async () => {
    const { code, giftCardId } = await makeGiftCard(shop.ctx);
    await makeGiftCard(shop.ctx);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listGiftCards(shop.ctx, giftCardFilter.parse({ cursor, limit: 2 }));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain(giftCardId);
    const found = await listGiftCards(
      shop.ctx,
      giftCardFilter.parse({ last4: code.slice(-4).toLowerCase() }),
    );
    expect(found.items.map(({ id }) => id)).toContain(giftCardId);
  });
});

test('what expires is written off, once; what comes back later is good for a while more', async () => {
  const { giftCardId, code } = await makeGiftCard(shop.ctx, {
    amount: 1_000,
    expiresAt: daysFromNow(shop.ctx, 1),
  });
  const checkoutId = await hold(shop.ctx, { giftCards: [{ giftCardId, amount: 400 }] });
  await settle(checkoutId, 'use');
  await expire(giftCardId);
  await Promise.all([expireGiftCards(shop.ctx), expireGiftCards(shop.ctx)]);
  expect(await kindsOf(giftCardId)).toEqual([
    ['issue', 1_000],
    ['hold', -400],
    ['redeem', 0],
    ['expire', -600],
  ]);
  await settle(checkoutId, 'release');
  expect(await findGiftCard(shop.ctx, { code })).toMatchObject({ isUsable: true, balance: { amount: 400 } });
});

test('whoever is erased is in the books no more, and the books stand', async () => {
  const { userId } = await signUp(shop.ctx);
  const email = 'erased@example.com';
  const promotion = await makePromotion(shop.ctx, { maxUses: 5, maxUsesPerCustomer: 1 });
  const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 1_000, toEmail: email });
  const customerKeys = customerKeysOf(shop.ctx, { email, userId });
  const checkoutId = await hold(shop.ctx, {
    customerKeys,
    promotions: [{ promotionId: promotion.id, code: null, amount: 50 }],
    giftCards: [{ giftCardId, amount: 100 }],
  });
  await settle(checkoutId, 'use');
  await shop.ctx.transaction((tx) => forgetRedeemer(tx, { userId, email, checkoutIds: [checkoutId] }));
  const tables = ['redemptions', 'promotion_customer_uses', 'gift_cards', 'gift_card_entries'] as const;
  for (const table of tables) {
    const rows = JSON.stringify(await shop.ctx.db.selectFrom(table).selectAll().execute());
    for (const key of [...customerKeys, customerKey(shop.ctx, email), email]) expect(rows).not.toContain(key);
  }
  expect(await mailsTo(shop.ctx, email)).toEqual([]);
  expect(await balanceOf(giftCardId)).toBe(900);
  // the order may still be cancelled
  await settle(checkoutId, 'release');
  expect(await balanceOf(giftCardId)).toBe(1_000);
});

/** Lets the time of a card run out. */
async function expire(giftCardId: string): Promise<void> {
  await shop.ctx.db
    .updateTable('gift_cards')
    .set({ expires_at: addSeconds(shop.ctx.clock.now(), -1) })
    .where('id', '=', giftCardId)
    .execute();
}
