import type { CheckoutStep } from './bff-types.ts';

/** The steps in their order, as shoppers read them. */
export const checkoutSteps: readonly { readonly step: CheckoutStep; readonly label: string }[] = [
  { step: 'address', label: 'Address' },
  { step: 'shipping', label: 'Delivery' },
  { step: 'payment', label: 'Payment' },
  { step: 'review', label: 'Review' },
];

function positionOf(step: CheckoutStep): number {
  return checkoutSteps.findIndex((known) => known.step === step);
}

export function isBefore(step: CheckoutStep, other: CheckoutStep): boolean {
  return positionOf(step) < positionOf(other);
}
