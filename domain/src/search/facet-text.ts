/**
 * What engines count by: the value and its label in one string, so that a listing knows the names of categories and brands
 * without asking the database. `nike|Nike`; categories with their depth in the tree: `2|running-shoes|Running shoes`.
 */

/** Meilisearch leaves out facet values of more than 468 bytes; a slug has at most 80, a character of a name at most 4. */
const LABEL_LENGTH = 90;

export function facetText(value: string, label: string): string {
  return `${value}|${label.slice(0, LABEL_LENGTH).toWellFormed()}`;
}

export function categoryFacetText(depth: number, slug: string, name: string): string {
  return `${depth}|${facetText(slug, name)}`;
}

export function readFacetText(text: string): { value: string; label: string } {
  const bar = text.indexOf('|');
  return { value: text.slice(0, bar), label: text.slice(bar + 1) };
}

export function readCategoryFacetText(text: string): { depth: number; value: string; label: string } {
  const bar = text.indexOf('|');
  return { depth: Number(text.slice(0, bar)), ...readFacetText(text.slice(bar + 1)) };
}
