import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Listing } from '../components/Listing.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { listingQuery, readListing } from '../lib/listing-url.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { shopInfo } from '../lib/shop.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  try {
    const { currency } = await shopInfo(args);
    const state = readListing(params, currency);
    const result = await bffFor(args).search.products.query(listingQuery(state, null));
    return { state, result };
  } catch (error) {
    failPage(args.context, error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta({
    ...shopOf(matches),
    title: data?.state.q ? `“${data.state.q}”` : 'All products',
    description: 'Everything in the shop, to filter and to sort.',
    // Searches are endless: only the listing of everything is worth keeping.
    ...(data?.state.q === '' ? { path: '/search' } : {}),
  });

export default function SearchPage() {
  const { state, result } = useLoaderData<typeof loader>();
  return (
    <div className="page pt-8">
      <h1 className="text-4xl break-words lg:text-5xl">
        {state.q ? (
          <>
            <span className="text-muted">Results for</span> “{state.q}”
          </>
        ) : (
          'The whole street'
        )}
      </h1>
      <Listing path="/search" state={state} result={result} name={state.q ? `“${state.q}”` : 'the shop'} />
    </div>
  );
}
