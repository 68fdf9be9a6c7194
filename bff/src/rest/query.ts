import { searchQuery, sortOrders } from '@souk/domain/search';
import { z } from 'zod';

/** Query parameters are text: digits become integers, everything else is left for the schema to refuse. */
const integer = (schema: z.ZodInt) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    schema,
  );

/** A parameter that may be given several times: `brand=a&brand=b`. */
const repeatable = (item: z.ZodString) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item).max(50));

const filter = searchQuery.shape;

const regionCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected the code of a region, such as eu')
  .optional()
  .meta({
    description:
      'The code of the region to shop in, of `/api/v1/regions`: prices are in its currency, and what has none there is left out. The header `x-souk-region` does as well.',
  });

/** Query of `GET /api/v1/products/:handle`. */
export const productQuery = z.object({ region: regionCode });

/** Query of `GET /api/v1/products`. Parameters that are not listed are refused, empty ones count as not given. */
export const productsQuery = z.strictObject({
  q: filter.q.unwrap().optional().meta({ description: 'What to look for; typos are forgiven.' }),
  category: repeatable(z.string().max(120))
    .optional()
    .meta({ description: 'Slug of a category, its descendants included. Several are alternatives.' }),
  brand: repeatable(z.string().max(120))
    .optional()
    .meta({ description: 'Slug of a brand. Several are alternatives.' }),
  colour: repeatable(z.string().max(60))
    .optional()
    .meta({ description: 'A colour. Several are alternatives.' }),
  price_min: integer(z.int().min(0))
    .optional()
    .meta({ description: 'The least price, in minor units of the region’s currency (cents).' }),
  price_max: integer(z.int().min(0))
    .optional()
    .meta({ description: 'The highest price, in minor units of the region’s currency (cents).' }),
  region: regionCode,
  in_stock: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: only what can be bought now.' }),
  sort: z.enum(sortOrders).optional().meta({ description: '`relevance` unless told otherwise.' }),
  limit: integer(z.int().min(1).max(100))
    .optional()
    .meta({ description: 'Products a page; 24 unless told otherwise.' }),
  cursor: z
    .string()
    .max(300)
    .optional()
    .meta({ description: 'The `nextCursor` of the page before, with all other parameters unchanged.' }),
});

/** Drops parameters without a value: clients fill in URL templates. */
export function withoutEmpty(query: unknown): Record<string, unknown> {
  if (typeof query !== 'object' || query === null) return {};
  const given = Object.entries(query).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    Array.isArray(value) ? value.filter((item) => item !== '') : value,
  ]);
  return Object.fromEntries(
    given.filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0)),
  );
}
