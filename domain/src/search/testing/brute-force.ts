import { slugify } from '../../catalog/index.ts';
import type { SearchQuery } from '../model.ts';
import type { ShopProduct } from './random-shop.ts';

type Choices = Partial<SearchQuery>;
type Facet = 'categories' | 'brands' | 'colours' | 'price' | 'stock';

const slugsOf = (product: ShopProduct) => product.path.map(slugify);
const cheapest = (product: ShopProduct) => Math.min(...product.prices);
const brandSlug = (product: ShopProduct) =>
  product.brand === null ? null : (slugOf.get(product.brand) ?? slugify(product.brand));
/** Names that no slug can be made of are named by the catalogue. */
const slugOf = new Map<string, string>();

/** Tells the slug that the catalogue gave to a name. */
export function learnSlug(name: string, slug: string): void {
  slugOf.set(name, slug);
}

/** Tells whether a product is in the listing of a query, going by the meaning of each facet alone. */
function isFound(product: ShopProduct, query: Choices, without?: Facet): boolean {
  const price = cheapest(product);
  const colours = product.colours.map((colour) => colour.toLowerCase());
  const any = (chosen: readonly string[] | undefined, values: readonly (string | null)[]) =>
    !chosen || chosen.length === 0 || chosen.some((choice) => values.includes(choice));
  return (
    (!query.q || query.q.split(' ').every((word) => product.noun === word)) &&
    (!query.category || slugsOf(product).includes(query.category)) &&
    (without === 'categories' || any(query.categories, slugsOf(product))) &&
    (without === 'brands' || any(query.brands, [brandSlug(product)])) &&
    (without === 'colours' || any(query.colours, colours)) &&
    (without === 'price' || (price >= (query.priceMin ?? 0) && price <= (query.priceMax ?? Infinity))) &&
    (without === 'stock' || !query.inStock || product.stock > 0)
  );
}

/** What a search must answer, by looking at every product. */
export function bruteForce(products: readonly ShopProduct[], query: Choices) {
  const except = (facet: Facet) => products.filter((product) => isFound(product, query, facet));
  const depth = query.category ? depthOf(products, query.category) : -1;
  const prices = except('price').map(cheapest);
  return {
    handles: products.filter((product) => isFound(product, query)).map((product) => product.handle),
    categories: count(
      except('categories').flatMap((product) => slugsOf(product).filter((_, level) => level > depth)),
      query.categories,
    ),
    brands: count(
      except('brands').flatMap((product) => brandSlug(product) ?? []),
      query.brands,
    ),
    colours: count(
      except('colours').flatMap((product) => product.colours.map((colour) => colour.toLowerCase())),
      query.colours,
    ),
    price: prices.length === 0 ? null : { min: Math.min(...prices), max: Math.max(...prices) },
    inStockCount: except('stock').filter((product) => product.stock > 0).length,
  };
}

function depthOf(products: readonly ShopProduct[], category: string): number {
  return Math.max(...products.map((product) => slugsOf(product).indexOf(category)));
}

function count(values: readonly string[], chosen: readonly string[] = []): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(chosen.map((value) => [value, 0]));
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
