import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { wayOut } from '../lib/checkout.server.ts';

const toPayment = (reason: string) => redirect(`/checkout/payment?error=${encodeURIComponent(reason)}`, 303);

/** Where the payment service sends shoppers back to: with a card, or without. */
export async function loader(args: LoaderFunctionArgs) {
  const paymentIntentId = new URL(args.request.url).searchParams.get('payment_intent');
  if (!paymentIntentId) return toPayment('canceled');
  try {
    const checkout = await bffFor(args).checkout.paymentReturned.mutate({ paymentIntentId });
    if (checkout.paymentError) return toPayment(checkout.paymentError);
    if (checkout.nextStep === 'payment') return toPayment('canceled');
    return redirect(`/checkout/${checkout.nextStep}`, 303);
  } catch (error) {
    const refusal = refusalOf(error);
    return (refusal && wayOut(refusal)) ?? failPage(args.context, error);
  }
}
