import { Link } from '@remix-run/react';
import type { Currency, FacetValue, SearchResult } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';
import {
  filterCount,
  type ListingState,
  withoutChoice,
  withoutFilters,
  writeListing,
} from '../lib/listing-url.ts';
import { Icon } from './Icon.tsx';

interface AppliedFiltersProps {
  readonly path: string;
  readonly state: ListingState;
  readonly facets: SearchResult['facets'];
  readonly currency: Currency;
}

interface Chip {
  readonly key: string;
  readonly label: string;
  readonly without: ListingState;
}

function chipsOf(state: ListingState, facets: SearchResult['facets'], currency: Currency): Chip[] {
  const labelIn = (values: readonly FacetValue[], value: string) =>
    values.find((known) => known.value === value)?.label ?? value;
  const chips = (['categories', 'brands', 'colours'] as const).flatMap((choice) =>
    state[choice].map((value) => ({
      key: `${choice}-${value}`,
      label: labelIn(facets[choice], value),
      without: withoutChoice(state, choice, value),
    })),
  );
  const money = (amount: number) => formatMoney({ amount, currency });
  const { priceMin, priceMax } = state;
  if (priceMin !== null || priceMax !== null) {
    const from = priceMin === null ? null : money(priceMin);
    const to = priceMax === null ? null : money(priceMax);
    chips.push({
      key: 'price',
      label: from && to ? `${from} – ${to}` : from ? `From ${from}` : `Up to ${to}`,
      without: { ...state, priceMin: null, priceMax: null, page: 1 },
    });
  }
  if (state.inStock)
    chips.push({ key: 'stock', label: 'In stock', without: { ...state, inStock: false, page: 1 } });
  return chips;
}

/** What is filtered for, each with the way to drop it. */
export function AppliedFilters({ path, state, facets, currency }: AppliedFiltersProps) {
  if (filterCount(state) === 0) return null;
  return (
    <ul aria-label="Applied filters" className="mt-4 flex flex-wrap gap-2">
      {chipsOf(state, facets, currency).map((chip) => (
        <li key={chip.key}>
          <Link
            to={`${path}${writeListing(chip.without, currency)}`}
            preventScrollReset
            className="inline-flex min-h-11 items-center gap-2 rounded-full bg-wash px-4 text-sm font-medium hover:bg-line"
          >
            <span className="sr-only">Remove filter </span>
            {chip.label}
            <Icon name="close" className="size-4" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to={`${path}${writeListing(withoutFilters(state), currency)}`}
          preventScrollReset
          className="link inline-flex min-h-11 items-center px-2 text-sm font-semibold"
        >
          Clear all
        </Link>
      </li>
    </ul>
  );
}
