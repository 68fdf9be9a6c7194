import { Link } from '@remix-run/react';
import type { ProductSummary } from '../lib/bff-types.ts';
import { swatchOf } from '../lib/swatches.ts';
import { ProductImage } from './ProductImage.tsx';
import { ProductPrice } from './ProductPrice.tsx';
import { SaleEnd } from './SaleEnd.tsx';

const SHOWN_COLOURS = 5;

/** A product in a grid or a row: the whole card leads to its page. */
export function ProductCard({
  product,
  sizes,
  isMain,
}: {
  product: ProductSummary;
  sizes: string;
  isMain?: boolean;
}) {
  const label = !product.isInStock ? 'Sold out' : product.isNew ? 'New' : null;
  return (
    <article className="group relative">
      <div className="relative aspect-square overflow-hidden rounded-picture bg-wash">
        <ProductImage
          image={product.image}
          sizes={sizes}
          alt=""
          isMain={isMain ?? false}
          className={`transition-transform duration-300 motion-safe:group-hover:scale-[1.03] ${product.isInStock ? '' : 'opacity-60'}`}
        />
        {label && (
          <span
            className={`absolute top-3 left-3 rounded-full px-3 py-1 text-sm font-semibold ${product.isInStock ? 'bg-accent text-on-accent' : 'bg-ground text-ink'}`}
          >
            {label}
          </span>
        )}
      </div>
      <div className="mt-3 grid gap-0.5">
        {product.brand && <p className="text-sm text-muted">{product.brand}</p>}
        <h3 className="font-sans text-base leading-snug font-medium tracking-normal">
          <Link
            to={`/p/${product.handle}`}
            prefetch="intent"
            className="after:absolute after:inset-0 group-hover:underline"
          >
            {product.title}
          </Link>
        </h3>
        <ProductPrice price={product.price} compareAt={product.compareAt} isFrom={product.hasPriceRange} />
        <SaleEnd at={product.saleEndsAt} />
        {product.colours.length > 1 && <Colours names={product.colours} />}
      </div>
    </article>
  );
}

function Colours({ names }: { names: string[] }) {
  const more = names.length - SHOWN_COLOURS;
  return (
    <p className="mt-1 flex items-center gap-1.5">
      <span className="sr-only">Comes in {names.join(', ')}</span>
      {names.slice(0, SHOWN_COLOURS).map((name) => (
        <span
          key={name}
          aria-hidden="true"
          className="size-3.5 rounded-full border border-line-strong/60"
          style={{ background: swatchOf(name) }}
        />
      ))}
      {more > 0 && (
        <span aria-hidden="true" className="text-xs text-muted">
          +{more}
        </span>
      )}
    </p>
  );
}
