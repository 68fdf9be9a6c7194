import { Link } from '@remix-run/react';
import type { Currency } from '../lib/bff-types.ts';
import { type ListingState, pagesAround, writeListing } from '../lib/listing-url.ts';
import { Icon } from './Icon.tsx';

interface PagingProps {
  readonly path: string;
  readonly state: ListingState;
  readonly currency: Currency;
  readonly pageCount: number;
}

/** The ways to the other pages of a listing. */
export function Paging({ path, state, currency, pageCount }: PagingProps) {
  if (pageCount <= 1) return null;
  const to = (page: number) => `${path}${writeListing({ ...state, page }, currency)}`;
  const step = 'inline-flex min-h-11 min-w-11 items-center justify-center gap-1 rounded-full px-3';
  return (
    <nav aria-label="Pages" className="mt-12 flex items-center justify-center gap-1 tabular-nums">
      {state.page > 1 && (
        <Link to={to(state.page - 1)} rel="prev" className={`${step} font-semibold hover:bg-wash`}>
          <Icon name="back" />
          <span className="sr-only sm:not-sr-only">Previous</span>
        </Link>
      )}
      <ul className="flex items-center gap-1">
        {pagesAround(state.page, pageCount).map((page, index) => (
          <li key={page ?? `gap-${index}`}>
            {page === null ? (
              <span className="px-1 text-muted" aria-hidden="true">
                …
              </span>
            ) : page === state.page ? (
              <span aria-current="page" className={`${step} bg-action font-semibold text-on-action`}>
                <span className="sr-only">Page </span>
                {page}
              </span>
            ) : (
              <Link to={to(page)} className={`${step} hover:bg-wash`}>
                <span className="sr-only">Page </span>
                {page}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {state.page < pageCount && (
        <Link to={to(state.page + 1)} rel="next" className={`${step} font-semibold hover:bg-wash`}>
          <span className="sr-only sm:not-sr-only">Next</span>
          <Icon name="next" />
        </Link>
      )}
    </nav>
  );
}
