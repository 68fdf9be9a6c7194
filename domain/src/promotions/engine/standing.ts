import type { Promotion } from '../model.ts';
import type { PromotionSale } from '../sale.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Whether a promotion may apply at all now, whatever is in the cart. @returns null when it may */
export function standingOf(promotion: Promotion, now: Date): Refusal | null {
  const { startsAt, endsAt } = promotion;
  if (promotion.status === 'disabled') return refuse('disabled');
  if (startsAt !== null && now < startsAt) return refuse('not_started', { at: startsAt });
  if (endsAt !== null && now >= endsAt) return refuse('expired', { at: endsAt });
  if (promotion.usesLeft === 0) return refuse('exhausted', { of: 'promotion' });
  if (promotion.usesLeftForCustomer === 0) return refuse('exhausted', { of: 'customer' });
  return null;
}

/** The first of the entered codes that opens a promotion: its place among the entered, or why none does. */
export function openingCode(promotion: Promotion, sale: PromotionSale): { code: string } | Refusal {
  const own = new Map(promotion.codes.map(({ code, usesLeft }) => [code, usesLeft]));
  const entered = sale.codes.filter((code) => own.has(code));
  const open = entered.find((code) => own.get(code) !== 0);
  if (open !== undefined) return { code: open };
  return entered.length > 0 ? refuse('exhausted', { of: 'code' }) : refuse('unknown');
}
