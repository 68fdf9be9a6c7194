import { type CategoryNode, categoryTree, getProduct } from '@souk/domain/catalog';
import { type Context, isDomainError } from '@souk/domain/kernel';
import {
  createPromotion,
  giftCardToIssue,
  issueGiftCard,
  newPromotion,
  type promotionInput,
} from '@souk/domain/promotions';
import type { z } from 'zod';
import { demoGiftCards } from './demo-offers.ts';

type Draft = z.input<typeof promotionInput>;

const inBoth = (amount: number) => ({ USD: amount, EUR: amount });

const coded: readonly { request: string; code: string; draft: Draft }[] = [
  {
    request: '01900000-0000-7000-8000-000000000401',
    code: 'WELCOME10',
    draft: {
      name: 'Welcome',
      label: '10 % off your first order',
      trigger: 'code',
      conditions: [{ type: 'first-order' }],
      action: { type: 'percent', percent: 10 },
      maxUsesPerCustomer: 1,
    },
  },
  {
    request: '01900000-0000-7000-8000-000000000402',
    code: 'SUMMER',
    draft: {
      name: 'Summer 2025',
      label: '20 % off in summer',
      trigger: 'code',
      startsAt: '2025-06-01',
      endsAt: '2025-09-01',
      action: { type: 'percent', percent: 20 },
    },
  },
  {
    request: '01900000-0000-7000-8000-000000000403',
    code: 'ONEUSE',
    draft: {
      name: 'First come, first served',
      label: '10.00 off for whoever is first',
      trigger: 'code',
      action: { type: 'amount', amounts: inBoth(1_000) },
      maxUses: 1,
    },
  },
];

const automatic: readonly { request: string; draft: Draft }[] = [
  {
    request: '01900000-0000-7000-8000-000000000411',
    draft: {
      name: 'Free standard delivery',
      label: 'Standard delivery on us',
      trigger: 'automatic',
      conditions: [{ type: 'subtotal', min: { USD: 7_500, EUR: 7_000 } }],
      action: { type: 'shipping-percent', percent: 100 },
      // what standard delivery costs: faster ones are reduced by as much
      maxAmounts: { USD: 595, EUR: 995 },
    },
  },
  {
    request: '01900000-0000-7000-8000-000000000412',
    draft: {
      name: 'Spend and save',
      label: 'Spend more, save more',
      trigger: 'automatic',
      action: {
        type: 'tiered',
        tiers: [
          { from: { amounts: inBoth(10_000) }, off: { percent: 5 } },
          { from: { amounts: inBoth(20_000) }, off: { percent: 10 } },
        ],
      },
    },
  },
];

const SOCKS = 'Socks';
const GIFT = 'pantry-jar';

/**
 * Puts promotions and gift cards into the demo shop; the same again changes nothing. What it takes of the catalogue may not be in a
 * small one: then that promotion is left out.
 */
export async function seedPromotions(ctx: Context): Promise<void> {
  const socks = findCategory(await categoryTree(ctx), SOCKS);
  const jar = await variantOf(ctx, GIFT);
  for (const { request, code, draft } of coded) await make(ctx, request, draft, [code]);
  for (const { request, draft } of automatic) await make(ctx, request, draft);
  if (socks) await make(ctx, '01900000-0000-7000-8000-000000000413', socksForTwo(socks.id));
  if (jar) await make(ctx, '01900000-0000-7000-8000-000000000414', jarOver150(jar));
  for (const [index, { code, amount, currency }] of demoGiftCards.entries()) {
    const requestId = `01900000-0000-7000-8000-00000000042${index}`;
    await issueGiftCard(ctx, { ...giftCardToIssue.parse({ amount, currency, requestId }), code });
  }
}

async function make(ctx: Context, requestId: string, promotion: Draft, codes: string[] = []): Promise<void> {
  await createPromotion(ctx, newPromotion.parse({ promotion, codes, requestId }));
}

function socksForTwo(categoryId: string): Draft {
  return {
    name: 'Three pairs for two',
    label: 'Buy two pairs of socks, get one free',
    trigger: 'automatic',
    action: {
      type: 'buy-x-get-y',
      buy: { quantity: 2, of: { categoryIds: [categoryId] } },
      get: { quantity: 1 },
    },
  };
}

function jarOver150(variantId: string): Draft {
  return {
    name: 'A jar over 150',
    label: 'A pantry jar, on us',
    trigger: 'automatic',
    conditions: [{ type: 'subtotal', min: inBoth(15_000) }],
    action: { type: 'free-gift', variantId },
  };
}

function findCategory(nodes: readonly CategoryNode[], name: string): CategoryNode | undefined {
  for (const node of nodes) {
    const found = node.name === name ? node : findCategory(node.children, name);
    if (found) return found;
  }
  return undefined;
}

async function variantOf(ctx: Context, slug: string): Promise<string | undefined> {
  try {
    const { variants } = await getProduct(ctx, { slug });
    return [...variants].sort((a, b) => b.available - a.available)[0]?.id;
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}
