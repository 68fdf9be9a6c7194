import { createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcedureCall } from './request-context.ts';
import { testCaller } from './testing/caller.ts';

let shop: TestDomain;
const most = new Map<string, number>();
const onCall = (call: ProcedureCall) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(async () => {
  await shop.close();
});

const next = () => shop.ctx.ids.next();

test('staff keep promotions, within budgets, and each change is audited', async () => {
  const manager = await signUp(shop.ctx, { role: 'catalogue_manager' });
  const { promotions } = testCaller(manager.ctx, { onCall });
  const promotion = {
    name: 'Spring',
    label: '10 % off in spring',
    trigger: 'code' as const,
    action: { type: 'percent' as const, percent: 10 },
    maxUses: 100,
  };
  const requestId = next();
  const made = await promotions.create({ promotion, codes: [' spring '], requestId });
  expect(made).toMatchObject({ codes: ['SPRING'], codeCount: 1, version: 1, status: 'active', useCount: 0 });
  expect(await promotions.create({ promotion, codes: [' spring '], requestId })).toEqual(made);
  await expect(promotions.create({ promotion, codes: ['Spring'] })).rejects.toMatchObject({
    code: 'CONFLICT',
  });

  const promotionId = made.id;
  const changed = await promotions.update({
    promotionId,
    version: 1,
    promotion: { ...promotion, maxUsesPerCustomer: 1 },
  });
  expect(changed).toMatchObject({ version: 2, maxUsesPerCustomer: 1 });
  await expect(promotions.update({ promotionId, version: 1, promotion })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await promotions.setStatus({ promotionId, status: 'disabled' })).toMatchObject({
    status: 'disabled',
  });

  const bulk = { promotionId, codes: { count: 3, prefix: 'spring-' }, maxUses: 1, requestId: next() };
  const { codes } = await promotions.addCodes(bulk);
  expect(codes.every((code) => /^SPRING-[A-HJ-NP-Z2-9]{10}$/.test(code))).toBe(true);
  expect(await promotions.addCodes(bulk)).toEqual({ codes });
  const first = await promotions.codes({ promotionId, limit: 2 });
  const rest = await promotions.codes({ promotionId, cursor: first.nextCursor });
  expect([...first.items, ...rest.items].map(({ code, usesLeft }) => [code, usesLeft])).toEqual([
    ['SPRING', null],
    ...codes.map((code) => [code, 1]),
  ]);
  expect(await promotions.report({ promotionId })).toMatchObject({ orders: 0, discounts: [], codes: [] });
  expect((await promotions.list()).items).toHaveLength(1);
  expect((await promotions.list({ status: 'active' })).items).toEqual([]);

  const audited = await shop.ctx.db
    .selectFrom('audit_log')
    .select('action')
    .where('target_id', '=', promotionId)
    .orderBy('occurred_at')
    .execute();
  expect(audited.map(({ action }) => action)).toEqual([
    'promotion.created',
    'promotion.updated',
    'promotion.status-changed',
    'promotion.codes-added',
  ]);
});

test('documents that make no sense are refused with the field', async () => {
  const manager = await signUp(shop.ctx, { role: 'catalogue_manager' });
  const { promotions } = testCaller(manager.ctx);
  const promotion = { name: 'X', label: 'X', trigger: 'automatic' as const };
  const actions = [
    { type: 'percent', percent: 101 },
    { type: 'percent', percent: Number.NaN },
    { type: 'percent', percent: 0.00001 },
    { type: 'amount', amounts: { USD: 1.5 } },
    { type: 'amount', amounts: {} },
    { type: 'amount', amounts: { USD: -5 } },
    { type: 'percent', percent: 5, of: {} },
    { type: 'buy-x-get-y', buy: { quantity: 0 }, get: { quantity: 1 } },
    { type: 'tiered', tiers: [] },
    { type: 'teleport' },
  ];
  for (const action of actions) {
    // @ts-expect-error what a client may send all the same
    await expect(promotions.create({ promotion: { ...promotion, action } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  }
  await expect(
    promotions.create({
      promotion: {
        ...promotion,
        action: { type: 'percent', percent: 5 },
        startsAt: '2026-02-01',
        endsAt: '2026-01-01',
      },
    }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('staff keep gift cards, within budgets', async () => {
  const admin = await signUp(shop.ctx, { role: 'admin' });
  const { giftCards } = testCaller(admin.ctx, { onCall });
  const wanted = { amount: 5_000, currency: 'USD' as const, toEmail: 'ada@example.com', requestId: next() };
  const { code, giftCard } = await giftCards.issue(wanted);
  expect(await giftCards.issue(wanted)).toEqual({ code, giftCard });
  expect(giftCard).toMatchObject({ last4: code.slice(-4), balance: { amount: 5_000, currency: 'USD' } });
  const giftCardId = giftCard.id;
  const adjusted = await giftCards.adjust({ giftCardId, delta: -500, note: 'mistake', requestId: next() });
  expect(adjusted.balance.amount).toBe(4_500);
  expect(await giftCards.setStatus({ giftCardId, status: 'disabled' })).toMatchObject({ status: 'disabled' });
  expect((await giftCards.entries({ giftCardId })).map(({ kind }) => kind)).toEqual(['adjust', 'issue']);
  expect((await giftCards.list({ last4: giftCard.last4 })).items).toEqual([
    { ...adjusted, status: 'disabled' },
  ]);
  await expect(
    giftCards.adjust({ giftCardId, delta: -4_501, note: 'too much', requestId: next() }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('no budget has room to hide in', () => {
  expect(Object.fromEntries(most)).toEqual({
    'promotions.list': 1,
    'promotions.create': 4,
    'promotions.update': 6,
    'promotions.setStatus': 4,
    'promotions.codes': 1,
    'promotions.addCodes': 5,
    'promotions.report': 3,
    'giftCards.list': 1,
    'giftCards.entries': 1,
    'giftCards.issue': 5,
    'giftCards.adjust': 5,
    'giftCards.setStatus': 3,
  });
});
