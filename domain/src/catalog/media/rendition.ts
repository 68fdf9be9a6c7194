import sharp from 'sharp';
import { type Context, DomainError, type FileStore } from '../../kernel/index.ts';
import { RENDITION_FORMATS, RENDITION_WIDTHS, type RenditionFormat } from '../model.ts';
import { limitWork } from './limit.ts';
import { MAX_PIXELS, originalFile } from './put-image.ts';

export interface Rendition {
  content: Uint8Array;
  contentType: string;
}

const keyPattern = /^[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** Drawing takes a core: two at once leave room for pages. */
const whenThereIsRoom = limitWork({ running: 2, waiting: 500 });

/** What is being made now, by store and file: requests for the same rendition share one. */
const underWay = new WeakMap<FileStore, Map<string, Promise<Uint8Array>>>();

/**
 * A picture in one of the sizes and formats that pages use; made when first asked for, and kept.
 *
 * @throws DomainError `not_found` for any other size, format or key, `unavailable` while too many wait to be made
 */
export async function rendition(
  ctx: Context,
  input: { key: string; width: number; format: string },
): Promise<Rendition> {
  const format = RENDITION_FORMATS.find((candidate) => candidate === input.format);
  const width = RENDITION_WIDTHS.find((candidate) => candidate === input.width);
  if (format === undefined || width === undefined || !keyPattern.test(input.key)) {
    throw new DomainError('not_found', `no rendition ${input.key}/${input.width}.${input.format}`);
  }
  const { files } = ctx.services;
  const file = `renditions/${input.key}/${width}.${format}`;
  const content =
    (await files.get(file)) ?? (await once(files, file, () => make(files, input.key, width, format, file)));
  return { content, contentType: `image/${format}` };
}

function once(files: FileStore, file: string, work: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const ours = underWay.get(files) ?? new Map<string, Promise<Uint8Array>>();
  underWay.set(files, ours);
  const running = ours.get(file);
  if (running) return running;
  const started = whenThereIsRoom(work).finally(() => ours.delete(file));
  ours.set(file, started);
  return started;
}

async function make(
  files: FileStore,
  key: string,
  width: number,
  format: RenditionFormat,
  file: string,
): Promise<Uint8Array> {
  const original = await files.get(originalFile(key));
  if (original === null) throw new DomainError('not_found', `no picture has the key ${key}`);
  const content = await encode(original, width, format);
  await files.put(file, content, `image/${format}`);
  return content;
}

/**
 * Upright, in sRGB and without metadata; never larger than the original. The efforts are those where time begins to outgrow
 * what it saves: a card of 640 pixels takes 40 ms of a core, at AVIF effort 4 ten times that for a fifth less.
 */
async function encode(original: Uint8Array, width: number, format: RenditionFormat): Promise<Uint8Array> {
  const image = sharp(original, { limitInputPixels: MAX_PIXELS })
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .toColourspace('srgb');
  return format === 'avif'
    ? image.avif({ quality: 55, effort: 1 }).toBuffer()
    : image.webp({ quality: 78, effort: 3 }).toBuffer();
}
