import type { PromotionPlace, RejectionReason } from '../sale.ts';

/** Why a promotion does nothing here. */
export interface Refusal {
  readonly reason: RejectionReason;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is missing until it would: of the two, one is null. */
export interface Missing {
  readonly missingAmount: number | null;
  readonly missingItems: number | null;
}

export function refuse(reason: RejectionReason, data: Refusal['data'] = {}): Refusal {
  return { reason, data };
}

export function nothingEligible(on: PromotionPlace): Refusal {
  return refuse('nothing_eligible', { on });
}

export function minimumNotMet(missing: Missing): Refusal {
  return refuse('minimum_not_met', { ...missing });
}

export function amountMissing(missingAmount: number): Missing {
  return { missingAmount, missingItems: null };
}

export function itemsMissing(missingItems: number): Missing {
  return { missingAmount: null, missingItems };
}
