import { type ProductDraft, saveProducts } from '@souk/domain/catalog';
import { addSeconds } from '@souk/domain/kernel';
import {
  activePromotions,
  evaluatePromotions,
  findGiftCard,
  listPromotions,
  normaliseCode,
  type PromotionSale,
  promotionFilter,
} from '@souk/domain/promotions';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProduct } from './build-product.ts';
import { demoCodes, demoGiftCards } from './demo-offers.ts';
import { seedPromotions } from './demo-promotions.ts';
import { allEntries } from './entries.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const all = async () => (await listPromotions(shop.ctx, promotionFilter.parse({}))).items;

test('without a catalogue what takes something of it is left out, and comes once it is there', async () => {
  await seedPromotions(shop.ctx);
  expect(await all()).toHaveLength(5);
  const needed = allEntries().filter(({ name }) => name === 'Pantry Jar' || name === 'Weekday Sock');
  const lastYear = addSeconds(shop.ctx.clock.now(), -365 * 86_400);
  const saved = await shop.ctx.transaction((tx) =>
    saveProducts(
      tx,
      needed.map((entry) => withoutPictures(buildProduct(entry, [], lastYear))),
    ),
  );
  expect(saved.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
  await shop.ctx.cache.delete('catalog:category-tree');
  await seedPromotions(shop.ctx);
  expect(await all()).toHaveLength(7);
  await seedPromotions(shop.ctx);
  expect(await all()).toHaveLength(7);
});

test('the codes do what is printed of them, and so do the offers', async () => {
  const codes = demoCodes.map(({ code }) => normaliseCode(code) ?? '');
  const promotions = await activePromotions(shop.ctx, { codes });
  const gift = promotions.find(({ action }) => action.type === 'free-gift')?.action;
  const sale: PromotionSale = {
    now: shop.ctx.clock.now(),
    currency: 'EUR',
    regionId: crypto.randomUUID(),
    codes,
    customer: { userId: null, groupIds: [], isFirstOrder: true },
    lines: [{ key: 'a', variantId: 'v', productId: 'p', categoryIds: [], unitAmount: 20_000, quantity: 1 }],
    shipping: { amount: 1_295, kind: 'delivery' },
    giftOffers: new Map(
      gift?.type === 'free-gift' ? [[gift.variantId, { unitAmount: 1_795, available: 4 }]] : [],
    ),
  };
  const { applied, rejected, shippingAmount } = evaluatePromotions(promotions, sale);
  expect(rejected).toMatchObject([{ code: 'SUMMER', reason: 'expired' }]);
  expect(shippingAmount).toBe(995);
  // step by step: 10 % of 200.00, 10.00 off, 10 % of the rest
  expect(applied.filter(({ on }) => on === 'items').map(({ amount }) => amount)).toEqual([
    2_000, 1_000, 1_700,
  ]);
  expect(applied.filter(({ on }) => on === 'gift')).toMatchObject([{ amount: 1_795 }]);
});

test('the gift cards are there to be spent', async () => {
  for (const { code, amount, currency } of demoGiftCards) {
    expect(await findGiftCard(shop.ctx, { code })).toMatchObject({ balance: { amount, currency } });
  }
});

function withoutPictures(draft: ProductDraft): ProductDraft {
  return { ...draft, variants: draft.variants.map((variant) => ({ ...variant, mediaPosition: null })) };
}
