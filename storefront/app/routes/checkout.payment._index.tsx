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
import { Icon } from '../components/Icon.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { TestCardHint } from '../components/TestCardHint.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { checkoutAt, wayOut } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formatMoney } from '../lib/format.ts';
import { declineMessage, messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: payment' });

export async function loader(args: LoaderFunctionArgs) {
  const checkout = await checkoutAt(args, 'payment');
  const reason = new URL(args.request.url).searchParams.get('error') ?? checkout.paymentError;
  return { checkout, error: reason === null ? null : declineMessage(reason) };
}

export async function action(args: ActionFunctionArgs) {
  try {
    const { redirectUrl } = await bffFor(args).checkout.startPayment.mutate({ method: 'card' });
    return redirect(redirectUrl, 303);
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
  const { checkout, error } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer?.error ?? error;
  return (
    <CheckoutFrame step="payment" title="How will you pay?" checkout={checkout}>
      {problem && <ErrorNote className="mb-6">{problem}</ErrorNote>}
      <Form method="post">
        <fieldset>
          <legend className="sr-only">Way to pay</legend>
          <label
            htmlFor="method-card"
            className="flex min-h-16 items-center gap-4 rounded-control border border-ink bg-wash p-4 shadow-[inset_0_0_0_1px_var(--ink)]"
          >
            <input id="method-card" type="radio" name="method" value="card" className="tick" defaultChecked />
            <span className="grow">
              <span className="block font-semibold">Card</span>
              <span className="block text-sm text-muted">
                You enter it on the next page, with our payment service.
              </span>
            </span>
            <Icon name="lock" />
          </label>
        </fieldset>
        <p className="mt-4 text-muted">
          We keep your things aside for 15 minutes while you pay. Nothing is charged until you have checked
          your order and placed it.
        </p>
        <TestCardHint />
        <SubmitButton className="mt-8 w-full text-lg" busy="One moment…">
          Enter card details
        </SubmitButton>
        <p className="mt-3 text-center text-sm text-muted tabular-nums">
          Total {formatMoney(checkout.totals.total)}
        </p>
      </Form>
    </CheckoutFrame>
  );
}
