import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { CheckoutFrame } from '../components/CheckoutFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { PaymentChoice } from '../components/PaymentChoice.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { checkoutAt, wayOut } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatMoney } from '../lib/format.ts';
import { declineMessage, messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { readPayment } from '../lib/payment-form.ts';
import { me } from '../lib/session.server.ts';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: payment' });

export async function loader(args: LoaderFunctionArgs) {
  const bff = bffFor(args);
  const [checkout, source, known] = await Promise.all([
    checkoutAt(args, 'payment'),
    bff.payments.element.query().catch((error: unknown) => failPage(args.context, error)),
    me(args),
  ]);
  // saved cards are a comfort: without them the page works as well
  const cards = known === null ? [] : await bff.payments.cards.query().catch(() => []);
  const { searchParams } = new URL(args.request.url);
  const reason = searchParams.get('error') ?? checkout.paymentError;
  return {
    checkout,
    source,
    cards,
    canSave: known !== null,
    error: reason === null ? null : declineMessage(reason),
    isChanged: searchParams.has('changed') && checkout.payment === null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const payment = readPayment(await formOf(args));
  if (payment === null) return data({ error: 'Choose how you want to pay.' }, { status: 422 });
  try {
    await bffFor(args).checkout.choosePayment.mutate(payment);
    return redirect('/checkout/review', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const text =
      refusal.code === 'unavailable'
        ? 'Payments are out of reach for a moment. Nothing was charged, and your cart is safe: try again in a minute.'
        : messageFor(refusal);
    return wayOut(refusal) ?? data({ error: text }, { status: refusal.httpStatus });
  }
}

export default function PaymentStep() {
  const { checkout, source, cards, canSave, error, isChanged } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer?.error ?? error;
  return (
    <CheckoutFrame step="payment" title="How will you pay?" checkout={checkout}>
      {problem && <ErrorNote className="mb-6">{problem}</ErrorNote>}
      {isChanged && !problem && (
        <p role="status" className="mb-6 rounded-control bg-note-wash p-4">
          Your order changed since you last checked it. The total is now{' '}
          <strong className="tabular-nums">{formatMoney(checkout.totals.due)}</strong>, and nothing was
          charged. Choose how to pay, then check it once more.
        </p>
      )}
      {checkout.methods.length === 0 ? (
        <NothingDue />
      ) : (
        <PaymentChoice checkout={checkout} source={source} cards={cards} canSave={canSave} />
      )}
    </CheckoutFrame>
  );
}

/** Gift cards or discounts leave nothing to pay: there is nothing to choose. */
function NothingDue() {
  return (
    <Form method="post">
      <input type="hidden" name="method" value="gift_card" />
      <p className="rounded-control bg-wash p-4 text-lg">There is nothing left to pay.</p>
      <SubmitButton className="mt-8 w-full text-lg" busy="One moment…">
        Check your order
      </SubmitButton>
    </Form>
  );
}
