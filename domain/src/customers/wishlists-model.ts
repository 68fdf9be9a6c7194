import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { money } from '../kernel/index.ts';

/** The most lists that one customer may keep. */
export const MAX_WISHLISTS = 20;
/** The most variants that one list may hold. */
export const MAX_WISHLIST_ITEMS = 200;
/** What the list is called that the first wish makes. */
export const FIRST_WISHLIST_NAME = 'Wishlist';
/** Above this, the number of units is nobody's business. */
export const MAX_SHOWN_UNITS = 99;

/** A list's name: on one line, without the spaces around it. */
export const wishlistName = z
  .string()
  .overwrite((text) =>
    text
      .normalize('NFC')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  )
  .min(1, 'Give the list a name')
  .max(60, 'Choose a name of 60 characters or fewer');

/** A variant in a list, with what the shop says of it now. */
export const wishlistItem = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  handle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  image: image.nullable(),
  /** Null when it is not sold any more. */
  price: money.nullable(),
  compareAt: money.nullable(),
  /** Units that can be bought now, at most MAX_SHOWN_UNITS; 0 when sold out or not sold any more. */
  available: z.int(),
  isForSale: z.boolean(),
  addedAt: z.date(),
});
export type WishlistItem = z.infer<typeof wishlistItem>;

/** A list in the overview. */
export const wishlistSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  isShared: z.boolean(),
  itemCount: z.int(),
  /** Pictures of what was added last, four at most. */
  images: z.array(image),
  updatedAt: z.date(),
});
export type WishlistSummary = z.infer<typeof wishlistSummary>;

/** A list as its owner sees it, what was added last first. */
export const wishlistView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What opens it to others, as an absolute URL; null while it is not shared. */
  shareUrl: z.string().nullable(),
  items: z.array(wishlistItem),
});
export type WishlistView = z.infer<typeof wishlistView>;

/** A list as whoever holds its link sees it. */
export const sharedWishlistView = z.object({
  /** Of its owner; empty when they gave no name. */
  firstName: z.string(),
  name: z.string(),
  items: z.array(wishlistItem),
});
export type SharedWishlistView = z.infer<typeof sharedWishlistView>;

/** `on` keeps a link that works already; `off` and `new-link` make every older link void. */
export const sharing = z.enum(['on', 'off', 'new-link']);
export type Sharing = z.infer<typeof sharing>;
