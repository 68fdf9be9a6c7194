import { startTags, type Tag } from './tags.ts';

/** How many pictures below the first screen a browser fetches before anybody scrolls: those that are near. */
const NEAR = 8;
/** CSS pixels of a card's picture on a screen of 1,280 × 800 by two device pixels, and of the picture that a page is about. */
const CARD_WIDTH = 320;
const MAIN_WIDTH = 640;

/** The files that a browser fetches for a page, each once: addresses as the page writes them. */
export interface PageFiles {
  /** Styles, scripts and fonts. */
  readonly assets: readonly string[];
  readonly pictures: readonly string[];
}

/** What a browser that can AVIF fetches with this page before anybody scrolls. */
export function filesOf(html: string): PageFiles {
  return { assets: unique(assetsOf(html)), pictures: unique(picturesOf(html)) };
}

const wantedLinks = new Set(['stylesheet', 'modulepreload', 'preload', 'icon', 'manifest']);

function assetsOf(html: string): string[] {
  const links = startTags(html, 'link').filter(({ attributes }) =>
    wantedLinks.has(attributes.get('rel') ?? ''),
  );
  const scripts = startTags(html, 'script');
  return [
    ...links.map((tag) => tag.attributes.get('href')),
    ...scripts.map((tag) => tag.attributes.get('src')),
  ]
    .filter((address) => address !== undefined)
    .filter(isToBeFetched);
}

function picturesOf(html: string): string[] {
  const sources = startTags(html, 'source');
  const images = startTags(html, 'img');
  let near = 0;
  return images.flatMap((image, index) => {
    const isLazy = image.attributes.get('loading') === 'lazy';
    if (isLazy && ++near > NEAR) return [];
    const before = images[index - 1]?.to ?? 0;
    // its sources stand between the image before and it
    const avif = sources.find(
      (source) =>
        source.from >= before && source.to <= image.from && source.attributes.get('type') === 'image/avif',
    );
    const address = pictureAddress(avif ?? image, image, isLazy ? CARD_WIDTH : MAIN_WIDTH);
    return isToBeFetched(address) ? [address] : [];
  });
}

function pictureAddress(source: Tag, image: Tag, width: number): string {
  const candidates = (source.attributes.get('srcset') ?? '')
    .split(',')
    .map((candidate) => candidate.trim().split(/\s+/))
    .map(([address = '', size = '']) => ({ address, width: Number.parseInt(size, 10) }))
    .filter((candidate) => candidate.address !== '' && candidate.width > 0)
    .sort((a, b) => a.width - b.width);
  const fits = candidates.find((candidate) => candidate.width >= width) ?? candidates.at(-1);
  return fits?.address ?? image.attributes.get('src') ?? '';
}

const isToBeFetched = (address: string) => address !== '' && !address.startsWith('data:');

function unique(addresses: readonly string[]): string[] {
  return [...new Set(addresses)];
}
