import { readFile } from 'node:fs/promises';
import { type IndexableProduct, indexableProducts, listProductIds } from '@souk/domain/catalog';
import type { Context } from '@souk/domain/kernel';
import { z } from 'zod';

const Want = z.object({
  articleType: z.string(),
  gender: z.string().optional(),
  baseColour: z.string().optional(),
  brand: z.string().optional(),
  usage: z.string().optional(),
});
export const JudgedQuery = z.object({
  q: z.string(),
  kind: z.enum(['plain', 'typo']),
  want: Want,
  exact: z.int(),
});
export type JudgedQuery = z.infer<typeof JudgedQuery>;

/** What the judgement looks at, by product id. */
export type Traits = ReadonlyMap<string, z.infer<typeof Want>>;

const DEPTH = 10;

export async function readQueries(file: string): Promise<JudgedQuery[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.map((line) => JudgedQuery.parse(JSON.parse(line)));
}

/** The traits of all products, as the catalogue knows them. */
export async function readTraits(ctx: Context): Promise<Traits> {
  const traits = new Map<string, z.infer<typeof Want>>();
  for (let after: string | null = null; ; ) {
    const ids: string[] = await listProductIds(ctx, { after, limit: 1_000 });
    for (const product of await indexableProducts(ctx, ids)) traits.set(product.id, traitsOf(product));
    after = ids.at(-1) ?? null;
    if (ids.length < 1_000) return traits;
  }
}

const genders = ['Men', 'Women', 'Boys', 'Girls', 'Unisex'];
const usages = ['Casual', 'Ethnic', 'Formal', 'Home', 'Party', 'Smart Casual', 'Sports', 'Travel'];

function traitsOf(product: IndexableProduct): z.infer<typeof Want> {
  return {
    articleType: product.categoryPath.at(-1)?.name ?? '',
    gender: product.tags.find((tag) => genders.includes(tag)),
    usage: product.tags.find((tag) => usages.includes(tag)),
    baseColour: product.colours[0],
    brand: product.brand?.name,
  };
}

/** 2: all that was wanted; 1: the right kind of thing and something else that was wanted; 0: neither. */
function gradeOf(want: z.infer<typeof Want>, has: z.infer<typeof Want> | undefined): 0 | 1 | 2 {
  if (!has || has.articleType !== want.articleType) return 0;
  const others = (['gender', 'baseColour', 'brand', 'usage'] as const).filter(
    (key) => want[key] !== undefined,
  );
  const held = others.filter((key) => has[key]?.toLowerCase() === want[key]?.toLowerCase());
  if (held.length === others.length) return 2;
  return held.length > 0 ? 1 : 0;
}

function dcg(grades: readonly number[]): number {
  return grades
    .slice(0, DEPTH)
    .reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
}

/**
 * NDCG@10 of an answer: gain 2^grade − 1, discount log2(rank + 1), against the best order that the catalogue allows. Null for
 * queries that nothing answers.
 */
export function ndcg(query: JudgedQuery, traits: Traits, foundIds: readonly string[]): number | null {
  const best = [...traits.values()].map((has) => gradeOf(query.want, has)).sort((a, b) => b - a);
  const ideal = dcg(best);
  if (ideal === 0) return null;
  return dcg(foundIds.map((id) => gradeOf(query.want, traits.get(id)))) / ideal;
}
