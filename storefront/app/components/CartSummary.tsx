import { Form, Link } from '@remix-run/react';
import type { Cart, Money } from '../lib/bff-types.ts';
import type { CartAnswer } from '../lib/cart-actions.server.ts';
import { nearMessage } from '../lib/cart-messages.ts';
import { count, formatMoney } from '../lib/format.ts';
import { CodeEntry } from './CodeEntry.tsx';
import { DeliveryEstimate, type ServedCountry } from './DeliveryEstimate.tsx';
import { FreeShippingProgress } from './FreeShippingProgress.tsx';
import { Icon } from './Icon.tsx';

interface CartSummaryProps {
  readonly cart: Cart;
  readonly countries: readonly ServedCountry[];
  /** A code that was just refused on a page without scripts. */
  readonly refused: CartAnswer | null;
}

/** What the cart comes to and why, codes, an estimate, and the way to the checkout. */
export function CartSummary({ cart, countries, refused }: CartSummaryProps) {
  const hasProblems = cart.lines.some((line) => line.problems.length > 0);
  const near = cart.near.filter(({ on }) => on !== 'shipping' || cart.freeShipping === null);
  return (
    <section
      aria-labelledby="summary"
      className="grid gap-4 self-start rounded-picture bg-wash p-6 lg:sticky lg:top-6"
    >
      <h2 id="summary" className="text-xl">
        Summary
      </h2>
      {cart.freeShipping && <FreeShippingProgress progress={cart.freeShipping} />}
      {near.length > 0 && (
        <ul className="grid gap-1 text-sm">
          {near.map((hint) => (
            <li key={`${hint.label}-${hint.on}`}>{nearMessage(hint)}</li>
          ))}
        </ul>
      )}
      <Sums cart={cart} />
      <CodeEntry entered={cart} returnTo="/cart" refused={refused} />
      <DeliveryEstimate estimate={cart.estimate} countries={countries} />
      {hasProblems && (
        <Form method="post" action="/cart" className="rounded-control bg-note-wash p-4">
          <p>Something changed since you filled your cart. Mend it line by line, or all at once.</p>
          <button
            type="submit"
            name="intent"
            value="accept"
            className="button button-quiet button-small mt-3"
          >
            Accept all changes
          </button>
        </Form>
      )}
      {cart.canCheckOut ? (
        // its pages let in the scripts of the payment service: only a full load does
        <Link to="/checkout/address" reloadDocument className="button w-full text-lg">
          Check out
        </Link>
      ) : (
        <p>
          <span aria-disabled="true" className="button w-full text-lg">
            Check out
          </span>
        </p>
      )}
      <p className="flex items-center gap-2 text-sm text-muted">
        <Icon name="returns" className="size-4" />
        30 days to change your mind
      </p>
    </section>
  );
}

function Sums({ cart }: { cart: Cart }) {
  const { estimate, isTaxIncluded } = cart;
  const takenOff = cart.discounts.filter(({ amount, on }) => amount.amount > 0 && on !== 'shipping');
  const offShipping = cart.discounts.filter(({ on }) => on === 'shipping');
  const isTold = estimate?.shipping != null;
  return (
    <div>
      <dl className="grid gap-2">
        <Sum label={`Subtotal, ${count(cart.itemCount, 'item')}`} money={cart.subtotal} />
        {takenOff.map(({ label, code, amount, on }) => (
          <Sum
            key={`${label}-${code}-${on}`}
            label={code ? `${label} (${code})` : label}
            money={{ ...amount, amount: -amount.amount }}
            isGood
          />
        ))}
        {estimate?.shipping && (
          <Sum label={`Delivery to ${placeName(estimate.place)}`} money={estimate.shipping} free="Free" />
        )}
        {offShipping.map(({ label, code }) => (
          <div key={`${label}-${code}`} className="flex gap-2 text-sm text-good">
            <dt>{code ? `${label} (${code})` : label}</dt>
            <dd>{isTold ? 'taken off delivery' : 'comes off delivery'}</dd>
          </div>
        ))}
        {estimate?.tax && !isTaxIncluded && <Sum label="Tax, estimated" money={estimate.tax} />}
        <div className="mt-1 flex justify-between gap-4 border-t border-line pt-3 text-xl font-semibold">
          <dt>{isTold ? 'Estimated total' : 'Total so far'}</dt>
          <dd className="tabular-nums">{formatMoney(cart.total)}</dd>
        </div>
        {cart.giftCards
          .filter((card) => card.amount.amount > 0)
          .map((card) => (
            <Sum
              key={card.id}
              label={`Gift card ending in ${card.last4}`}
              money={{ ...card.amount, amount: -card.amount.amount }}
            />
          ))}
        {cart.giftCards.length > 0 && (
          <div className="flex justify-between gap-4 text-lg font-semibold">
            <dt>Left to pay</dt>
            <dd className="tabular-nums">{formatMoney(cart.due)}</dd>
          </div>
        )}
      </dl>
      <p className="mt-1 text-sm text-muted">{noteOf(cart, isTold)}</p>
    </div>
  );
}

function placeName({ region, postcode, country }: NonNullable<Cart['estimate']>['place']): string {
  return [region, postcode || country].filter(Boolean).join(' ');
}

/** What is not in the total yet. */
function noteOf({ isTaxIncluded, estimate }: Cart, isTold: boolean): string {
  if (isTaxIncluded) {
    const vat = estimate?.tax ? `Includes ${formatMoney(estimate.tax)} VAT.` : 'Prices include VAT.';
    return isTold ? vat : `${vat} Delivery comes at checkout, before you pay.`;
  }
  return isTold
    ? 'By your full address it may change a little at checkout, before you pay.'
    : 'Delivery and tax come at checkout, before you pay.';
}

interface SumProps {
  readonly label: string;
  readonly money: Money;
  readonly free?: string;
  readonly isGood?: boolean;
}

function Sum({ label, money, free, isGood = false }: SumProps) {
  return (
    <div className={`flex justify-between gap-4 ${isGood ? 'text-good' : ''}`}>
      <dt className="min-w-0">{label}</dt>
      <dd className="tabular-nums">{money.amount === 0 && free ? free : formatMoney(money)}</dd>
    </div>
  );
}
