import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { WishlistItem } from '../lib/bff-types.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { ProductImage } from './ProductImage.tsx';
import { ProductPrice } from './ProductPrice.tsx';
import { Stock } from './Stock.tsx';

interface WishlistItemRowProps {
  readonly item: WishlistItem;
  /** What went wrong with this item. */
  readonly error: string | null;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** What an item is called where its picture does not show it. */
export function itemName(item: WishlistItem): string {
  return item.variantTitle ? `${item.title}, ${item.variantTitle}` : item.title;
}

/** One line of a wishlist: what it is, costs, and whether it can be had. */
export function WishlistItemRow({ item, error, children }: WishlistItemRowProps) {
  return (
    <li className="grid grid-cols-[6rem_minmax(0,1fr)] gap-4 py-6 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-6">
      <Link
        to={`/p/${item.handle}`}
        tabIndex={-1}
        aria-hidden="true"
        className={`block aspect-square overflow-hidden rounded-picture ${item.available === 0 ? 'opacity-60' : ''}`}
      >
        <ProductImage image={item.image} alt="" sizes="8rem" />
      </Link>
      <div className="grid content-start gap-3">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
          <div className="min-w-0">
            <h2 className="font-sans text-lg leading-snug font-semibold tracking-normal">
              {item.isForSale ? (
                <Link to={`/p/${item.handle}`} className="hover:underline">
                  {item.title}
                </Link>
              ) : (
                item.title
              )}
            </h2>
            {item.variantTitle && <p className="text-muted">{item.variantTitle}</p>}
          </div>
          {item.price && <ProductPrice price={item.price} compareAt={item.compareAt} className="text-lg" />}
        </div>
        {item.isForSale ? (
          <Stock available={item.available} />
        ) : (
          <p className="text-sm text-muted">No longer for sale</p>
        )}
        {error && <ErrorNote>{error}</ErrorNote>}
        {children}
      </div>
    </li>
  );
}
