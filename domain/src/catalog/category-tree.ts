import { type Context, cached, DomainError } from '../kernel/index.ts';
import type { CategoryNode, Crumb } from './model.ts';

const CACHE_KEY = 'catalog:category-tree';
const CACHE_SECONDS = 60;

/** All categories as trees, in the shop's order. One statement, or none while it is cached. */
export async function categoryTree(ctx: Context): Promise<CategoryNode[]> {
  return cached(ctx.cache, CACHE_KEY, CACHE_SECONDS, () => loadTree(ctx));
}

/** To be called once a change of categories is committed. */
export async function forgetCategoryTree(ctx: Context): Promise<void> {
  await ctx.cache.delete(CACHE_KEY);
}

/**
 * One category with what lies below it, and the way to it from the root, itself included.
 *
 * @throws DomainError `not_found`, or `moved` with `{ slug }` when it lives under another slug now
 */
export async function getCategory(
  ctx: Context,
  input: { slug: string },
): Promise<{ category: CategoryNode; breadcrumb: Crumb[] }> {
  const tree = await categoryTree(ctx);
  const path = pathTo(tree, (node) => node.slug === input.slug);
  const category = path.at(-1);
  if (category) return { category, breadcrumb: crumbsOf(path) };
  const redirect = await ctx.db
    .selectFrom('slug_redirects')
    .innerJoin('categories', 'categories.id', 'slug_redirects.target_id')
    .select('categories.slug')
    .where('slug_redirects.kind', '=', 'category')
    .where('slug_redirects.slug', '=', input.slug)
    .executeTakeFirst();
  if (redirect)
    throw new DomainError('moved', `the category is ${redirect.slug} now`, { slug: redirect.slug });
  throw new DomainError('not_found', `no category is called ${input.slug}`);
}

/** The way from the root to the first node that fits, that one included; empty when none does. */
export function pathTo(
  nodes: readonly CategoryNode[],
  fits: (node: CategoryNode) => boolean,
): CategoryNode[] {
  for (const node of nodes) {
    if (fits(node)) return [node];
    const below = pathTo(node.children, fits);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

/** The way from the root to each category, by category id. */
export function pathsById(
  nodes: readonly CategoryNode[],
  above: readonly CategoryNode[] = [],
): Map<string, readonly CategoryNode[]> {
  const paths = new Map<string, readonly CategoryNode[]>();
  for (const node of nodes) {
    const path = [...above, node];
    paths.set(node.id, path);
    for (const [id, below] of pathsById(node.children, path)) paths.set(id, below);
  }
  return paths;
}

/** A way through the tree as breadcrumbs. */
export function crumbsOf(path: readonly CategoryNode[]): Crumb[] {
  return path.map(({ slug, name }) => ({ slug, name }));
}

async function loadTree(ctx: Context): Promise<CategoryNode[]> {
  const rows = await ctx.db
    .selectFrom('categories')
    .select(['id', 'parent_id', 'slug', 'name', 'description'])
    .orderBy('position')
    .orderBy('name')
    .execute();
  const nodes = new Map<string, CategoryNode>(
    rows.map(({ id, slug, name, description }) => [id, { id, slug, name, description, children: [] }]),
  );
  const roots: CategoryNode[] = [];
  for (const row of rows) {
    const node = nodes.get(row.id);
    if (!node) continue;
    const siblings = row.parent_id === null ? roots : nodes.get(row.parent_id)?.children;
    siblings?.push(node);
  }
  return roots;
}
