import { type AmountByCurrency, ppmOf, type Target } from '../documents.ts';
import type { Promotion } from '../model.ts';
import type { PromotionPlace } from '../sale.ts';
import { bundleOf } from './bundle.ts';
import { checkConditions } from './conditions.ts';
import { type Ground, matching, unitsOf } from './ground.ts';
import {
  itemsMissing,
  type Missing,
  minimumNotMet,
  nothingEligible,
  type Refusal,
  refuse,
} from './refusal.ts';
import { nextTier, reachedTier } from './tiers.ts';

/** What a promotion does to this sale, as far as it can be told without the others. */
export type Effect = LineEffect | SumEffect | ShippingEffect | GiftEffect;

/** Reckoned for each line by itself: a percentage, an amount off each unit, or a percentage off some units (by place). */
export type LineEffect =
  | { readonly kind: 'percent'; readonly ppm: number; readonly places: readonly number[] }
  | { readonly kind: 'unit-amount'; readonly amount: number; readonly places: readonly number[] }
  | { readonly kind: 'units'; readonly ppm: number; readonly units: ReadonlyMap<number, number> };

/** Reckoned once, and shared among lines. */
export type SumEffect =
  | { readonly kind: 'order-percent'; readonly ppm: number; readonly places: readonly number[] }
  | { readonly kind: 'order-amount'; readonly amount: number; readonly places: readonly number[] }
  | { readonly kind: 'amount'; readonly amount: number; readonly places: readonly number[] };

export type ShippingEffect =
  | { readonly kind: 'shipping-percent'; readonly ppm: number }
  | { readonly kind: 'shipping-amount'; readonly amount: number };

export interface GiftEffect {
  readonly kind: 'gift';
  readonly variantId: string;
  readonly quantity: number;
}

/** The steps of the contract in model.ts. */
export type Step = 'line' | 'shared' | 'order' | 'shipping' | 'gift';

/** A promotion whose conditions hold. */
export interface Candidate {
  readonly promotion: Promotion;
  readonly code: string | null;
  readonly effect: Effect;
  readonly step: Step;
  /** The most that it takes off; null: as much as there is. */
  readonly cap: number | null;
  /** What would be missing for its next tier. */
  readonly near: Missing | null;
}

export interface Unfit {
  readonly refusal: Refusal;
  /** What is missing, when that is all that is in the way. */
  readonly near: Missing | null;
}

/** Reckons what a promotion does to a sale, once it may apply at all. */
export function candidateOf(ground: Ground, promotion: Promotion, code: string | null): Candidate | Unfit {
  const unmet = checkConditions(ground, promotion.conditions);
  if (unmet) return unmet;
  const found = effectOf(ground, promotion);
  if ('refusal' in found) return found;
  const { effect, near = null } = found;
  const cap = promotion.maxAmounts[ground.sale.currency] ?? null;
  return { promotion, code, effect, step: stepOf(effect, cap), cap, near };
}

type Found = { effect: Effect; near?: Missing | null } | Unfit;

function unfit(refusal: Refusal, near: Missing | null = null): Unfit {
  return { refusal, near };
}

function effectOf(ground: Ground, { action }: Promotion): Found {
  const { sale } = ground;
  const inCurrency = (amounts: AmountByCurrency, make: (amount: number) => Found): Found => {
    const amount = amounts[sale.currency];
    return amount === undefined ? unfit(refuse('currency')) : make(amount);
  };
  switch (action.type) {
    case 'percent':
      return onLines(ground, matching(ground, action.of), (places) => ({
        effect: percentOff(action, places, action.percent),
      }));
    case 'amount':
      return inCurrency(action.amounts, (amount) =>
        onLines(ground, matching(ground, action.of), (places) => ({
          effect:
            action.per === 'unit'
              ? { kind: 'unit-amount', amount, places }
              : amountOff(action, places, amount),
        })),
      );
    case 'shipping-percent':
      return onShipping(ground, { kind: 'shipping-percent', ppm: ppmOf(action.percent) });
    case 'shipping-amount':
      return inCurrency(action.amounts, (amount) => onShipping(ground, { kind: 'shipping-amount', amount }));
    case 'free-gift': {
      const there = sale.giftOffers.get(action.variantId)?.available ?? 0;
      if (there <= 0) return unfit(nothingEligible('gift'));
      return { effect: { kind: 'gift', variantId: action.variantId, quantity: action.quantity } };
    }
    case 'buy-x-get-y': {
      if (unitsOf(ground, matching(ground, action.buy.of)) === 0) return unfit(nothingEligible('items'));
      const { units, missing } = bundleOf(ground, action);
      const lacking = itemsMissing(missing);
      if (units.size === 0) return unfit(minimumNotMet(lacking), lacking);
      return { effect: { kind: 'units', ppm: ppmOf(action.get.percent), units } };
    }
    case 'tiered':
      return onLines(ground, matching(ground, action.of), (places) => {
        const reached = reachedTier(ground, action, places);
        const near = nextTier(ground, action, places);
        if (reached) {
          const { off } = reached;
          return 'percent' in off
            ? { effect: percentOff(action, places, off.percent), near }
            : { effect: amountOff(action, places, off.amounts[sale.currency] ?? 0), near };
        }
        return near ? unfit(minimumNotMet(near), near) : unfit(refuse('currency'));
      });
  }
}

function onLines(
  ground: Ground,
  places: readonly number[],
  make: (places: readonly number[]) => Found,
): Found {
  return unitsOf(ground, places) === 0 ? unfit(nothingEligible('items')) : make(places);
}

/** Shipping that costs nothing already is not reduced twice; one that is not chosen yet may come to cost something. */
function onShipping({ sale }: Ground, effect: Effect): Found {
  return sale.shipping?.amount === 0 ? unfit(nothingEligible('shipping')) : { effect };
}

interface Scope {
  readonly of?: Target | undefined;
}

function percentOff({ of }: Scope, places: readonly number[], percent: number): Effect {
  return { kind: of === undefined ? 'order-percent' : 'percent', ppm: ppmOf(percent), places };
}

function amountOff({ of }: Scope, places: readonly number[], amount: number): Effect {
  return { kind: of === undefined ? 'order-amount' : 'amount', amount, places };
}

function stepOf({ kind }: Effect, cap: number | null): Step {
  switch (kind) {
    case 'gift':
      return 'gift';
    case 'shipping-percent':
    case 'shipping-amount':
      return 'shipping';
    case 'order-percent':
    case 'order-amount':
      return 'order';
    case 'amount':
      return 'shared';
    default:
      return cap === null ? 'line' : 'shared';
  }
}

/** Where what a promotion does shows. */
export function placeOf({ action }: Promotion): PromotionPlace {
  if (action.type === 'free-gift') return 'gift';
  return action.type === 'shipping-amount' || action.type === 'shipping-percent' ? 'shipping' : 'items';
}
