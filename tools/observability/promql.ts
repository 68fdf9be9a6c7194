/** What a query reads: the name of a metric, and its matchers as they are written. */
export interface Selector {
  readonly metric: string;
  readonly matchers: string;
}

const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const keywords = new Set(['and', 'or', 'unless', 'offset', 'bool', 'inf', 'nan']);

/**
 * The selectors of a PromQL expression, in the order of their appearance. Not a parser (promtool is): it knows as much of the language as
 * our rules and dashboards use, and takes names that are followed by a bracket for functions.
 */
export function selectorsOf(expr: string): Selector[] {
  const selectors: Selector[] = [];
  const withoutMatchers = expr.replace(
    /([a-zA-Z_:][\w:]*)\s*\{((?:[^"}]|"[^"]*")*)\}/g,
    (_whole, metric: string, matchers: string) => {
      selectors.push({ metric, matchers });
      return ' ';
    },
  );
  const bare = withoutMatchers
    .replace(/"[^"]*"/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(grouping, ' ');
  for (const match of bare.matchAll(/(?<![\w.$:])([a-zA-Z_:][\w:]*)(\s*\()?/g)) {
    const [, name, bracket] = match;
    if (name === undefined || bracket !== undefined || keywords.has(name)) continue;
    selectors.push({ metric: name, matchers: '' });
  }
  return selectors;
}
