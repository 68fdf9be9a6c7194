/** A start tag of a page, its attributes by lower-case name, their values decoded. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where it begins, and where what follows it begins. */
  readonly from: number;
  readonly to: number;
}

const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/**
 * The start tags of one name between two places of a page, in order.
 *
 * k6 interprets scripts, on the machine that makes the load: this looks for the few tags that are wanted by `indexOf`, which is native,
 * and never walks the text.
 */
export function startTags(html: string, name: string, from = 0, to = html.length): Tag[] {
  const found: Tag[] = [];
  const opening = `<${name}`;
  for (let at = html.indexOf(opening, from); at !== -1 && at < to; at = html.indexOf(opening, at + 1)) {
    const begin = at + opening.length;
    if (!/[\s/>]/.test(html.charAt(begin))) continue;
    const end = endOfTag(html, begin);
    if (end === -1) break;
    found.push({ name, attributes: attributesOf(html.slice(begin, end)), from: at, to: end + 1 });
  }
  return found;
}

/** Where the `>` is that ends a tag: one within quotes does not. */
function endOfTag(html: string, from: number): number {
  let end = html.indexOf('>', from);
  while (end !== -1 && isWithinQuotes(html.slice(from, end))) end = html.indexOf('>', end + 1);
  return end;
}

function isWithinQuotes(text: string): boolean {
  let quote = '';
  for (const character of text) {
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return quote !== '';
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(attribute)) {
    const value = double ?? single ?? bare ?? '';
    if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), decoded(value));
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Text of HTML with its references to characters replaced. */
export function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi, (all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name] ?? all;
  });
}
