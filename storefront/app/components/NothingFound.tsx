import { Link } from '@remix-run/react';
import { useShop } from '../lib/chrome.ts';
import { type ListingState, withoutFilters, writeListing } from '../lib/listing-url.ts';

interface NothingFoundProps {
  readonly query: string;
  /** Where the listing is, when it is the filters that leave nothing. */
  readonly clearPath?: string;
  readonly state?: ListingState;
}

/** In place of products: why there are none, and which ways lead on. */
export function NothingFound({ query, clearPath, state }: NothingFoundProps) {
  const shop = useShop();
  const departments = shop?.categories ?? [];
  const isFiltered = clearPath !== undefined && state !== undefined;
  return (
    <div className="mt-8 rounded-picture bg-wash p-6 lg:p-10">
      <h2 className="text-2xl">
        {isFiltered ? 'Nothing fits all of these filters' : 'We have nothing by that name'}
      </h2>
      <p className="mt-2 max-w-xl text-muted">
        {isFiltered
          ? 'Drop one of them, or clear them all and start over.'
          : query
            ? 'Check the spelling, try fewer or simpler words, or look around by department.'
            : 'These shelves are empty for now. Look around by department.'}
      </p>
      <div className="mt-6 flex flex-wrap gap-2">
        {isFiltered && (
          <Link
            to={`${clearPath}${writeListing(withoutFilters(state), shop?.currency ?? 'USD')}`}
            className="button"
          >
            Clear all filters
          </Link>
        )}
        {!isFiltered && (
          <Link to="/search?sort=newest" className="button">
            See what is new
          </Link>
        )}
        {departments.slice(0, 8).map((department) => (
          <Link key={department.id} to={`/c/${department.slug}`} className="button button-quiet">
            {department.name}
          </Link>
        ))}
      </div>
    </div>
  );
}
