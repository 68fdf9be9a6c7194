import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** A product was made or changed in any way that a page or the search shows; the aggregate is the product. */
export const productChanged = defineEvent('product.changed', z.object({}));
