import { z } from 'zod';
import type { CartNote } from './cart-note.ts';
import { clearCookie, readCookie, setCookie } from './cookies.server.ts';

const COOKIE = 'souk_cart_note';
/** Longer than a redirect takes. */
const MAX_AGE_SECONDS = 120;
/** All cookies together must fit into a header. */
const MAX_LENGTH = 2_500;
const MAX_TITLE = 80;
const MAX_CHANGES = 8;

const text = z.string().max(200);
const note: z.ZodType<CartNote> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('merged'),
    changes: z.array(z.object({ title: text, wanted: z.int(), kept: z.int() })),
    /** How many more there are. */
    more: z.int(),
  }),
  z.object({ kind: z.literal('removed'), title: text, variantId: z.uuid(), quantity: z.int() }),
  z.object({ kind: z.literal('filled'), added: z.int(), left: z.int() }),
  z.object({ kind: z.literal('code'), error: text, code: text }),
]);

/** What a page is to say once of the cart. It tells nothing secret and decides nothing, so it is not signed. */
export function readCartNote(request: Request, shopUrl: string): CartNote | null {
  const value = readCookie(request, shopUrl, COOKIE, MAX_LENGTH);
  if (value === null) return null;
  try {
    return note
      .nullable()
      .catch(null)
      .parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** The Set-Cookie value that leaves a note for the next page. */
export function cartNoteCookie(left: CartNote, shopUrl: string): string {
  const value = Buffer.from(JSON.stringify(left)).toString('base64url');
  return setCookie({ name: COOKIE, maxAgeSeconds: MAX_AGE_SECONDS }, value, shopUrl);
}

export function clearedCartNote(shopUrl: string): string {
  return clearCookie(COOKIE, shopUrl);
}

/** A note of what found no room when carts were put together. */
export function mergedNote(changes: readonly { title: string; wanted: number; kept: number }[]): CartNote {
  const told = changes.slice(0, MAX_CHANGES).map(({ title, wanted, kept }) => ({
    title: title.slice(0, MAX_TITLE),
    wanted,
    kept,
  }));
  return { kind: 'merged', changes: told, more: changes.length - told.length };
}
