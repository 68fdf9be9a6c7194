import { Form, useSubmit } from '@remix-run/react';
import type { FormEvent } from 'react';
import type { Currency, FacetValue, SearchResult } from '../lib/bff-types.ts';
import { formatMoney, minorUnits } from '../lib/format.ts';
import type { ListingState } from '../lib/listing-url.ts';
import { swatchOf } from '../lib/swatches.ts';
import { Tick } from './Choice.tsx';
import { Icon } from './Icon.tsx';

interface FiltersProps {
  readonly path: string;
  readonly state: ListingState;
  readonly facets: SearchResult['facets'];
  readonly currency: Currency;
}

const FORM = 'filters';
/** How many values a facet shows before the rest is folded away. */
const SHOWN = 8;

/** What narrows a listing: a plain form with a button; scripts send it at each choice. */
export function Filters({ path, state, facets, currency }: FiltersProps) {
  const submit = useSubmit();
  const apply = (form: HTMLFormElement) => submit(form, { preventScrollReset: true });
  const onChange = (event: FormEvent<HTMLFormElement>) => {
    // A price is applied when it is finished, not at each digit.
    if (event.target instanceof HTMLInputElement && event.target.type === 'checkbox')
      apply(event.currentTarget);
  };
  return (
    <Form action={path} id={FORM} onChange={onChange} preventScrollReset className="divide-y divide-line">
      {state.q && <input type="hidden" name="q" value={state.q} />}
      {state.sort !== 'relevance' && <input type="hidden" name="sort" value={state.sort} />}
      <FacetChoices title="Category" name="category" values={facets.categories} chosen={state.categories} />
      <FacetChoices title="Brand" name="brand" values={facets.brands} chosen={state.brands} />
      <FacetChoices title="Colour" name="colour" values={facets.colours} chosen={state.colours} hasSwatches />
      <PriceRange state={state} range={facets.price} currency={currency} onFinished={apply} />
      <fieldset className="py-4">
        <legend className="sr-only">Availability</legend>
        <label htmlFor={`${FORM}-stock`} className="flex min-h-11 items-center gap-3">
          <Tick
            id={`${FORM}-stock`}
            type="checkbox"
            className="tick"
            name="in_stock"
            value="1"
            isChosen={state.inStock}
          />
          In stock only
          <span className="ml-auto text-sm text-muted tabular-nums">{facets.inStockCount}</span>
        </label>
      </fieldset>
      <div className="without-scripts pt-4">
        <button type="submit" className="button w-full">
          Show products
        </button>
      </div>
    </Form>
  );
}

interface FacetChoicesProps {
  readonly title: string;
  readonly name: string;
  readonly values: readonly FacetValue[];
  readonly chosen: readonly string[];
  readonly hasSwatches?: boolean;
}

function FacetChoices({ title, name, values, chosen, hasSwatches = false }: FacetChoicesProps) {
  if (values.length === 0) return null;
  const ordered = [...values].sort((a, b) => Number(b.isChosen) - Number(a.isChosen));
  const choice = (value: FacetValue) => (
    <li key={value.value}>
      <label htmlFor={`${FORM}-${name}-${value.value}`} className="flex min-h-11 items-center gap-3">
        <Tick
          id={`${FORM}-${name}-${value.value}`}
          type="checkbox"
          className="tick"
          name={name}
          value={value.value}
          isChosen={chosen.includes(value.value)}
        />
        {hasSwatches && (
          <span
            aria-hidden="true"
            className="size-5 flex-none rounded-full border border-line-strong/60"
            style={{ background: swatchOf(value.label) }}
          />
        )}
        <span className="min-w-0 break-words">{value.label}</span>
        <span className="ml-auto text-sm text-muted tabular-nums">{value.count}</span>
      </label>
    </li>
  );
  return (
    <fieldset className="py-4" aria-labelledby={`${FORM}-${name}`}>
      <legend id={`${FORM}-${name}`} className="float-left w-full pb-1 font-display text-lg font-bold">
        {title}
      </legend>
      <ul className="clear-both">{ordered.slice(0, SHOWN).map(choice)}</ul>
      {ordered.length > SHOWN && (
        <details className="group">
          <summary className="flex min-h-11 items-center gap-1 text-sm font-semibold">
            {ordered.length - SHOWN} more
            <Icon name="chevron" className="size-4 transition-transform group-open:rotate-180" />
          </summary>
          <ul>{ordered.slice(SHOWN).map(choice)}</ul>
        </details>
      )}
    </fieldset>
  );
}

interface PriceRangeProps {
  readonly state: ListingState;
  readonly range: SearchResult['facets']['price'];
  readonly currency: Currency;
  onFinished(form: HTMLFormElement): void;
}

function PriceRange({ state, range, currency, onFinished }: PriceRangeProps) {
  const units = minorUnits(currency);
  const inUnits = (amount: number | null) => (amount === null ? '' : String(amount / units));
  const bounds = [
    {
      name: 'price_min',
      label: 'Lowest price',
      value: inUnits(state.priceMin),
      hint: range ? Math.floor(range.min / units) : 0,
    },
    {
      name: 'price_max',
      label: 'Highest price',
      value: inUnits(state.priceMax),
      hint: range ? Math.ceil(range.max / units) : 0,
    },
  ];
  return (
    <fieldset className="py-4" aria-describedby={range ? `${FORM}-price` : undefined}>
      <legend className="float-left w-full pb-2 font-display text-lg font-bold">Price</legend>
      <div className="clear-both grid grid-cols-2 gap-3">
        {bounds.map((bound) => (
          <label key={bound.name} className="text-sm text-muted">
            {bound.label}
            <input
              key={bound.value}
              className="field mt-1"
              type="text"
              inputMode="decimal"
              name={bound.name}
              defaultValue={bound.value}
              placeholder={String(bound.hint)}
              autoComplete="off"
              onBlur={(event) => {
                if (event.target.value.trim() !== bound.value && event.target.form)
                  onFinished(event.target.form);
              }}
            />
          </label>
        ))}
      </div>
      {range && (
        <p id={`${FORM}-price`} className="mt-2 text-sm text-muted tabular-nums">
          From {formatMoney({ amount: range.min, currency })} to{' '}
          {formatMoney({ amount: range.max, currency })}
        </p>
      )}
    </fieldset>
  );
}
