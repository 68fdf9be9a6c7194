import type { Picture } from '../lib/bff-types.ts';
import { ProductImage } from './ProductImage.tsx';

/** How the smaller pictures stand, by how many there are. */
const columns: Record<number, string> = {
  0: 'sm:grid-cols-1',
  1: 'sm:grid-cols-1',
  2: 'sm:grid-cols-2',
  4: 'sm:grid-cols-2',
};

interface ProductGalleryProps {
  readonly images: Picture[];
  /** The picture of the chosen variant comes first. */
  readonly firstKey: string | null;
  readonly title: string;
}

/** A product's pictures: swiped on a phone, laid out on a wide screen. */
export function ProductGallery({ images, firstKey, title }: ProductGalleryProps) {
  const first = images.find((image) => image.key === firstKey) ?? images[0] ?? null;
  const rest = images.filter((image) => image !== first);
  const isAlone = rest.length === 0;
  return (
    <section aria-label="Pictures">
      <ul
        key={first?.key}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and a keyboard must be able to scroll it
        tabIndex={0}
        className={`-mx-4 flex snap-x snap-mandatory gap-3 overflow-x-auto px-4 pb-2 sm:mx-0 sm:grid sm:overflow-visible sm:px-0 lg:gap-4 ${columns[rest.length] ?? 'sm:grid-cols-3'}`}
      >
        <li
          className={`aspect-square flex-none snap-center overflow-hidden rounded-picture sm:col-span-full sm:w-auto ${isAlone ? 'w-full' : 'w-[88%]'}`}
        >
          <ProductImage
            image={first}
            alt={first?.alt || title}
            isMain
            sizes="(min-width: 84rem) 46rem, (min-width: 64rem) 55vw, 92vw"
          />
        </li>
        {rest.map((image, index) => (
          <li
            key={image.key}
            className="aspect-square w-[88%] flex-none snap-center overflow-hidden rounded-picture sm:w-auto"
          >
            <ProductImage
              image={image}
              alt={image.alt || `${title}, picture ${index + 2}`}
              sizes="(min-width: 84rem) 23rem, (min-width: 64rem) 27vw, (min-width: 40rem) 45vw, 88vw"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
