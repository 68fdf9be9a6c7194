import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** The most variants that one event names: lists of many prices change by several events. */
export const VARIANTS_AN_EVENT = 500;

/** What variants cost may be another from here on; the aggregate is the price list. Usual prices change with their product. */
export const pricesChanged = defineEvent(
  'prices.changed',
  z.object({ variantIds: z.array(z.uuid()).max(VARIANTS_AN_EVENT) }),
);

/** One can shop in another set of regions, or on other terms; the aggregate is the region. */
export const regionsChanged = defineEvent('regions.changed', z.object({}));
