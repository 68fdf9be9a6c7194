import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  type Promotion,
  type PromotionInput,
  type PromotionSale,
  type PromotionSaleLine,
  promotion,
  promotionInput,
  type stacking,
} from '../index.ts';

/** An id for a name: the same name, the same id. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A promotion: automatic, without conditions, and 10 % off, unless told otherwise. */
export function promotionOf(
  parts: Partial<Omit<Promotion, 'action' | 'stacking'>> &
    Partial<z.infer<typeof stacking>> & { action?: z.input<typeof promotionInput>['action'] } = {},
): Promotion {
  const {
    priority,
    isExclusive,
    group,
    base,
    id = idOf('promotion'),
    codes,
    usesLeft,
    usesLeftForCustomer,
    status,
    ...decided
  } = parts;
  const input: PromotionInput = promotionInput.parse({
    name: 'A promotion',
    label: 'Something off',
    trigger: 'automatic',
    action: { type: 'percent', percent: 10 },
    ...Object.fromEntries(Object.entries(decided).filter(([key]) => key in promotionInput.shape)),
    stacking: { priority, isExclusive, group, base },
  });
  return promotion.parse({
    ...input,
    id,
    status: status ?? 'active',
    codes: codes ?? [],
    usesLeft: usesLeft ?? null,
    usesLeftForCustomer: usesLeftForCustomer ?? null,
  });
}

/** A line of a product of its own. */
export function line(
  key: string,
  unitAmount: number,
  quantity = 1,
  parts: Partial<PromotionSaleLine> = {},
): PromotionSaleLine {
  return {
    key,
    variantId: idOf(`variant ${key}`),
    productId: idOf(`product ${key}`),
    categoryIds: [],
    unitAmount,
    quantity,
    ...parts,
  };
}

/** A guest's sale in USD of one thing for 10.00, unless told otherwise. */
export function saleOf(parts: Partial<PromotionSale> = {}): PromotionSale {
  return {
    now: new Date('2026-03-01T12:00:00Z'),
    currency: 'USD',
    regionId: idOf('us'),
    codes: [],
    customer: { userId: null, groupIds: [], isFirstOrder: null },
    lines: [line('a', 1_000)],
    shipping: null,
    giftOffers: new Map(),
    ...parts,
  };
}
