import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Breadcrumb } from '../components/Breadcrumb.tsx';
import { JsonLd } from '../components/JsonLd.tsx';
import { Listing } from '../components/Listing.tsx';
import { SubcategoryLinks } from '../components/SubcategoryLinks.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { listingQuery, readListing } from '../lib/listing-url.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { shopInfo } from '../lib/shop.server.ts';
import { breadcrumbList } from '../lib/structured-data.ts';

export async function loader(args: LoaderFunctionArgs) {
  const slug = args.params.slug ?? '';
  const url = new URL(args.request.url);
  const bff = bffFor(args);
  try {
    const { currency } = await shopInfo(args);
    const state = readListing(url.searchParams, currency);
    const [{ category, breadcrumb }, result] = await Promise.all([
      bff.catalog.category.query({ slug }),
      bff.search.products.query(listingQuery(state, slug)),
    ]);
    return { category, breadcrumb, state, result };
  } catch (error) {
    failPage(args.context, error, (movedTo) => `/c/${movedTo}${url.search}`);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return [];
  const { category, state, result } = data;
  const page = state.page > 1 ? `?page=${state.page}` : '';
  return pageMeta({
    ...shopOf(matches),
    title: state.page > 1 ? `${category.name}, page ${state.page}` : category.name,
    description:
      category.description ||
      `${category.name}: ${result.total} products in stock and on their way to you in days.`,
    path: `/c/${category.slug}${page}`,
    image: result.items[0]?.image ?? null,
  });
};

export default function CategoryPage() {
  const { category, breadcrumb, state, result } = useLoaderData<typeof loader>();
  const shop = useShop();
  const crumbs = breadcrumb.filter((crumb) => crumb.slug !== category.slug);
  return (
    <div className="page pt-4">
      <JsonLd data={breadcrumbList(shop?.shopUrl ?? '', [...crumbs, category])} />
      <Breadcrumb crumbs={crumbs} here={category.name} />
      <h1 className="mt-2 text-4xl lg:text-5xl">{category.name}</h1>
      {category.description && <p className="mt-3 max-w-2xl text-lg text-muted">{category.description}</p>}
      <SubcategoryLinks categories={category.children} />
      <Listing path={`/c/${category.slug}`} state={state} result={result} name={category.name} />
    </div>
  );
}
