import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { failPage, type Refusal, refusalOf } from './bff-errors.server.ts';
import type { Checkout, CheckoutStep, Placement } from './bff-types.ts';
import { isBefore } from './checkout-steps.ts';

/**
 * The checkout at hand, for the page of one step.
 *
 * @throws a redirect to the cart when there is nothing to check out, and to the first step that lacks something when that
 * comes before this one
 */
export async function checkoutAt(args: LoaderFunctionArgs, step: CheckoutStep): Promise<Checkout> {
  let checkout: Checkout | null;
  try {
    checkout = await bffFor(args).checkout.get.query();
  } catch (error) {
    if (refusalOf(error)?.code === 'cart_empty') throw redirect('/cart');
    failPage(args.context, error);
  }
  if (checkout === null || checkout.status === 'cancelled') throw redirect('/cart');
  // The steps before it stay open while the bank is asked: saving one of them turns away from the bank.
  if (checkout.status !== 'open' && step === 'review') throw redirect('/checkout/processing');
  if (isBefore(checkout.nextStep, step)) {
    // the cart changed after it was chosen how to pay, or what was kept aside lapsed: the page says so
    const isAgain = step === 'review' && checkout.nextStep === 'payment';
    throw redirect(`/checkout/${checkout.nextStep}${isAgain ? '?changed=1' : ''}`);
  }
  return checkout;
}

/** Codes that only the cart's own page can mend: it shows what is wrong at each line. */
const mendedInCart = new Set([
  'cart_empty',
  'cart_changed',
  'out_of_stock',
  'product_unavailable',
  'quantity_limit',
]);

/** Where a refusal in the checkout leads; null when the page at hand should tell it. */
export function wayOut(refusal: Refusal): Response | null {
  if (mendedInCart.has(refusal.code)) return redirect('/cart', 303);
  if (refusal.code === 'checkout_closed') return redirect('/checkout/processing', 303);
  if (refusal.code === 'checkout_incomplete') {
    const step = typeof refusal.data.step === 'string' ? refusal.data.step : 'address';
    return redirect(`/checkout/${step}`, 303);
  }
  if (refusal.code === 'promotion_exhausted' || refusal.code === 'gift_card_short') {
    return redirect(`/checkout/payment?error=${refusal.code}`, 303);
  }
  if (refusal.code === 'payment_declined') {
    return redirect(`/checkout/payment?error=${encodeURIComponent(String(refusal.data.reason ?? ''))}`, 303);
  }
  return null;
}

/** Where the outcome of placing an order leads; null while it is not decided. */
export function placementTarget(placement: Placement): string | null {
  switch (placement.outcome) {
    case 'placed':
      return `/orders/${encodeURIComponent(placement.orderNumber)}?token=${encodeURIComponent(placement.token)}`;
    case 'action_required':
      return placement.redirectUrl;
    case 'declined':
      return `/checkout/payment?error=${encodeURIComponent(placement.reason)}`;
    case 'processing':
      return null;
  }
}

/**
 * Asks how placing went, and goes on from there; returns only while it is not decided.
 *
 * @returns where the bank waits for the cardholder; null while it is the bank that is waited for
 */
export async function followPlacement(args: LoaderFunctionArgs): Promise<string | null> {
  let placement: Placement;
  try {
    placement = await bffFor(args).checkout.placementStatus.query();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal && (refusal.code === 'checkout_closed' || refusal.code === 'not_found'))
      throw redirect('/cart');
    throw (refusal && wayOut(refusal)) ?? failPage(args.context, error);
  }
  if (placement.outcome === 'action_required') return placement.redirectUrl;
  const target = placementTarget(placement);
  if (target !== null) throw redirect(target, 303);
  return null;
}
