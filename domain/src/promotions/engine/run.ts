import { allocate, shareOf, sumAmounts } from '../../kernel/index.ts';
import type { Candidate, GiftEffect, LineEffect, ShippingEffect, Step, SumEffect } from './candidate.ts';
import { type Ground, worthOf } from './ground.ts';

/** What promotions have taken off so far, and what is left. */
export interface Run {
  readonly candidates: readonly Candidate[];
  readonly left: number[];
  readonly parts: { promotionId: string; amount: number }[][];
  /** Null while shipping is not chosen. */
  shippingLeft: number | null;
  readonly gifts: { promotionId: string; variantId: string; quantity: number; unitAmount: number }[];
  readonly applied: { candidate: Candidate; amount: number }[];
}

const steps: readonly Step[] = ['line', 'shared', 'order', 'shipping', 'gift'];

/** Applies promotions, given by priority, step after step. */
export function runOf(ground: Ground, candidates: readonly Candidate[]): Run {
  const run: Run = {
    candidates,
    left: [...ground.totals],
    parts: ground.totals.map(() => []),
    shippingLeft: ground.sale.shipping?.amount ?? null,
    gifts: [],
    applied: [],
  };
  for (const step of steps) {
    for (const candidate of candidates) if (candidate.step === step) apply(ground, run, candidate);
  }
  return run;
}

function apply(ground: Ground, run: Run, candidate: Candidate): void {
  const { effect } = candidate;
  switch (effect.kind) {
    case 'gift':
      addGift(ground, run, candidate, effect);
      break;
    case 'shipping-percent':
    case 'shipping-amount':
      reduceShipping(ground, run, candidate, effect);
      break;
    case 'order-percent':
    case 'order-amount':
    case 'amount':
      reduceLines(run, candidate, shareSum(ground, run, candidate, effect));
      break;
    default:
      reduceLines(run, candidate, capped(lineParts(ground, run, candidate, effect), candidate.cap));
  }
}

/** What each of some lines loses. */
interface Parts {
  readonly places: readonly number[];
  readonly amounts: readonly number[];
}

function reduceLines(run: Run, candidate: Candidate, { places, amounts }: Parts): void {
  let sum = 0;
  places.forEach((place, index) => {
    const amount = amounts[index] ?? 0;
    if (amount === 0) return;
    run.left[place] = leftOf(run, place) - amount;
    run.parts[place]?.push({ promotionId: candidate.promotion.id, amount });
    sum += amount;
  });
  if (sum > 0) run.applied.push({ candidate, amount: sum });
}

function leftOf(run: Run, place: number): number {
  return run.left[place] ?? 0;
}

/** What each line would lose by itself, and never more than is left of it. */
function lineParts(ground: Ground, run: Run, { promotion }: Candidate, effect: LineEffect): Parts {
  const baseOf = (place: number) =>
    promotion.stacking.base === 'original' ? (ground.totals[place] ?? 0) : leftOf(run, place);
  const lineAt = (place: number) => ground.sale.lines[place] ?? { unitAmount: 0, quantity: 0 };
  const places = effect.kind === 'units' ? [...effect.units.keys()] : effect.places;
  const wished = (place: number): number => {
    const { unitAmount, quantity } = lineAt(place);
    if (effect.kind === 'percent') return shareOf(baseOf(place), effect.ppm);
    if (effect.kind === 'unit-amount') return Math.min(effect.amount, unitAmount) * quantity;
    const units = effect.units.get(place) ?? 0;
    const [worth = 0] = allocate(baseOf(place), [units, quantity - units]);
    return shareOf(worth, effect.ppm);
  };
  return { places, amounts: places.map((place) => Math.min(wished(place), leftOf(run, place))) };
}

function capped({ places, amounts }: Parts, cap: number | null): Parts {
  return cap === null || sumAmounts(amounts) <= cap
    ? { places, amounts }
    : { places, amounts: allocate(cap, amounts) };
}

/** A sum shared by what is left of each line. */
function shareSum(ground: Ground, run: Run, { promotion, cap }: Candidate, effect: SumEffect): Parts {
  const { places } = effect;
  const weights = places.map((place) => leftOf(run, place));
  const left = sumAmounts(weights);
  if (left === 0) return { places: [], amounts: [] };
  const base = promotion.stacking.base === 'original' ? worthOf(ground, places) : left;
  const wished = effect.kind === 'order-percent' ? shareOf(base, effect.ppm) : effect.amount;
  return { places, amounts: allocate(Math.min(wished, left, cap ?? left), weights) };
}

function reduceShipping(ground: Ground, run: Run, candidate: Candidate, effect: ShippingEffect): void {
  if (run.shippingLeft === null) {
    run.applied.push({ candidate, amount: 0 });
    return;
  }
  const left = run.shippingLeft;
  const base = candidate.promotion.stacking.base === 'original' ? (ground.sale.shipping?.amount ?? 0) : left;
  const wished = effect.kind === 'shipping-percent' ? shareOf(base, effect.ppm) : effect.amount;
  const amount = Math.min(wished, left, candidate.cap ?? left);
  if (amount === 0) return;
  run.shippingLeft = left - amount;
  run.applied.push({ candidate, amount });
}

/** As many as there are and no earlier promotion gives away. */
function addGift(ground: Ground, run: Run, candidate: Candidate, effect: GiftEffect): void {
  const offer = ground.sale.giftOffers.get(effect.variantId) ?? { unitAmount: 0, available: 0 };
  const given = run.gifts.filter(({ variantId }) => variantId === effect.variantId);
  const there = offer.available - sumAmounts(given.map(({ quantity }) => quantity));
  const quantity = Math.min(effect.quantity, there);
  if (quantity <= 0) return;
  const { variantId } = effect;
  const { unitAmount } = offer;
  run.gifts.push({ promotionId: candidate.promotion.id, variantId, quantity, unitAmount });
  run.applied.push({ candidate, amount: unitAmount * quantity });
}

/** What the shopper has to pay. */
export function paidIn(run: Run): number {
  return sumAmounts(run.left) + (run.shippingLeft ?? 0);
}

/** What the gifts are worth. */
export function giftsIn(run: Run): number {
  return sumAmounts(run.gifts.map(({ unitAmount, quantity }) => unitAmount * quantity));
}
