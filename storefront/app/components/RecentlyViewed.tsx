import { Link } from '@remix-run/react';
import type { ProductSummary } from '../lib/bff-types.ts';
import { ProductImage } from './ProductImage.tsx';
import { ProductPrice } from './ProductPrice.tsx';

/** What the shopper looked at before, quietly: small, and at the end of the page. */
export function RecentlyViewed({ products }: { products: readonly ProductSummary[] }) {
  if (products.length === 0) return null;
  return (
    <section aria-labelledby="recently-viewed" className="page mt-16 lg:mt-20">
      <h2 id="recently-viewed" className="mb-4 text-xl">
        Recently viewed
      </h2>
      <ul className="-mx-4 flex snap-x scroll-px-4 gap-4 overflow-x-auto px-4 pb-4 md:mx-0 md:grid md:grid-cols-6 md:overflow-visible md:px-0 md:pb-0">
        {products.map((product) => (
          <li key={product.id} className="group relative w-32 flex-none snap-start md:w-auto">
            <div className="aspect-square overflow-hidden rounded-picture bg-wash">
              <ProductImage image={product.image} alt="" sizes="(min-width: 48rem) 13rem, 8rem" />
            </div>
            <h3 className="mt-2 line-clamp-2 font-sans text-sm leading-snug font-medium tracking-normal">
              <Link
                to={`/p/${product.handle}`}
                className="after:absolute after:inset-0 group-hover:underline"
              >
                {product.title}
              </Link>
            </h3>
            <ProductPrice
              price={product.price}
              compareAt={product.compareAt}
              isFrom={product.hasPriceRange}
              className="text-sm"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
