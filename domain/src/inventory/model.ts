import { z } from 'zod';

/** The one location that stock is kept at until there are several. */
export const MAIN_LOCATION_ID = '01900000-0000-7000-8000-000000000002';

/** How long units are held for a shopper who is paying. */
export const RESERVATION_SECONDS = 15 * 60;

/** Units of one variant that somebody wants. */
export const stockLine = z.object({ variantId: z.uuid(), quantity: z.int().min(1) });
export type StockLine = z.infer<typeof stockLine>;

export interface Reservation {
  readonly id: string;
  readonly expiresAt: Date;
}

/** The lines by variant id: locks taken in one order cannot deadlock. */
export function inLockOrder<Line extends { variantId: string }>(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
