import { z } from 'zod';
import { promotionAction } from './actions.ts';
import { promotionCondition } from './conditions.ts';
import { amountByCurrency } from './documents.ts';

/*
 * How promotions meet. What follows is the contract of `evaluatePromotions`; its properties are tested.
 *
 * 1. Conditions look at the sale at undiscounted prices, so no promotion takes another's ground away.
 * 2. Either one promotion with `isExclusive` applies alone, or all that may be combined apply together. Of these ways the one is taken that
 *    leaves the shopper the least to pay; then the one with the more valuable gifts; then the one that honours more of the entered codes;
 *    then combining; then the higher priority.
 * 3. Of the promotions of one `group` at most one applies: the one that, together with those outside of groups, leaves the least to pay.
 *    Several groups are settled one after the other, by name, each with those settled before it.
 * 4. They apply in five steps: (a) what reckons line by line: percent or amounts off units, buy X get Y; (b) sums shared among some lines,
 *    and whatever of (a) has a cap; (c) what is off the whole order; (d) shipping; (e) gifts. Within a step the higher priority goes
 *    first, then the older promotion (ids grow with time). The order in which promotions are handed over never matters.
 * 5. A percentage is of the undiscounted price (`base: 'original'`) or of what the promotions before it left (`'remaining'`). Either way
 *    no line, and neither shipping, goes below zero: what does not fit is not taken off elsewhere.
 *
 * When priorities do not matter for the sum: within step (a) when all have the base `original`; within step (c) when each is a fixed amount
 * or has the base `original`. Each then takes off what it would alone, until nothing is left.
 *
 * One more promotion that is automatic and combines never makes a shopper pay more. (Two promotions of step (b) on different sets of
 * lines that overlap may differ by a cent, as sums are shared in whole cents; a second group may, as groups are settled in turn.)
 */

/** How a promotion stands beside others. */
export const stacking = z.strictObject({
  /** The higher goes first. */
  priority: z.int().min(-1_000).max(1_000).default(0),
  /** Applies alone or not at all. */
  isExclusive: z.boolean().default(false),
  /** At most one of a group applies. */
  group: z.string().trim().min(1).max(60).nullable().default(null),
  /** What a percentage is of: the undiscounted price, or what those before it left. */
  base: z.enum(['original', 'remaining']).default('remaining'),
});

export type Base = z.infer<typeof stacking>['base'];

export const promotionStatus = z.enum(['active', 'disabled']);
export const promotionTrigger = z.enum(['automatic', 'code']);

/** What staff decide of a promotion. */
export const promotionInput = z
  .strictObject({
    /** For staff. */
    name: z.string().trim().min(1).max(120),
    /** What shoppers read beside the amount, such as `10 % off your first order`. */
    label: z.string().trim().min(1).max(120),
    /** `code`: applies only with one of its codes. */
    trigger: promotionTrigger,
    startsAt: z.coerce.date().nullable().default(null),
    /** The first moment at which it does not apply any more. */
    endsAt: z.coerce.date().nullable().default(null),
    stacking: stacking.prefault({}),
    /** All of them must hold; none: always. */
    conditions: z.array(promotionCondition).max(20).default([]),
    action: promotionAction,
    /** The most that it takes off an order, by currency; currencies left out have no such cap. */
    maxAmounts: amountByCurrency.default({}),
    /** In total, over all its codes. */
    maxUses: z.int().min(1).max(1_000_000_000).nullable().default(null),
    maxUsesPerCustomer: z.int().min(1).max(1_000_000).nullable().default(null),
  })
  .refine(({ startsAt, endsAt }) => startsAt === null || endsAt === null || startsAt < endsAt, {
    path: ['endsAt'],
    message: 'It ends before it starts',
  });
export type PromotionInput = z.infer<typeof promotionInput>;

/** A code of a promotion, as it stands. */
export const promotionCode = z.object({
  code: z.string(),
  /** Null: as often as the promotion. */
  usesLeft: z.int().nullable(),
});

/** A promotion as `evaluatePromotions` takes it: plain data. */
export const promotion = z.object({
  id: z.uuid(),
  label: z.string(),
  status: promotionStatus,
  trigger: promotionTrigger,
  startsAt: z.coerce.date().nullable(),
  endsAt: z.coerce.date().nullable(),
  stacking,
  conditions: z.array(promotionCondition),
  action: promotionAction,
  maxAmounts: amountByCurrency,
  /** Those that were asked for, in the order asked. */
  codes: z.array(promotionCode),
  /** Null: no limit. */
  usesLeft: z.int().nullable(),
  /** Of the customer at hand; null: no limit, or nobody is known to ask. */
  usesLeftForCustomer: z.int().nullable(),
});
export type Promotion = z.infer<typeof promotion>;

const MAX_CODE_LENGTH = 40;

/**
 * A code as it is kept and compared: Unicode's compatibility forms are folded (NFKC), blanks around it go, upper case.
 *
 * @returns null for what cannot be a code: nothing, or more than 40 characters
 */
export function normaliseCode(entered: string): string | null {
  const code = entered.normalize('NFKC').trim().toUpperCase();
  return code === '' || code.length > MAX_CODE_LENGTH ? null : code;
}

/** A code as staff type it; kept normalised. */
export const codeInput = z.string().transform((entered, ctx) => {
  const code = normaliseCode(entered);
  if (code !== null && /^[^\p{C}\p{Z}]+$/u.test(code)) return code;
  ctx.addIssue({ code: 'custom', message: 'A code has 1 to 40 characters and no blanks' });
  return z.NEVER;
});
