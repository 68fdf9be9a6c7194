import { Form, useLocation } from '@remix-run/react';
import type { Region } from '../lib/bff-types.ts';
import { useShop } from '../lib/chrome.ts';
import { currencySign } from '../lib/format.ts';
import { Icon } from './Icon.tsx';

/** The form behind each choice: a post that comes back to the page at hand. The whole page is fetched anew, as every price is another. */
function RegionForm({ regions, current }: { regions: readonly Region[]; current: Region }) {
  const { pathname, search } = useLocation();
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
              <span className="text-muted tabular-nums">
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
  const { region, regions } = useShop() ?? {};
  if (!region || !regions || regions.length < 2) return null;
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
        <RegionForm regions={regions} current={region} />
      </div>
    </details>
  );
}

/** The same at the foot of every page. */
export function FooterRegion() {
  const { region, regions } = useShop() ?? {};
  if (!region || !regions || regions.length < 2) return null;
  return (
    <section aria-labelledby="footer-region">
      <h2 id="footer-region" className="mb-2 text-lg">
        Where you shop
      </h2>
      <div className="-ml-3">
        <RegionForm regions={regions} current={region} />
      </div>
    </section>
  );
}
