import { createHash } from 'node:crypto';

const written = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['&', ' and '],
]);

/** How long a slug grows before it is cut at a word. */
const MAX_LENGTH = 80;

/**
 * The text as a slug, or '' when it holds no letter or digit that a slug can hold.
 *
 * @example slugify('Crème & Café, 2nd') === 'creme-and-cafe-2nd'
 */
export function slugify(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[ßæœøđłþ&]/g, (letter) => written.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/['’\p{Mark}]/gu, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  let slug = '';
  for (const word of words) {
    if (slug.length + word.length >= MAX_LENGTH && slug !== '') break;
    slug = slug === '' ? word.slice(0, MAX_LENGTH) : `${slug}-${word}`;
  }
  return slug;
}

/** A slug for any name: one that has no Latin letter or digit is named by a short hash, always the same. */
export function slugOfName(name: string): string {
  return slugify(name) || `n${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;
}

/** The first of `slug`, `slug-2`, `slug-3`… that is not taken. */
export function freeSlug(slug: string, isTaken: (candidate: string) => boolean): string {
  if (!isTaken(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const candidate = `${slug}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
