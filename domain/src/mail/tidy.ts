/** Line breaks and other control characters, and those that turn the direction of what follows. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A text on one line: whatever is put into a mail must not forge a line of it, or a header. */
export function onOneLine(text: string): string {
  return text.replaceAll(unprintable, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** Every text within a value on one line. */
export function tidy(value: unknown): unknown {
  if (typeof value === 'string') return onOneLine(value);
  if (Array.isArray(value)) return value.map(tidy);
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidy(part)]));
  }
  return value;
}

const LONGEST_NAME = 60;
/** What mail programs make links of, and what only advertisements are called. */
const linkLike = /[@/\\<>]|www\.|\.\p{L}{2,}(?=\P{L}|$)/iu;

/**
 * A name as a mail may speak to it; empty when it is no name. Anybody can register somebody else's address with
 * "Win at evil.example" for a name, and the shop must not deliver that.
 */
export function nameToGreet(name: string): string {
  return name.length > LONGEST_NAME || linkLike.test(name) ? '' : name;
}
