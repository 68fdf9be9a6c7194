import { Form, Link } from '@remix-run/react';
import type { Cart } from '../lib/bff-types.ts';
import { useShop } from '../lib/chrome.ts';
import { count, formatMoney } from '../lib/format.ts';
import { Icon } from './Icon.tsx';

/** What the cart comes to, and the way to the checkout. */
export function CartSummary({ cart }: { cart: Cart }) {
  const pricesIncludeTax = useShop()?.region?.pricesIncludeTax ?? false;
  const hasProblems = cart.lines.some((line) => line.problems.length > 0);
  return (
    <section aria-labelledby="summary" className="self-start rounded-picture bg-wash p-6 lg:sticky lg:top-6">
      <h2 id="summary" className="text-xl">
        Summary
      </h2>
      <p className="mt-4 flex justify-between gap-4 text-lg">
        <span>Subtotal, {count(cart.itemCount, 'item')}</span>
        <span className="font-semibold tabular-nums">{formatMoney(cart.subtotal)}</span>
      </p>
      <p className="mt-1 text-sm text-muted">
        {pricesIncludeTax
          ? 'Prices include VAT. Delivery comes at checkout, before you pay.'
          : 'Delivery and tax come at checkout, before you pay.'}
      </p>
      {hasProblems && (
        <Form method="post" action="/cart" className="mt-4 rounded-control bg-note-wash p-4">
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
        <Link to="/checkout/address" className="button mt-6 w-full text-lg">
          Check out
        </Link>
      ) : (
        <p className="mt-6">
          <span aria-disabled="true" className="button w-full text-lg">
            Check out
          </span>
        </p>
      )}
      <p className="mt-4 flex items-center gap-2 text-sm text-muted">
        <Icon name="returns" className="size-4" />
        30 days to change your mind
      </p>
    </section>
  );
}
