import type { ProductSummary } from '../lib/bff-types.ts';
import { ProductCard } from './ProductCard.tsx';

/** Products side by side: two on a phone, three or four on wider screens. */
export function ProductGrid({
  products,
  hasSidebar = false,
}: {
  products: ProductSummary[];
  hasSidebar?: boolean;
}) {
  const columns = hasSidebar ? 'grid-cols-2 md:grid-cols-3' : 'grid-cols-2 md:grid-cols-3 lg:grid-cols-4';
  return (
    <ul className={`grid gap-x-4 gap-y-8 lg:gap-x-6 lg:gap-y-10 ${columns}`}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard
            product={product}
            isMain={index < 2}
            sizes="(min-width: 64rem) 20rem, (min-width: 48rem) 30vw, 45vw"
          />
        </li>
      ))}
    </ul>
  );
}
