import { Form } from '@remix-run/react';
import { useId } from 'react';
import type { Cart } from '../lib/bff-types.ts';
import { useShop } from '../lib/chrome.ts';
import { formatArrival, formatMoney } from '../lib/format.ts';
import { Pick } from './Choice.tsx';

/** A country that parcels go to. */
export interface ServedCountry {
  readonly code: string;
  readonly name: string;
  /** Null where there are no postcodes. */
  readonly postcodeExample: string | null;
}

interface DeliveryEstimateProps {
  readonly estimate: Cart['estimate'];
  readonly countries: readonly ServedCountry[];
}

/** What delivery and tax will be, for a place that the shopper names. */
export function DeliveryEstimate({ estimate, countries }: DeliveryEstimateProps) {
  const id = useId();
  const usual = useShop()?.region?.countries[0] ?? '';
  const chosen = estimate?.place.country ?? usual;
  const served = countries.find(({ code }) => code === chosen) ?? countries[0];
  if (!served) return null;
  return (
    <details className="group border-t border-line pt-2" open={estimate !== null}>
      <summary className="link inline-flex min-h-11 items-center">Estimate delivery and tax</summary>
      <Form method="post" action="/cart" preventScrollReset className="grid gap-3 pb-2">
        <div>
          <label htmlFor={`${id}-country`} className="text-sm text-muted">
            Country
          </label>
          <Pick id={`${id}-country`} name="country" className="field mt-1" chosen={served.code}>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Pick>
        </div>
        <div>
          <label htmlFor={`${id}-postcode`} className="text-sm text-muted">
            Postcode
          </label>
          <div className="mt-1 flex gap-2">
            <input
              id={`${id}-postcode`}
              key={estimate?.place.postcode ?? ''}
              name="postcode"
              className="field min-w-0 grow"
              defaultValue={estimate?.place.postcode ?? ''}
              maxLength={12}
              autoComplete="postal-code"
              autoCapitalize="characters"
              enterKeyHint="done"
            />
            <button type="submit" name="intent" value="place" className="button button-quiet">
              Estimate
            </button>
          </div>
        </div>
      </Form>
      {estimate && <Options estimate={estimate} />}
    </details>
  );
}

function Options({ estimate }: { estimate: NonNullable<Cart['estimate']> }) {
  if (!estimate.isServed) {
    return (
      <p role="status" className="pb-2 text-sm">
        We do not deliver there. Try another place.
      </p>
    );
  }
  return (
    <ul role="status" className="grid gap-2 pb-2 text-sm">
      {estimate.options.map((option) => (
        <li key={option.id} className="flex justify-between gap-4">
          <span className="min-w-0">
            {option.name} <span className="text-muted">· {formatArrival(option)}</span>
          </span>
          <span className="tabular-nums">
            {option.price.amount === 0 ? 'Free' : formatMoney(option.price)}
          </span>
        </li>
      ))}
    </ul>
  );
}
