import { Link } from '@remix-run/react';
import type { DrawerLine } from '../lib/cart-drawer.ts';
import { formatMoney } from '../lib/format.ts';
import { ProductImage } from './ProductImage.tsx';

/** A thing in the drawer of the cart. */
export function CartDrawerLine({ line, isPending }: { line: DrawerLine; isPending: boolean }) {
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] gap-4 py-4">
      {/* the words stay readable meanwhile */}
      <span
        className={`block aspect-square overflow-hidden rounded-control ${isPending ? 'opacity-60' : ''}`}
      >
        <ProductImage image={line.image} alt="" sizes="5rem" />
      </span>
      <div className="min-w-0">
        <Link to={`/p/${line.handle}`} className="font-semibold break-words hover:underline">
          {line.title}
        </Link>
        {line.variantTitle && <p className="text-sm text-muted">{line.variantTitle}</p>}
        <p className="text-sm text-muted">Quantity: {line.quantity}</p>
      </div>
      <p className="font-semibold tabular-nums">{formatMoney(line.total)}</p>
    </li>
  );
}
