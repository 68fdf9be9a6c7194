import { Form, useSubmit } from '@remix-run/react';
import type { Currency } from '../lib/bff-types.ts';
import { type ListingState, sortLabels, sortOrders, writeListing } from '../lib/listing-url.ts';
import { Pick } from './Choice.tsx';

interface SortOrderProps {
  readonly path: string;
  readonly state: ListingState;
  readonly currency: Currency;
}

/** In which order products stand: a form of its own that carries all filters along. */
export function SortOrder({ path, state, currency }: SortOrderProps) {
  const submit = useSubmit();
  const kept = [...new URLSearchParams(writeListing({ ...state, sort: 'relevance', page: 1 }, currency))];
  return (
    <Form action={path} preventScrollReset className="flex items-center gap-2">
      {kept.map(([name, value]) => (
        <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor="sort" className="text-sm text-muted">
        Sort by
      </label>
      <Pick
        id="sort"
        name="sort"
        className="field w-auto"
        chosen={state.sort}
        onChange={(event) => submit(event.currentTarget.form, { preventScrollReset: true })}
      >
        {sortOrders.map((order) => (
          <option key={order} value={order}>
            {sortLabels[order]}
          </option>
        ))}
      </Pick>
      <button type="submit" className="button button-quiet button-small without-scripts">
        Sort
      </button>
    </Form>
  );
}
