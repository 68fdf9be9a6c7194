import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { AddressLines } from '../components/AddressLines.tsx';
import { CheckoutFrame } from '../components/CheckoutFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { checkoutAt, placementTarget, wayOut } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { cardName, formatDays, formatMoney } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: review' });

export async function loader(args: LoaderFunctionArgs) {
  return { checkout: await checkoutAt(args, 'review') };
}

export async function action(args: ActionFunctionArgs) {
  const totalsVersion = Number((await formOf(args)).get('totalsVersion'));
  if (!Number.isInteger(totalsVersion) || totalsVersion < 0) {
    return data({ error: messageFor({ code: 'totals_changed' }) }, { status: 422 });
  }
  try {
    const placement = await bffFor(args).checkout.place.mutate({ totalsVersion });
    return redirect(placementTarget(placement) ?? '/checkout/processing', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    // Whether it reached the payment service is not known: ask how it went rather than let somebody pay twice.
    if (refusal.code === 'unavailable') return redirect('/checkout/processing', 303);
    return wayOut(refusal) ?? data({ error: messageFor(refusal) }, { status: refusal.httpStatus });
  }
}

export default function ReviewStep() {
  const { checkout } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { chosenShipping, shippingAddress, billingAddress, card } = checkout;
  return (
    <CheckoutFrame step="review" title="All as it should be?" checkout={checkout}>
      {answer?.error && <ErrorNote className="mb-6">{answer.error}</ErrorNote>}
      <dl className="divide-y divide-line border-y border-line">
        <Part title="Contact" change="/checkout/address">
          <p className="break-words">{checkout.email}</p>
        </Part>
        {shippingAddress && (
          <Part title="Delivery address" change="/checkout/address">
            <AddressLines address={shippingAddress} />
          </Part>
        )}
        <Part title="Billing address" change="/checkout/address">
          {billingAddress ? <AddressLines address={billingAddress} /> : <p>The same</p>}
        </Part>
        {chosenShipping && (
          <Part title="Delivery" change="/checkout/shipping">
            <p>
              {chosenShipping.name}, {formatDays(chosenShipping.minDays, chosenShipping.maxDays)}
            </p>
          </Part>
        )}
        {card && (
          <Part title="Payment" change="/checkout/payment">
            <p>{cardName(card)}</p>
          </Part>
        )}
      </dl>
      <Form method="post" className="mt-8">
        <input type="hidden" name="totalsVersion" value={checkout.totalsVersion} />
        <SubmitButton className="w-full text-lg" busy="Placing your order…">
          Place order and pay {formatMoney(checkout.totals.total)}
        </SubmitButton>
        <p className="mt-3 text-center text-sm text-muted">
          You can return unused things within 30 days.{' '}
          <Link to="/help/returns" className="link">
            How returns work
          </Link>
        </p>
      </Form>
    </CheckoutFrame>
  );
}

function Part({ title, change, children }: { title: string; change: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-4 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <dt className="col-start-1 text-muted">{title}</dt>
      <dd className="col-start-1 sm:col-start-2">{children}</dd>
      <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3">
        <Link to={change} className="link -my-2 inline-flex min-h-11 items-center text-sm">
          Change<span className="sr-only"> {title.toLowerCase()}</span>
        </Link>
      </dd>
    </div>
  );
}
