import { sql } from 'kysely';
import type { TransactionContext } from '../../kernel/index.ts';
import type { ProductInput } from '../model.ts';
import { freeSlug, slugOfName } from '../slugs.ts';

/** What products refer to, by name. All exist in the database. */
export interface References {
  brandId(name: string): string;
  categoryId(path: readonly string[]): string;
  attribute(key: string): { id: string; type: 'text' | 'number' | 'boolean' };
  /** Whether a category was made: the cached tree is out of date then. */
  readonly madeCategories: boolean;
}

/** Separates the names of a path in keys; no name holds it, as it is a control character. */
const SEPARATOR = '\u001f';
const keyOf = (path: readonly string[]) => path.map((name) => name.toLowerCase()).join(SEPARATOR);

/** Finds the brands, categories and attributes that products refer to, and makes those that are missing. */
export async function makeReferences(
  tx: TransactionContext,
  products: readonly Pick<ProductInput, 'brand' | 'categoryPath' | 'attributes'>[],
): Promise<References> {
  const wanted = {
    brands: new Map(
      products.flatMap(({ brand }) => (brand === null ? [] : [[brand.toLowerCase(), brand] as const])),
    ),
    paths: new Map(
      products.flatMap(({ categoryPath }) =>
        categoryPath.map((_, depth) => {
          const path = categoryPath.slice(0, depth + 1);
          return [keyOf(path), path] as const;
        }),
      ),
    ),
    attributes: new Map(
      products.flatMap(({ attributes }) =>
        attributes.map((attribute) => [attribute.key, attribute] as const),
      ),
    ),
  };
  let found = await load(tx, wanted.brands, wanted.attributes);
  const isMissing = () =>
    [...wanted.brands.keys()].some((key) => !found.brands.has(key)) ||
    [...wanted.paths.keys()].some((key) => !found.categories.has(key)) ||
    [...wanted.attributes.keys()].some((key) => !found.attributes.has(key));
  let madeCategories = false;
  if (isMissing()) {
    // one maker at a time, so that two imports agree on who has which slug
    await sql`select pg_advisory_xact_lock(hashtext('catalog.references'))`.execute(tx.db);
    found = await load(tx, wanted.brands, wanted.attributes);
    await makeBrands(tx, wanted.brands, found);
    madeCategories = await makeCategories(tx, wanted.paths, found);
    await makeAttributes(tx, wanted.attributes, found);
  }
  return {
    brandId: (name) => existing(found.brands, name.toLowerCase()),
    categoryId: (path) => existing(found.categories, keyOf(path)).id,
    attribute: (key) => existing(found.attributes, key),
    madeCategories,
  };
}

function existing<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`no reference was made for ${key}`);
  return value;
}

type Found = Awaited<ReturnType<typeof load>>;

async function load(
  tx: TransactionContext,
  brands: ReadonlyMap<string, string>,
  attributes: ReadonlyMap<string, unknown>,
) {
  const brandRows = await brandsNamed(tx, [...brands.values()]);
  const attributeRows =
    attributes.size === 0
      ? []
      : await tx.db
          .selectFrom('attributes')
          .select(['id', 'key', 'type'])
          .where('key', 'in', [...attributes.keys()])
          .execute();
  const categoryRows = await tx.db
    .selectFrom('categories')
    .select(['id', 'parent_id', 'slug', 'name'])
    .orderBy('position')
    .execute();
  const byId = new Map(categoryRows.map((row) => [row.id, row]));
  const pathOf = (row: (typeof categoryRows)[number]): string[] => {
    const parent = row.parent_id === null ? undefined : byId.get(row.parent_id);
    return parent ? [...pathOf(parent), row.name] : [row.name];
  };
  return {
    brands: new Map(brandRows.map((row) => [row.wanted.toLowerCase(), row.id])),
    attributes: new Map(attributeRows.map((row) => [row.key, { id: row.id, type: row.type }])),
    categories: new Map(categoryRows.map((row) => [keyOf(pathOf(row)), { id: row.id, slug: row.slug }])),
  };
}

async function brandsNamed(tx: TransactionContext, names: readonly string[]) {
  if (names.length === 0) return [];
  const { rows } = await sql<{ wanted: string; id: string }>`
    select wanted, brands.id
    from unnest(${names}::text[]) as wanted join brands on lower(brands.name) = lower(wanted)
  `.execute(tx.db);
  return rows;
}

async function makeBrands(tx: TransactionContext, wanted: ReadonlyMap<string, string>, found: Found) {
  const missing = [...wanted].filter(([key]) => !found.brands.has(key));
  if (missing.length === 0) return;
  const candidates = missing.map(([, name]) => slugOfName(name));
  const taken = await tx.db
    .selectFrom('brands')
    .select('slug')
    .where((eb) => eb.or(candidates.map((slug) => eb('slug', 'like', `${slug}%`))))
    .execute();
  const slugs = new Set(taken.map((row) => row.slug));
  const rows = missing.map(([, name]) => {
    const slug = freeSlug(slugOfName(name), (candidate) => slugs.has(candidate));
    slugs.add(slug);
    return { id: tx.ids.next(), slug, name, created_at: tx.clock.now() };
  });
  // Postgres may hold two names for the same that JavaScript does not
  await tx.db
    .insertInto('brands')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const row of await brandsNamed(
    tx,
    rows.map(({ name }) => name),
  )) {
    found.brands.set(row.wanted.toLowerCase(), row.id);
  }
}

async function makeCategories(
  tx: TransactionContext,
  wanted: ReadonlyMap<string, readonly string[]>,
  found: Found,
): Promise<boolean> {
  const slugs = new Set([...found.categories.values()].map((category) => category.slug));
  const rows = [];
  const missing = [...wanted].filter(([key]) => !found.categories.has(key));
  for (const [key, path] of missing.sort(([, a], [, b]) => a.length - b.length)) {
    const name = path.at(-1) ?? '';
    const parent = path.length > 1 ? existing(found.categories, keyOf(path.slice(0, -1))) : null;
    const own = slugOfName(name);
    const wish = parent !== null && slugs.has(own) ? `${parent.slug}-${own}` : own;
    const slug = freeSlug(wish, (candidate) => slugs.has(candidate));
    slugs.add(slug);
    const id = tx.ids.next();
    found.categories.set(key, { id, slug });
    const position = found.categories.size;
    rows.push({ id, parent_id: parent?.id ?? null, slug, name, position, created_at: tx.clock.now() });
  }
  if (rows.length > 0) await tx.db.insertInto('categories').values(rows).execute();
  return rows.length > 0;
}

async function makeAttributes(
  tx: TransactionContext,
  wanted: ReadonlyMap<string, ProductInput['attributes'][number]>,
  found: Found,
) {
  const rows = [...wanted.values()]
    .filter(({ key }) => !found.attributes.has(key))
    .map(({ key, label, value, unit }) => {
      const id = tx.ids.next();
      const type = typeOf(value);
      found.attributes.set(key, { id, type });
      return { id, key, label, unit, type };
    });
  if (rows.length > 0) await tx.db.insertInto('attributes').values(rows).execute();
}

/** The type of attribute that a value belongs to. */
export function typeOf(value: string | number | boolean): 'text' | 'number' | 'boolean' {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}
