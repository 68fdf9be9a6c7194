import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useFetcher, useLoaderData } from '@remix-run/react';
import { AddressLines } from '../components/AddressLines.tsx';
import { CheckoutFrame } from '../components/CheckoutFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import type { Checkout } from '../lib/bff-types.ts';
import { checkoutAt, wayOut } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatArrival, formatMoney } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

/** As long as the card that goes with the parcel. */
const MESSAGE_LENGTH = 500;

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: delivery' });

export async function loader(args: LoaderFunctionArgs) {
  return { checkout: await checkoutAt(args, 'shipping') };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const optionId = form.get('optionId');
  const typed = { note: textOf(form.get('note')), giftMessage: textOf(form.get('giftMessage')) };
  if (typeof optionId !== 'string' || optionId === '') {
    return data({ error: 'Choose how it should be delivered.', typed }, { status: 422 });
  }
  try {
    await bffFor(args).checkout.setShipping.mutate({ optionId, ...typed });
    // what the summary shows for it, before going on
    if (form.has('stay')) return { error: null, typed };
    return redirect('/checkout/payment', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const isUnknown = refusal.code === 'no_shipping' || refusal.code === 'not_found';
    const text = isUnknown
      ? 'This way of delivery is no longer offered. Choose another one.'
      : messageFor(refusal);
    return wayOut(refusal) ?? data({ error: text, typed }, { status: refusal.httpStatus });
  }
}

const textOf = (value: FormDataEntryValue | null) =>
  typeof value === 'string' ? value.slice(0, MESSAGE_LENGTH) : '';

export default function ShippingStep() {
  const { checkout } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const chosen = checkout.chosenShipping?.id ?? checkout.shippingOptions[0]?.id;
  const { note, giftMessage } = answer?.typed ?? checkout;
  const pricing = useFetcher<typeof action>();
  const problem = answer?.error ?? pricing.data?.error;
  return (
    <CheckoutFrame step="shipping" title="How should it get there?" checkout={checkout}>
      {problem && <ErrorNote className="mb-6">{problem}</ErrorNote>}
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
          <fieldset
            onChange={({ currentTarget: { form } }) => {
              const chosen = new FormData(form ?? undefined);
              chosen.set('stay', '1');
              pricing.submit(chosen, { method: 'post' });
            }}
          >
            <legend className="sr-only">Delivery</legend>
            <ul className="grid gap-3">
              {checkout.shippingOptions.map((option) => (
                <li key={option.id}>
                  <OptionChoice option={option} isChosen={option.id === chosen} />
                </li>
              ))}
            </ul>
          </fieldset>
          <details className="group mt-6" open={note !== '' || giftMessage !== ''}>
            <summary className="link inline-flex min-h-11 cursor-pointer items-center">
              Add a gift message or a note
            </summary>
            <div className="mt-3 grid gap-5">
              <TextArea
                name="giftMessage"
                label="Gift message"
                hint="We write it on a card that goes with the parcel."
                text={giftMessage}
              />
              <TextArea
                name="note"
                label="Note for delivery"
                hint="Such as where to leave the parcel."
                text={note}
              />
            </div>
          </details>
          <SubmitButton className="mt-8 w-full text-lg" busy="Saving…">
            Continue to payment
          </SubmitButton>
        </Form>
      )}
    </CheckoutFrame>
  );
}

type Option = Checkout['shippingOptions'][number];

function OptionChoice({ option, isChosen }: { option: Option; isChosen: boolean }) {
  return (
    <label
      htmlFor={option.id}
      className="flex min-h-16 cursor-pointer items-start gap-4 rounded-control border border-line-strong p-4 has-checked:border-ink has-checked:bg-wash has-checked:shadow-[inset_0_0_0_1px_var(--ink)]"
    >
      <input
        id={option.id}
        type="radio"
        name="optionId"
        value={option.id}
        className="tick mt-0.5"
        defaultChecked={isChosen}
        required
      />
      <span className="min-w-0 grow">
        <span className="block font-semibold">{option.name}</span>
        <span className="block">{formatArrival(option)}</span>
        {option.description && <span className="block text-sm text-muted">{option.description}</span>}
        {option.pickup && (
          <span className="mt-1 block text-sm text-muted">
            {[option.pickup.name, ...option.pickup.lines, ...option.pickup.hours].map((line) => (
              <span key={line} className="block">
                {line}
              </span>
            ))}
          </span>
        )}
      </span>
      <span className="font-semibold tabular-nums">
        {option.price.amount === 0 ? 'Free' : formatMoney(option.price)}
      </span>
    </label>
  );
}

interface TextAreaProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly text: string;
}

function TextArea({ name, label, hint, text }: TextAreaProps) {
  return (
    <div className="grid gap-1">
      <label htmlFor={name} className="font-medium">
        {label} <span className="text-sm font-normal text-muted">(optional)</span>
      </label>
      <p id={`${name}-hint`} className="text-sm text-muted">
        {hint}
      </p>
      <textarea
        id={name}
        name={name}
        rows={3}
        maxLength={MESSAGE_LENGTH}
        aria-describedby={`${name}-hint`}
        className="field h-auto py-3"
        defaultValue={text}
      />
    </div>
  );
}
