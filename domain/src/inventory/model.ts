import { z } from 'zod';

/** The location that stock is kept at in a shop that has only one, and what imports count. */
export const MAIN_LOCATION_ID = '01900000-0000-7000-8000-000000000002';

/** How long units are held for a shopper who is paying. */
export const RESERVATION_SECONDS = 15 * 60;

/** Stands for any number of units. */
export const PLENTY = 1_000_000;

/** The most units of one variant that one change may move. */
export const MAX_UNITS = 100_000_000;

/** Units of one variant that somebody wants. */
export const stockLine = z.object({ variantId: z.uuid(), quantity: z.int().min(1) });
export type StockLine = z.infer<typeof stockLine>;

/** A reservation that is held, and until when. */
export interface Hold {
  readonly id: string;
  readonly expiresAt: Date;
}

export interface Reservation extends Hold {
  /** What it holds; `backordered` is how many of the units wait for stock to arrive. */
  readonly lines: readonly { variantId: string; quantity: number; backordered: number }[];
}

/** How a variant is sold when it is not there. */
export const sellingPolicy = z.enum(['deny', 'backorder', 'preorder']);
export type SellingPolicy = z.infer<typeof sellingPolicy>;

/** What can be sold of a variant now. */
export interface Stock {
  /** Units that can be sold now, those to be sold ahead included; `PLENTY` when that is any number. */
  readonly available: number;
  /** Units of them that can be sent now. */
  readonly onHandAvailable: number;
  readonly policy: SellingPolicy;
  /** When units ship that cannot be sent now; null when they are not sold, or no time is promised. */
  readonly shipsAt: Date | null;
  /** Days until they ship, where a back-order promises some. */
  readonly leadDays: { readonly min: number; readonly max: number } | null;
  /** Whether few are left to be sent. */
  readonly isLow: boolean;
}

/** What is promised to who buys `quantity` units of it now. */
export function promiseOf(
  stock: Stock,
  quantity: number,
): { promise: 'in_stock' | 'backorder' | 'preorder'; shipsAt: Date | null } {
  if (quantity <= stock.onHandAvailable || stock.policy === 'deny')
    return { promise: 'in_stock', shipsAt: null };
  return { promise: stock.policy, shipsAt: stock.shipsAt };
}

/** A place that stock lies at. */
export interface Location {
  readonly id: string;
  readonly country: string;
  /** Where it delivers to; empty: everywhere. */
  readonly countries: readonly string[];
  /** Among those equally near, the lower is taken first. */
  readonly priority: number;
}

/** What can be promised of a variant at a location. */
export interface Source {
  readonly variantId: string;
  readonly locationId: string;
  /** Units that lie there and are nobody's. */
  readonly free: number;
  /** Units that may be promised besides, ahead of stock. */
  readonly ahead: number;
}

/** A question to an allocation strategy; it has an answer: the sources suffice for each line. */
export interface AllocationProblem {
  readonly lines: readonly StockLine[];
  readonly destination: { readonly country: string } | null;
  /** Those that deliver there. */
  readonly locations: readonly Location[];
  readonly sources: readonly Source[];
}

/** Units of a variant that are taken from a location, `ahead` of them ahead of stock. */
export interface Allocation {
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly ahead: number;
}

/**
 * Chooses where the units of a sale come from: each line in full, at most one allocation a variant and location, none of more than its
 * source has. A pure function, as it may be asked again inside a lock.
 */
export type AllocationStrategy = (problem: AllocationProblem) => readonly Allocation[];

/** The lines by variant id. */
export function inLockOrder<Line extends { variantId: string }>(lines: readonly Line[]): Line[] {
  return lines.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
