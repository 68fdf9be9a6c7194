import { Link } from '@remix-run/react';
import type { DrawerView } from '../lib/cart-drawer.ts';
import { count, formatMoney } from '../lib/format.ts';
import { FreeShippingProgress } from './FreeShippingProgress.tsx';

/** What the cart in the drawer comes to, and the ways on. */
export function CartDrawerSums({ view, isPending }: { view: DrawerView; isPending: boolean }) {
  const goods = { ...view.subtotal, amount: view.subtotal.amount - view.discount.amount };
  return (
    <div className="grid gap-4 border-t border-line bg-wash p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
      {view.freeShipping && <FreeShippingProgress progress={view.freeShipping} />}
      <dl className="grid gap-1">
        {view.discount.amount > 0 && (
          <div className="flex justify-between gap-4 text-good">
            <dt>Discounts</dt>
            <dd className="tabular-nums">−{formatMoney(view.discount)}</dd>
          </div>
        )}
        <div className="flex justify-between gap-4 text-lg font-semibold">
          <dt>Subtotal, {count(view.itemCount, 'item')}</dt>
          <dd className="tabular-nums">{formatMoney(goods)}</dd>
        </div>
      </dl>
      <div className="grid grid-cols-2 gap-3">
        <Link to="/cart" className="button button-quiet">
          View cart
        </Link>
        {view.canCheckOut && !isPending ? (
          // its pages let in the scripts of the payment service: only a full load does
          <Link to="/checkout/address" reloadDocument className="button">
            Check out
          </Link>
        ) : (
          <span aria-disabled="true" className="button">
            Check out
          </span>
        )}
      </div>
    </div>
  );
}
