import { RATE_SCALE } from '../kernel/index.ts';
import { type Candidate, candidateOf, placeOf } from './engine/candidate.ts';
import { bestRun } from './engine/choose.ts';
import { type Ground, groundOf } from './engine/ground.ts';
import { type Missing, nothingEligible, type Refusal, refuse } from './engine/refusal.ts';
import type { Run } from './engine/run.ts';
import { openingCode, standingOf } from './engine/standing.ts';
import type { Promotion } from './model.ts';
import type { NearPromotion, PromotionResult, PromotionSale, RejectedCode } from './sale.ts';

/** What became of a promotion, before it met the others. */
interface Verdict {
  readonly promotion: Promotion;
  /** The code that opens it; null: automatic. */
  readonly code: string | null;
  readonly candidate: Candidate | null;
  readonly refusal: Refusal | null;
  readonly near: Missing | null;
}

/**
 * Reckons what promotions take off a sale, and explains it. Pure: the same promotions, in whatever order, and the same sale give the same
 * answer. How promotions meet is told in model.ts.
 *
 * @param promotions automatic ones, and those of the entered codes; see `activePromotions`
 * @throws RangeError when amounts are beyond what an integer holds exactly
 */
export function evaluatePromotions(promotions: readonly Promotion[], sale: PromotionSale): PromotionResult {
  const ground = groundOf({ ...sale, codes: [...new Set(sale.codes)] });
  const verdicts = [...promotions].sort(byPriority).map((promotion) => judge(ground, promotion));
  const run = bestRun(
    ground,
    verdicts.flatMap(({ candidate }) => candidate ?? []),
  );
  return {
    lines: sale.lines.map((line, place) => {
      const parts = run.parts[place] ?? [];
      return { key: line.key, amount: parts.reduce((sum, part) => sum + part.amount, 0), parts };
    }),
    gifts: run.gifts,
    shippingAmount: (sale.shipping?.amount ?? 0) - (run.shippingLeft ?? 0),
    applied: run.applied.map(({ candidate: { promotion, code }, amount }) => ({
      promotionId: promotion.id,
      code,
      label: promotion.label,
      amount,
      on: placeOf(promotion),
    })),
    rejected: ground.sale.codes.flatMap((code) => rejectionOf(code, verdicts, run) ?? []),
    near: nearIn(verdicts, run),
  };
}

/** The variants that these promotions may give away: what `giftOffers` of a sale should tell of. */
export function giftVariantIds(promotions: readonly Promotion[]): string[] {
  const ids = promotions.flatMap(({ action }) => (action.type === 'free-gift' ? [action.variantId] : []));
  return [...new Set(ids)];
}

function byPriority(a: Promotion, b: Promotion): number {
  return b.stacking.priority - a.stacking.priority || (a.id < b.id ? -1 : 1);
}

function judge(ground: Ground, promotion: Promotion): Verdict {
  const refused = (code: string | null, refusal: Refusal, near: Missing | null = null): Verdict => ({
    promotion,
    code,
    candidate: null,
    refusal,
    near,
  });
  const standing = standingOf(promotion, ground.sale.now);
  if (standing) return refused(null, standing);
  const opening = promotion.trigger === 'code' ? openingCode(promotion, ground.sale) : { code: null };
  if ('reason' in opening) return refused(null, opening);
  const found = candidateOf(ground, promotion, opening.code);
  if ('refusal' in found) return refused(opening.code, found.refusal, found.near);
  return { promotion, code: opening.code, candidate: found, refusal: null, near: found.near };
}

/** Why a code does nothing; null when it does something. */
function rejectionOf(code: string, verdicts: readonly Verdict[], run: Run): RejectedCode | null {
  const verdict = verdicts.find(
    ({ promotion }) => promotion.trigger === 'code' && promotion.codes.some((own) => own.code === code),
  );
  if (!verdict) return { code, ...refuse('unknown') };
  if (verdict.refusal) return { code, ...verdict.refusal };
  if (verdict.code !== code) {
    const isUsedUp = verdict.promotion.codes.some((own) => own.code === code && own.usesLeft === 0);
    if (isUsedUp) return { code, ...refuse('exhausted', { of: 'code' }) };
    return { code, ...refuse('not_combinable', { with: [verdict.promotion.label] }) };
  }
  if (run.applied.some(({ candidate }) => candidate === verdict.candidate)) return null;
  const hadItsTurn = run.candidates.some((candidate) => candidate === verdict.candidate);
  if (hadItsTurn) return { code, ...nothingEligible(placeOf(verdict.promotion)) };
  const labels = run.applied.map(({ candidate }) => candidate.promotion.label);
  return { code, ...refuse('not_combinable', { with: labels }) };
}

/** What automatic promotions lack, unless one that applies alone does, or there is nothing left to gain. */
function nearIn(verdicts: readonly Verdict[], run: Run): NearPromotion[] {
  const applied = run.applied.map(({ candidate }) => candidate);
  if (applied.some(({ promotion }) => promotion.stacking.isExclusive)) return [];
  const shipsFree =
    run.shippingLeft === null
      ? applied.some(({ effect }) => effect.kind === 'shipping-percent' && effect.ppm === RATE_SCALE)
      : run.shippingLeft === 0;
  return verdicts
    .flatMap(({ promotion, near }): NearPromotion[] => {
      const on = placeOf(promotion);
      if (near === null || promotion.trigger === 'code' || (on === 'shipping' && shipsFree)) return [];
      return [{ promotionId: promotion.id, label: promotion.label, ...near, on }];
    })
    .sort(byDistance);
}

/** By money first, then by units. */
function byDistance(a: NearPromotion, b: NearPromotion): number {
  const far = Number.MAX_SAFE_INTEGER;
  return (a.missingAmount ?? far) - (b.missingAmount ?? far) || (a.missingItems ?? 0) - (b.missingItems ?? 0);
}
