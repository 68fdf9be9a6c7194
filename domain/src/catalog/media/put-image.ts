import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { authorise, type Context, DomainError } from '../../kernel/index.ts';

/** What an upload may be. No SVG: it is a program, and renders as whoever drew it likes. */
const contentTypes = new Map([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['heif', 'image/avif'],
  ['gif', 'image/gif'],
]);

/** Of what an original may have, so that a small file cannot unpack to gigabytes. */
export const MAX_PIXELS = 50_000_000;
const MAX_BYTES = 30_000_000;

/** The colour of a picture is looked for in this many pixels squared. */
const SAMPLE = 16;

/** A stored original. */
export interface StoredImage {
  /** Names the content: the same picture twice is stored once. */
  key: string;
  /** In pixels, as it is seen (upright). */
  width: number;
  height: number;
  /** The dominant colour, `#rrggbb`. */
  colour: string;
}

/**
 * Stores a picture's original. It is never served itself: pages show renditions, which hold no EXIF data.
 *
 * @throws DomainError `invalid_input` for what is no JPEG, PNG, WebP, AVIF or GIF, is broken, or too large
 */
export async function putImage(ctx: Context, bytes: Uint8Array): Promise<StoredImage> {
  authorise(ctx, 'products:update');
  if (bytes.byteLength > MAX_BYTES) throw new DomainError('invalid_input', 'the picture has more than 30 MB');
  const { format, width, height, colour } = await measure(bytes);
  const contentType = contentTypes.get(format);
  if (contentType === undefined) throw new DomainError('invalid_input', `pictures cannot be ${format}`);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const key = `${hash.slice(0, 2)}/${hash}`;
  const file = originalFile(key);
  if (!(await ctx.services.files.has(file))) await ctx.services.files.put(file, bytes, contentType);
  return { key, width, height, colour };
}

/** Where the original of a key lies. */
export function originalFile(key: string): string {
  return `originals/${key}`;
}

async function measure(bytes: Uint8Array) {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format, autoOrient } = await image.metadata();
    // before decoding: libraries that render SVG follow its links
    if (!contentTypes.has(format)) return { format, ...autoOrient, colour: '' };
    const small = image.resize(SAMPLE, SAMPLE, { fit: 'fill' }).flatten({ background: '#ffffff' });
    const pixels = await small.toColourspace('srgb').raw().toBuffer();
    return { format, ...autoOrient, colour: dominantColour(pixels) };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('invalid_input', `not a usable picture: ${message}`, {}, { cause });
  }
}

/** The mean of the most frequent kind of colour; `pixels` are red, green and blue in turn. */
function dominantColour(pixels: Uint8Array): string {
  const kinds = new Map<number, number[][]>();
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const pixel = [...pixels.subarray(at, at + 3)];
    const kind = pixel.reduce((key, part) => key * 8 + (part >> 5), 0);
    const alike = kinds.get(kind) ?? [];
    alike.push(pixel);
    kinds.set(kind, alike);
  }
  const [most = []] = [...kinds.values()].sort((a, b) => b.length - a.length);
  const mean = [0, 1, 2].map(
    (part) => most.reduce((sum, pixel) => sum + (pixel[part] ?? 0), 0) / most.length,
  );
  return `#${mean.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
