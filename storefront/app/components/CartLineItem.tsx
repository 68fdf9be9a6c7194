import { Form, Link, useNavigation, useSubmit } from '@remix-run/react';
import type { CartLine } from '../lib/bff-types.ts';
import { promiseMessage } from '../lib/cart-messages.ts';
import { formatMoney } from '../lib/format.ts';
import { Pick } from './Choice.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { Icon } from './Icon.tsx';
import { ProductImage } from './ProductImage.tsx';

/** So few that it is worth saying. */
const FEW = 10;

/** A thing in the cart: how many, what it costs and why, when it is sent, and what is wrong with it. */
export function CartLineItem({ line, error }: { line: CartLine; error: string | null }) {
  const navigation = useNavigation();
  const isChanging = navigation.formData?.get('lineId') === line.id;
  const name = line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title;
  const promise = promiseMessage(line);
  const isGone = line.problems.some(({ code }) => code === 'PRODUCT_UNAVAILABLE');
  return (
    <li
      className={`grid grid-cols-[6rem_minmax(0,1fr)] gap-4 py-6 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-6 ${isChanging ? 'opacity-60' : ''}`}
    >
      <Link
        to={`/p/${line.handle}`}
        tabIndex={-1}
        aria-hidden="true"
        className="block aspect-square overflow-hidden rounded-picture"
      >
        <ProductImage image={line.image} alt="" sizes="8rem" />
      </Link>
      <div className="grid content-start gap-3">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
          <div className="min-w-0">
            <h2 className="font-sans text-lg leading-snug font-semibold tracking-normal">
              <Link to={`/p/${line.handle}`} className="hover:underline">
                {line.title}
              </Link>
            </h2>
            {line.variantTitle && <p className="text-muted">{line.variantTitle}</p>}
            {!isGone && <UnitPrice line={line} />}
            {promise && <p className="text-sm text-muted">{promise}</p>}
          </div>
          {!isGone && <LineTotal line={line} />}
        </div>
        {line.problems.map((problem) => (
          <LineProblem key={problem.code} line={line} problem={problem} name={name} />
        ))}
        {error && <ErrorNote>{error}</ErrorNote>}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {line.maxQuantity > 0 && !isGone && <QuantityForm line={line} name={name} />}
          <Form method="post" action="/cart" preventScrollReset className="flex flex-wrap gap-x-4">
            <input type="hidden" name="lineId" value={line.id} />
            <input type="hidden" name="title" value={name} />
            <LineButton intent="later" label="Save for later" name={name} />
            <LineButton intent="remove" label="Remove" name={name} />
          </Form>
        </div>
      </div>
    </li>
  );
}

function UnitPrice({ line }: { line: CartLine }) {
  const { compareAt, unitPrice } = line;
  const isReduced = compareAt !== null && compareAt.amount > unitPrice.amount;
  return (
    <p className="text-sm text-muted tabular-nums">
      <span className={isReduced ? 'font-semibold text-sale' : ''}>{formatMoney(unitPrice)}</span>{' '}
      {isReduced && (
        <s>
          <span className="sr-only">instead of </span>
          {formatMoney(compareAt)}
        </s>
      )}{' '}
      each
    </p>
  );
}

/** What it comes to, and what takes something off it. */
function LineTotal({ line }: { line: CartLine }) {
  const full = { ...line.unitPrice, amount: line.unitPrice.amount * line.quantity };
  return (
    <div className="text-right tabular-nums">
      <p className="text-lg font-semibold">{formatMoney(line.total)}</p>
      {line.discounts.length > 0 && (
        <>
          <p className="text-sm text-muted">
            <s>
              <span className="sr-only">instead of </span>
              {formatMoney(full)}
            </s>
          </p>
          <ul className="text-sm text-good">
            {line.discounts.map(({ label, amount }) => (
              <li key={label}>
                {label}: −{formatMoney(amount)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function LineButton({ intent, label, name }: { intent: string; label: string; name: string }) {
  return (
    <button
      type="submit"
      name="intent"
      value={intent}
      className="link inline-flex min-h-11 cursor-pointer items-center text-sm"
    >
      {label}
      <span className="sr-only">: {name}</span>
    </button>
  );
}

function QuantityForm({ line, name }: { line: CartLine; name: string }) {
  const submit = useSubmit();
  const most = Math.max(line.maxQuantity, line.quantity);
  return (
    <Form method="post" action="/cart" preventScrollReset className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="lineId" value={line.id} />
      <input type="hidden" name="intent" value="quantity" />
      <label htmlFor={`quantity-${line.id}`} className="flex flex-wrap items-center gap-2 text-sm text-muted">
        Quantity
        <span className="sr-only"> of {name}</span>
        <Pick
          id={`quantity-${line.id}`}
          name="quantity"
          className="field w-24"
          chosen={String(line.quantity)}
          onChange={(event) => submit(event.currentTarget.form, { preventScrollReset: true })}
        >
          {Array.from({ length: most }, (_, index) => index + 1).map((quantity) => (
            <option key={quantity} disabled={quantity > line.maxQuantity && quantity !== line.quantity}>
              {quantity}
            </option>
          ))}
        </Pick>
        {line.maxQuantity <= FEW && <span>of {line.maxQuantity} left</span>}
      </label>
      <button type="submit" className="button button-quiet button-small without-scripts">
        Update<span className="sr-only"> quantity of {name}</span>
      </button>
    </Form>
  );
}

interface LineProblemProps {
  readonly line: CartLine;
  readonly problem: CartLine['problems'][number];
  readonly name: string;
}

function problemText(line: CartLine, problem: LineProblemProps['problem']): string {
  switch (problem.code) {
    case 'OUT_OF_STOCK':
      return problem.available === 0
        ? 'Sold out since you put it here. Remove it, or keep it for later, to go on.'
        : `Only ${problem.available} left: choose fewer to go on.`;
    case 'PRICE_CHANGED':
      return `The price changed from ${formatMoney(problem.previous)} to ${formatMoney(line.unitPrice)}.`;
    case 'PRODUCT_UNAVAILABLE':
      return 'Not for sale here any more. Remove it to go on.';
  }
}

/** What mends it: the intent of a form of the cart. */
function mendOf(problem: LineProblemProps['problem']): { intent: string; label: string; quantity?: number } {
  if (problem.code === 'PRICE_CHANGED') return { intent: 'accept', label: 'Accept the new price' };
  if (problem.code === 'PRODUCT_UNAVAILABLE') return { intent: 'remove', label: 'Take it out' };
  if (problem.available === 0) return { intent: 'later', label: 'Keep it for later' };
  return { intent: 'quantity', label: `Take ${problem.available}`, quantity: problem.available };
}

/** What is wrong at this line, with a button that mends it. */
function LineProblem({ line, problem, name }: LineProblemProps) {
  const mend = mendOf(problem);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control bg-note-wash p-3">
      <p className="flex min-w-0 gap-2">
        <Icon name="alert" className="mt-0.5 size-5" />
        {problemText(line, problem)}
      </p>
      <Form method="post" action="/cart" preventScrollReset>
        <input type="hidden" name="lineId" value={line.id} />
        <input type="hidden" name="title" value={name} />
        {mend.quantity && <input type="hidden" name="quantity" value={mend.quantity} />}
        <button type="submit" name="intent" value={mend.intent} className="button button-quiet button-small">
          {mend.label}
          <span className="sr-only">: {name}</span>
        </button>
      </Form>
    </div>
  );
}
