import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DepartmentTiles } from '../components/DepartmentTiles.tsx';
import { HomeHero } from '../components/HomeHero.tsx';
import { ProductRow } from '../components/ProductRow.tsx';
import { Promises } from '../components/Promises.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formatLimit, minorUnits } from '../lib/format.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { categoryTree, shopInfo } from '../lib/shop.server.ts';

const SHOWN_DEPARTMENTS = 6;
const ROW = 8;
/** In units of the shop's currency. */
const SMALL_PRICE = 40;

export async function loader(args: LoaderFunctionArgs) {
  const search = bffFor(args).search.products;
  try {
    const [shop, tree, newest] = await Promise.all([
      shopInfo(args),
      categoryTree(args),
      search.query({ sort: 'newest', inStock: true, limit: ROW + 3 }),
    ]);
    const departments = tree.slice(0, SHOWN_DEPARTMENTS);
    const smallPrice = { amount: SMALL_PRICE * minorUnits(shop.currency), currency: shop.currency };
    const [small, ...faces] = await Promise.all([
      search.query({ priceMax: smallPrice.amount, inStock: true, limit: ROW }),
      ...departments.map((department) =>
        search.query({ category: department.slug, inStock: true, limit: 2 }),
      ),
    ]);
    return {
      hero: newest.items.slice(0, 3),
      newest: newest.items.slice(3),
      small: { products: small.items, limit: formatLimit(smallPrice), amount: SMALL_PRICE },
      departments: departments.map((department, index) => ({
        slug: department.slug,
        name: department.name,
        total: faces[index]?.total ?? 0,
        image: faces[index]?.items.find((item) => item.image !== null)?.image ?? null,
      })),
    };
  } catch (error) {
    failPage(args.context, error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => {
  const shop = shopOf(matches);
  return pageMeta({
    ...shop,
    title: shop.shopName,
    description:
      'Well-made things from small makers, in one market street: in stock, fairly priced, sent within a day.',
    path: '/',
    image: data?.hero[0]?.image ?? null,
  });
};

export default function Home() {
  const { hero, newest, small, departments } = useLoaderData<typeof loader>();
  return (
    <>
      <HomeHero products={hero} />
      <div className="mt-14 grid grid-cols-1 gap-16 lg:mt-20 lg:gap-24">
        <DepartmentTiles departments={departments} />
        <ProductRow
          id="new"
          title="Just laid out"
          products={newest.slice(0, ROW)}
          more={{ to: '/search?sort=newest', label: 'All that is new' }}
        />
        <Promises />
        <ProductRow
          id="small"
          title={`Good finds under ${small.limit}`}
          products={small.products}
          more={{ to: `/search?price_max=${small.amount}`, label: 'See them all' }}
        />
      </div>
    </>
  );
}
