import { Link } from '@remix-run/react';
import type { Cart } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';
import { ProductImage } from './ProductImage.tsx';

/** Something that a promotion adds for nothing. */
export function GiftLine({ gift }: { gift: Cart['gifts'][number] }) {
  return (
    <li className="grid grid-cols-[6rem_minmax(0,1fr)] gap-4 py-6 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-6">
      <Link
        to={`/p/${gift.handle}`}
        tabIndex={-1}
        aria-hidden="true"
        className="block aspect-square overflow-hidden rounded-picture"
      >
        <ProductImage image={gift.image} alt="" sizes="8rem" />
      </Link>
      <div className="flex flex-wrap content-start items-start justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <h2 className="font-sans text-lg leading-snug font-semibold tracking-normal">
            <Link to={`/p/${gift.handle}`} className="hover:underline">
              {gift.title}
            </Link>
          </h2>
          {gift.variantTitle && <p className="text-muted">{gift.variantTitle}</p>}
          <p className="text-sm text-muted">Quantity: {gift.quantity}</p>
          <p className="text-sm text-good">{gift.label}</p>
        </div>
        <p className="text-right text-lg font-semibold tabular-nums">
          Free
          <s className="block text-sm font-normal text-muted">
            <span className="sr-only">instead of </span>
            {formatMoney(gift.worth)}
          </s>
        </p>
      </div>
    </li>
  );
}
