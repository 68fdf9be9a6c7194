import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

/** How many words are corrected; queries that are longer are no typing errors. */
const MAX_WORDS = 12;

/**
 * The words, with those that no product has replaced by the nearest that one has: of the same first letter, with at most two
 * letters changed (one in short words). Words with no near one stay. One statement.
 */
export async function correctSpelling(ctx: Context, text: string): Promise<string> {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, MAX_WORDS);
  if (words.length === 0) return text;
  const { rows } = await sql<{ word: string; nearest: string | null }>`
    with typed as (
      select word, unaccent(word) as plain from unnest(${words}::text[]) as typed (word)
    )
    select word, (
      select known.word
      from search_words known
      where left(known.word, 1) = left(plain, 1)
        and length(known.word) between length(plain) - 2 and length(plain) + 2
        and levenshtein_less_equal(known.word, plain, 2) <= case when length(plain) < 5 then 1 else 2 end
      order by levenshtein(known.word, plain), similarity(known.word, plain) desc, known.word
      limit 1
    ) as nearest
    from typed
    where length(plain) between 3 and 40
      and not exists (select from search_words known where known.word = plain)
  `.execute(ctx.db);
  const nearest = new Map(rows.map((row) => [row.word, row.nearest ?? row.word]));
  if (rows.every((row) => row.nearest === null)) return text;
  return words.map((word) => nearest.get(word) ?? word).join(' ');
}
