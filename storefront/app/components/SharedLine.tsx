import { Link } from '@remix-run/react';
import type { SharedCart } from '../lib/bff-types.ts';
import { ProductImage } from './ProductImage.tsx';
import { ProductPrice } from './ProductPrice.tsx';

type Line = SharedCart['lines'][number];

/** A thing in a cart that somebody shares: how many, what it costs now, and whether it can be had. */
export function SharedLine({ line }: { line: Line }) {
  const isAway = line.available === 0;
  return (
    <li className="grid grid-cols-[5rem_minmax(0,1fr)] gap-4 py-5 sm:grid-cols-[6rem_minmax(0,1fr)] sm:gap-6">
      <Link
        to={`/p/${line.handle}`}
        tabIndex={-1}
        aria-hidden="true"
        className={`block aspect-square overflow-hidden rounded-picture ${isAway ? 'opacity-60' : ''}`}
      >
        <ProductImage image={line.image} alt="" sizes="6rem" />
      </Link>
      <div className="flex flex-wrap content-start items-start justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <h2 className="font-sans text-lg leading-snug font-semibold tracking-normal">
            <Link to={`/p/${line.handle}`} className="hover:underline">
              {line.title}
            </Link>
          </h2>
          {line.variantTitle && <p className="text-muted">{line.variantTitle}</p>}
          <p className="text-sm text-muted">{standingOf(line)}</p>
        </div>
        {line.unitPrice && (
          <ProductPrice price={line.unitPrice} compareAt={line.compareAt} className="text-lg" />
        )}
      </div>
    </li>
  );
}

function standingOf({ quantity, available, unitPrice }: Line): string {
  const wanted = `Quantity: ${quantity}`;
  if (unitPrice === null) return `${wanted} · not for sale here`;
  if (available === 0) return `${wanted} · sold out`;
  return available < quantity ? `${wanted} · only ${available} left` : wanted;
}
