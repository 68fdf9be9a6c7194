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
import type { Checkout } from '../lib/bff-types.ts';
import { checkoutAt, placementTarget, wayOut } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatArrival, formatMoney } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { paymentName } from '../lib/payment-names.ts';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: review' });

export async function loader(args: LoaderFunctionArgs) {
  return { checkout: await checkoutAt(args, 'review') };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const totalsVersion = Number(form.get('totalsVersion'));
  if (!Number.isInteger(totalsVersion) || totalsVersion < 0) {
    return data({ error: messageFor({ code: 'totals_changed' }), field: null }, { status: 422 });
  }
  if (form.get('terms') !== 'on') {
    return data(
      { error: 'Agree to the terms of sale to place your order.', field: 'terms' },
      { status: 422 },
    );
  }
  try {
    const placement = await bffFor(args).checkout.place.mutate({ totalsVersion, acceptsTerms: true });
    return redirect(placementTarget(placement) ?? '/checkout/processing', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    // Whether it reached the payment service is not known: ask how it went rather than let somebody pay twice.
    if (refusal.code === 'unavailable') return redirect('/checkout/processing', 303);
    // another tab changed the cart: its new total is to be seen and agreed to first
    if (refusal.code === 'cart_changed') return redirect('/checkout/payment?changed=1', 303);
    const isTotal = refusal.code === 'totals_changed';
    return (
      wayOut(refusal) ??
      data(
        { error: messageFor(refusal), field: null, ...(isTotal ? { seen: seenTotal(form) } : {}) },
        { status: refusal.httpStatus },
      )
    );
  }
}

/** The total that the shopper agreed to, as their page showed it. */
function seenTotal(form: FormData): string {
  const seen = form.get('seenTotal');
  return typeof seen === 'string' ? seen.slice(0, 40) : '';
}

export default function ReviewStep() {
  const { checkout } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { chosenShipping, shippingAddress, billingAddress, payment } = checkout;
  const isMissingTerms = answer?.field === 'terms';
  const due = formatMoney(checkout.totals.due);
  return (
    <CheckoutFrame step="review" title="All as it should be?" checkout={checkout}>
      {answer?.error && !isMissingTerms && (
        <ErrorNote className="mb-6">
          {answer.error}
          {'seen' in answer && answer.seen && ` It was ${answer.seen}, and is now ${due}.`}
        </ErrorNote>
      )}
      <dl className="divide-y divide-line border-y border-line">
        <Part title="Contact" change="/checkout/address">
          <p className="break-words">{checkout.email}</p>
          {checkout.vatId !== '' && <p>VAT ID {checkout.vatId}</p>}
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
          <Part
            title={chosenShipping.kind === 'pickup' ? 'Collection' : 'Delivery'}
            change="/checkout/shipping"
          >
            <p>{chosenShipping.name}</p>
            <p className="text-muted">{formatArrival(chosenShipping)}</p>
            {checkout.giftMessage !== '' && <Written title="Gift message" text={checkout.giftMessage} />}
            {checkout.note !== '' && <Written title="Note" text={checkout.note} />}
          </Part>
        )}
        {payment && (
          <Part title="Payment" change="/checkout/payment">
            <p>{paymentName(payment)}</p>
          </Part>
        )}
      </dl>
      <Form method="post" className="mt-8">
        <input type="hidden" name="totalsVersion" value={checkout.totalsVersion} />
        <input type="hidden" name="seenTotal" value={due} />
        <label className="flex min-h-11 items-start gap-3">
          <input
            type="checkbox"
            name="terms"
            className="tick mt-0.5"
            required
            aria-invalid={isMissingTerms || undefined}
            aria-describedby={isMissingTerms ? 'terms-error' : undefined}
          />
          <span>
            I agree to the{' '}
            <Link to="/help/terms" className="link">
              terms of sale
            </Link>{' '}
            and have read how{' '}
            <Link to="/help/returns" className="link">
              returns
            </Link>{' '}
            and{' '}
            <Link to="/help/privacy" className="link">
              privacy
            </Link>{' '}
            work.
          </span>
        </label>
        {isMissingTerms && (
          <p id="terms-error" role="alert" className="mt-1 text-sale">
            {answer.error}
          </p>
        )}
        <SubmitButton className="mt-6 w-full text-lg" busy="Placing your order…">
          {buttonText(checkout)}
        </SubmitButton>
        <p className="mt-3 text-center text-sm text-muted">{afterwards(checkout)}</p>
      </Form>
    </CheckoutFrame>
  );
}

/** What the button does, in the words of the law: it costs money. */
function buttonText({ payment, totals }: Checkout): string {
  const due = formatMoney(totals.due);
  if (totals.due.amount === 0) return 'Place order';
  return payment?.method === 'card' ? `Place order and pay ${due}` : `Place order, ${due} to pay`;
}

function afterwards({ payment }: Checkout): string {
  switch (payment?.method) {
    case 'hosted':
      return 'You pay on the next page, with our payment service.';
    case 'bank_transfer':
      return 'You get our bank details at once, on the next page and by mail.';
    case 'pay_link':
      return 'We mail you a link that you can pay by, on any device.';
    case 'invoice':
      return 'The invoice comes by mail.';
    case 'cash_on_collection':
      return 'You pay in cash when you fetch it.';
    default:
      return 'You can return unused things within 30 days.';
  }
}

function Written({ title, text }: { title: string; text: string }) {
  return (
    <p className="mt-2 text-sm">
      <span className="text-muted">{title}: </span>
      <span className="break-words whitespace-pre-line">{text}</span>
    </p>
  );
}

function Part({ title, change, children }: { title: string; change: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-4 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <dt className="col-start-1 text-muted">{title}</dt>
      <dd className="col-start-1 min-w-0 sm:col-start-2">{children}</dd>
      <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3">
        <Link to={change} className="link -my-2 inline-flex min-h-11 items-center text-sm">
          Change<span className="sr-only"> {title.toLowerCase()}</span>
        </Link>
      </dd>
    </div>
  );
}
