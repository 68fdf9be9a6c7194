import type { SearchResult } from '../lib/bff-types.ts';
import { count } from '../lib/format.ts';
import { filterCount, type ListingState } from '../lib/listing-url.ts';
import { AppliedFilters } from './AppliedFilters.tsx';
import { Filters } from './Filters.tsx';
import { Icon } from './Icon.tsx';
import { NothingFound } from './NothingFound.tsx';
import { Paging } from './Paging.tsx';
import { ProductGrid } from './ProductGrid.tsx';
import { SortOrder } from './SortOrder.tsx';
import { TaxNote } from './TaxNote.tsx';

interface ListingProps {
  /** The page's own path: `/search`, `/c/lamps`. */
  readonly path: string;
  readonly state: ListingState;
  readonly result: SearchResult;
  /** What the products are of, in a sentence. */
  readonly name: string;
}

/** Products with what narrows and orders them. The URL holds all of it, so it works as plain links and forms. */
export function Listing({ path, state, result, name }: ListingProps) {
  const { currency } = result;
  const filters = filterCount(state);
  if (result.total === 0 && filters === 0) return <NothingFound query={state.q} />;
  const first = (result.page - 1) * 24 + 1;
  return (
    <div className="mt-8 grid grid-cols-1 gap-x-10 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <section aria-label="Filters" className="mb-4 lg:mb-0">
        <details className="filters-sheet group rounded-picture border border-line">
          <summary className="flex min-h-12 items-center gap-2 px-4 font-semibold">
            <Icon name="filter" />
            Filter{filters > 0 ? ` (${filters})` : ''}
            <Icon name="chevron" className="ml-auto size-5 transition-transform group-open:rotate-180" />
          </summary>
          <div className="border-t border-line px-4 pb-4">
            <Filters path={path} state={state} facets={result.facets} currency={currency} />
          </div>
        </details>
      </section>
      <section aria-label={`Products in ${name}`}>
        <h2 className="sr-only">Products</h2>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p role="status" className="text-muted tabular-nums">
            {result.total > result.items.length && result.items.length > 0
              ? `${first}–${first + result.items.length - 1} of ${count(result.total, 'product')}`
              : count(result.total, 'product')}
          </p>
          <SortOrder path={path} state={state} currency={currency} />
        </div>
        <AppliedFilters path={path} state={state} facets={result.facets} currency={currency} />
        {result.items.length === 0 ? (
          <NothingFound query={state.q} clearPath={path} state={state} />
        ) : (
          <div className="mt-6">
            <ProductGrid products={result.items} hasSidebar />
          </div>
        )}
        <Paging path={path} state={state} currency={currency} pageCount={result.pageCount} />
        {result.items.length > 0 && (
          <p className="mt-8">
            <TaxNote of="All prices" />
          </p>
        )}
      </section>
    </div>
  );
}
