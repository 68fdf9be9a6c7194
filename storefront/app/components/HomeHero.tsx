import { Link } from '@remix-run/react';
import type { ProductSummary } from '../lib/bff-types.ts';
import { ProductImage } from './ProductImage.tsx';

const placements = ['col-span-2 row-span-2', 'col-span-1 row-span-1 self-end', 'col-span-1 row-span-1'];

/** The first thing a shopper sees: what this shop is, and three of its newest things on the counter. */
export function HomeHero({ products }: { products: ProductSummary[] }) {
  return (
    <section aria-labelledby="hero" className="overflow-hidden">
      <div className="bg-accent text-on-accent">
        <div className="page grid items-center gap-10 pt-10 pb-6 lg:grid-cols-[1.1fr_1fr] lg:gap-16 lg:pt-16 lg:pb-10">
          <div>
            <h1
              id="hero"
              className="text-[clamp(3rem,9.5vw,6.5rem)] leading-[0.92] font-extrabold tracking-[-0.04em]"
            >
              Worth carrying home.
            </h1>
            <p className="mt-6 max-w-md text-lg leading-relaxed lg:text-xl">
              A whole market street of well-made things, from makers we know by name. One cart, one parcel, no
              haggling.
            </p>
            <div className="mt-8 flex flex-wrap gap-3">
              <Link
                to="/search?sort=newest"
                className="button bg-on-accent text-accent hover:bg-on-accent/85"
              >
                See what is new
              </Link>
              <Link
                to="/search"
                className="button border-on-accent bg-transparent text-on-accent hover:bg-on-accent hover:text-accent"
              >
                Walk the whole street
              </Link>
            </div>
          </div>
          {products.length > 0 && (
            <ul className="grid grid-cols-3 grid-rows-2 gap-3 lg:gap-4">
              {products.map((product, index) => (
                <li key={product.id} className={placements[index]}>
                  <Link
                    to={`/p/${product.handle}`}
                    className="group relative block aspect-square overflow-hidden rounded-picture focus-visible:outline-on-accent"
                  >
                    <ProductImage
                      image={product.image}
                      alt=""
                      isMain={index === 0}
                      sizes={
                        index === 0 ? '(min-width: 64rem) 26rem, 62vw' : '(min-width: 64rem) 13rem, 30vw'
                      }
                      className="transition-transform duration-300 motion-safe:group-hover:scale-[1.03]"
                    />
                    <span
                      className={
                        index === 0
                          ? 'absolute bottom-3 left-3 max-w-[85%] rounded-full bg-[#16181b] px-3 py-1.5 text-sm font-medium text-white'
                          : 'sr-only'
                      }
                    >
                      {product.title}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <div className="awning-edge" aria-hidden="true" />
    </section>
  );
}
