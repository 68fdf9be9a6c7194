import { Link } from '@remix-run/react';
import type { ProductSummary } from '../lib/bff-types.ts';
import { Icon } from './Icon.tsx';
import { ProductCard } from './ProductCard.tsx';

interface ProductRowProps {
  readonly id: string;
  readonly title: string;
  readonly products: ProductSummary[];
  readonly more?: { readonly to: string; readonly label: string };
}

/** A titled row of products: swiped on a phone, four beside each other on a wide screen. */
export function ProductRow({ id, title, products, more }: ProductRowProps) {
  if (products.length === 0) return null;
  return (
    <section aria-labelledby={id} className="page">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-2xl lg:text-3xl">
          {title}
        </h2>
        {more && (
          <Link to={more.to} className="link inline-flex min-h-11 items-center gap-1 font-semibold">
            {more.label}
            <Icon name="next" className="size-4" />
          </Link>
        )}
      </div>
      <ul className="-mx-4 flex snap-x snap-mandatory scroll-px-4 gap-4 overflow-x-auto px-4 pb-4 md:mx-0 md:grid md:grid-cols-4 md:gap-6 md:overflow-visible md:px-0 md:pb-0">
        {products.map((product) => (
          <li key={product.id} className="w-[62vw] flex-none snap-start sm:w-[40vw] md:w-auto">
            <ProductCard
              product={product}
              sizes="(min-width: 84rem) 19rem, (min-width: 48rem) 23vw, (min-width: 40rem) 40vw, 62vw"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
