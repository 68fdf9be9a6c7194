import { z } from 'zod';
import { currencyCode } from '../kernel/index.ts';

/** The most prices that one call sets. */
export const MAX_PRICES_A_CALL = 1_000;

/** A list of prices that stand before the usual ones: in a region, for a group, for a time; null is any. */
export const priceListInput = z
  .strictObject({
    /** Made by who asks: the same list saved again is the same list. */
    id: z.uuid(),
    name: z.string().trim().min(1).max(120),
    /** Of all its prices; it stays what it was at first. */
    currency: currencyCode,
    regionId: z.uuid().nullable(),
    groupId: z.uuid().nullable(),
    /** A sale strikes the usual price through; another list just stands instead of it. */
    isSale: z.boolean(),
    /** From this moment on. */
    startsAt: z.date().nullable(),
    /** Up to this moment, itself not included. */
    endsAt: z.date().nullable(),
    /** The higher stands before the lower; among equals the lower price. */
    priority: z.int().min(-1_000).max(1_000),
    isActive: z.boolean(),
  })
  .refine((list) => list.startsAt === null || list.endsAt === null || list.startsAt < list.endsAt, {
    path: ['endsAt'],
    error: 'must be after the start',
  });
export type PriceListInput = z.infer<typeof priceListInput>;

export const priceList = z.object({
  ...priceListInput.shape,
  /** How many variants have a price in it. */
  priceCount: z.int(),
  updatedAt: z.date(),
});
export type PriceList = z.infer<typeof priceList>;

export const listedPrice = z.object({
  variantId: z.uuid(),
  amount: z.int(),
  /** What it costs otherwise; null when it has no usual price in the currency. */
  usualAmount: z.int().nullable(),
});
export type ListedPrice = z.infer<typeof listedPrice>;
