import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { AddressLines } from '../components/AddressLines.tsx';
import { CheckoutFrame } from '../components/CheckoutFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { checkoutAt, wayOut } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatDays, formatMoney } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: delivery' });

export async function loader(args: LoaderFunctionArgs) {
  return { checkout: await checkoutAt(args, 'shipping') };
}

export async function action(args: ActionFunctionArgs) {
  const rateId = (await formOf(args)).get('rateId');
  if (typeof rateId !== 'string' || rateId === '') {
    return data({ error: 'Choose how it should be delivered.' }, { status: 422 });
  }
  try {
    await bffFor(args).checkout.setShipping.mutate({ rateId });
    return redirect('/checkout/payment', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const isUnknownRate = refusal.code === 'invalid_input' || refusal.code === 'not_found';
    const text = isUnknownRate
      ? 'This way of delivery is no longer offered. Choose another one.'
      : messageFor(refusal);
    return wayOut(refusal) ?? data({ error: text }, { status: refusal.httpStatus });
  }
}

export default function ShippingStep() {
  const { checkout } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const chosen = checkout.chosenShipping?.rateId ?? checkout.shippingOptions[0]?.rateId;
  return (
    <CheckoutFrame step="shipping" title="How should it get there?" checkout={checkout}>
      {answer?.error && <ErrorNote className="mb-6">{answer.error}</ErrorNote>}
      {checkout.shippingAddress && (
        <div className="mb-6 flex items-start justify-between gap-4 rounded-control border border-line p-4">
          <div>
            <p className="text-sm text-muted">Goes to</p>
            <AddressLines address={checkout.shippingAddress} isShort />
          </div>
          <Link to="/checkout/address" className="link inline-flex min-h-11 items-center text-sm">
            Change<span className="sr-only"> the address</span>
          </Link>
        </div>
      )}
      {checkout.shippingOptions.length === 0 ? (
        <ErrorNote>{messageFor({ code: 'no_shipping' })}</ErrorNote>
      ) : (
        <Form method="post">
          <fieldset>
            <legend className="sr-only">Delivery</legend>
            <ul className="grid gap-3">
              {checkout.shippingOptions.map((option) => (
                <li key={option.rateId}>
                  <label
                    htmlFor={option.rateId}
                    className="flex min-h-16 cursor-pointer items-center gap-4 rounded-control border border-line-strong p-4 has-checked:border-ink has-checked:bg-wash has-checked:shadow-[inset_0_0_0_1px_var(--ink)]"
                  >
                    <input
                      id={option.rateId}
                      type="radio"
                      name="rateId"
                      value={option.rateId}
                      className="tick"
                      defaultChecked={option.rateId === chosen}
                      required
                    />
                    <span className="min-w-0 grow">
                      <span className="block font-semibold">{option.name}</span>
                      <span className="block text-sm text-muted">
                        {formatDays(option.minDays, option.maxDays)}
                        {option.description && ` · ${option.description}`}
                      </span>
                    </span>
                    <span className="font-semibold tabular-nums">
                      {option.price.amount === 0 ? 'Free' : formatMoney(option.price)}
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
          <SubmitButton className="mt-8 w-full text-lg" busy="Saving…">
            Continue to payment
          </SubmitButton>
        </Form>
      )}
    </CheckoutFrame>
  );
}
