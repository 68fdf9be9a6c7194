import { Form, useLocation } from '@remix-run/react';
import type { Region } from '../lib/bff-types.ts';
import { useShop } from '../lib/chrome.ts';
import { currencySign } from '../lib/format.ts';
import { Icon } from './Icon.tsx';

/** Where one can shop, and where one does; null when there is nothing to choose. */
function useRegions(): { regions: readonly Region[]; current: Region } | null {
  const { region, regions } = useShop() ?? {};
  return region && regions && regions.length > 1 ? { regions, current: region } : null;
}

/** The choice of where to shop: a post that comes back to the page at hand. The whole page is fetched anew, as every price is another. */
export function RegionChoice() {
  const { pathname, search } = useLocation();
  const choice = useRegions();
  if (choice === null) return null;
  const { regions, current } = choice;
  return (
    <Form method="post" action="/region" reloadDocument>
      <input type="hidden" name="returnTo" value={pathname + search} />
      <ul>
        {regions.map((region) => (
          <li key={region.id}>
            <button
              type="submit"
              name="region"
              value={region.code}
              aria-current={region.id === current.id ? 'true' : undefined}
              className="flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-control px-3 text-left hover:bg-wash"
            >
              <span className="grow">{region.name}</span>
              <span className="whitespace-nowrap text-muted tabular-nums">
                {region.currency} {currencySign(region.currency)}
              </span>
              <Icon
                name="check"
                className={`size-5 text-good ${region.id === current.id ? '' : 'invisible'}`}
              />
            </button>
          </li>
        ))}
      </ul>
    </Form>
  );
}

/** Where one shops, in the header of wide screens: a disclosure that opens without scripts. */
export function HeaderRegion() {
  const { key } = useLocation();
  const region = useRegions()?.current;
  if (!region) return null;
  return (
    <details key={key} className="group relative hidden lg:block">
      <summary className="flex h-12 items-center gap-1 rounded-full px-3 font-semibold hover:bg-wash">
        <span className="sr-only">
          Shop in {region.name}, prices in {region.currency}. Change:{' '}
        </span>
        <span aria-hidden="true">
          {region.currency} {currencySign(region.currency)}
        </span>
        <Icon name="chevron" className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <div className="absolute top-full right-0 z-40 mt-1 w-80 rounded-picture border border-line bg-raised p-3 shadow-xl">
        <p className="px-3 pt-1 pb-2 text-sm text-muted">Where do you shop? Prices are in its currency.</p>
        <RegionChoice />
      </div>
    </details>
  );
}

/** The same in the sheet of phones. */
export function SheetRegion() {
  const region = useRegions()?.current;
  if (!region) return null;
  return (
    <div className="page border-t border-line py-3">
      <p className="text-sm text-muted">
        You shop in {region.name}, in {region.currency}.
      </p>
      <div className="-ml-3">
        <RegionChoice />
      </div>
    </div>
  );
}

/** The same at the foot of every page. */
export function FooterRegion() {
  if (useRegions() === null) return null;
  return (
    <section aria-labelledby="footer-region">
      <h2 id="footer-region" className="mb-2 text-lg">
        Where you shop
      </h2>
      <div className="-ml-3">
        <RegionChoice />
      </div>
    </section>
  );
}
