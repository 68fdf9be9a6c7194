import type { Picture } from '../lib/bff-types.ts';

interface ProductImageProps {
  readonly image: Picture | null;
  /** How wide it is shown, as the `sizes` attribute says it. */
  readonly sizes: string;
  /** Empty where a title stands beside it. */
  readonly alt?: string;
  /** The picture that a page is about: it is fetched first. */
  readonly isMain?: boolean;
  readonly className?: string;
}

function sources(image: Picture, format: 'avif' | 'webp'): string {
  return image.widths.map((width) => `/media/${image.key}/${width}.${format} ${width}w`).join(', ');
}

/** A product's picture in the format and width that fits, on its own colour while it loads. */
export function ProductImage({ image, sizes, alt, isMain = false, className = '' }: ProductImageProps) {
  if (image === null) {
    return (
      <div
        className={`grid aspect-square size-full place-items-center bg-wash ${className}`}
        {...(alt === '' ? {} : { role: 'img', 'aria-label': `${alt ?? 'Product'}: no picture yet` })}
      >
        <svg viewBox="0 0 36 36" className="w-1/4 fill-line" aria-hidden="true" focusable="false">
          <path d="M9 7h18l3 9a4 4 0 0 1-8 0 4 4 0 0 1-8 0 4 4 0 0 1-8 0zM8 23h20v2.5H8zM8.5 25h2.5v5H8.5zM25 25h2.5v5H25z" />
        </svg>
      </div>
    );
  }
  const fallbackWidth = image.widths.find((width) => width >= 640) ?? image.widths.at(-1) ?? 640;
  return (
    <picture>
      <source type="image/avif" srcSet={sources(image, 'avif')} sizes={sizes} />
      <img
        src={`/media/${image.key}/${fallbackWidth}.webp`}
        srcSet={sources(image, 'webp')}
        sizes={sizes}
        alt={alt ?? image.alt}
        width={image.width}
        height={image.height}
        loading={isMain ? 'eager' : 'lazy'}
        decoding={isMain ? 'sync' : 'async'}
        // React 18 knows this attribute only in lower case.
        {...(isMain ? { fetchpriority: 'high' } : {})}
        style={{ backgroundColor: image.colour }}
        className={`size-full object-cover ${className}`}
      />
    </picture>
  );
}
