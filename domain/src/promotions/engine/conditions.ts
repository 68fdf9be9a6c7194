import type { PromotionCondition } from '../conditions.ts';
import { type Ground, matching, unitsOf, worthOf } from './ground.ts';
import {
  amountMissing,
  itemsMissing,
  type Missing,
  minimumNotMet,
  nothingEligible,
  type Refusal,
  refuse,
} from './refusal.ts';

/** Whether all conditions hold. @returns null when they do; `near` when a single minimum is all that is missing */
export function checkConditions(
  ground: Ground,
  conditions: readonly PromotionCondition[],
): { refusal: Refusal; near: Missing | null } | null {
  const firm = conditions
    .map((condition) => checkFirm(ground, condition))
    .find((refusal) => refusal !== null);
  if (firm) return { refusal: firm, near: null };
  const missing = conditions.flatMap((condition) => missingOf(ground, condition) ?? []);
  const [first] = missing;
  if (first === undefined) return null;
  return { refusal: minimumNotMet(first), near: missing.length === 1 ? first : null };
}

/** What more in the cart does not change, or not by a number that could be told. */
function checkFirm({ sale, ...ground }: Ground, condition: PromotionCondition): Refusal | null {
  const { customer } = sale;
  switch (condition.type) {
    case 'subtotal':
      return condition.min[sale.currency] === undefined ? refuse('currency') : null;
    case 'items':
      return null;
    case 'currency':
      return condition.currencies.includes(sale.currency) ? null : refuse('currency');
    case 'region':
      return condition.regionIds.includes(sale.regionId) ? null : refuse('not_for_you');
    case 'customer-group':
      return condition.groupIds.some((id) => customer.groupIds.includes(id)) ? null : refuse('not_for_you');
    case 'first-order':
      return customer.isFirstOrder === false ? refuse('first_order_only') : null;
    case 'category': {
      const { categoryIds } = condition;
      return matching({ sale, ...ground }, { categoryIds }).length > 0 ? null : nothingEligible('items');
    }
    case 'shipping':
      return sale.shipping !== null && condition.kinds.includes(sale.shipping.kind)
        ? null
        : nothingEligible('shipping');
  }
}

function missingOf(ground: Ground, condition: PromotionCondition): Missing | null {
  if (condition.type === 'subtotal') {
    const min = condition.min[ground.sale.currency] ?? 0;
    const worth = worthOf(ground, matching(ground, condition.of));
    return worth < min ? amountMissing(min - worth) : null;
  }
  if (condition.type === 'items') {
    const units = unitsOf(ground, matching(ground, condition.of));
    return units < condition.min ? itemsMissing(condition.min - units) : null;
  }
  return null;
}
