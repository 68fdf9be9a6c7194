/** A start tag of a page, its attributes by lower-case name, their values decoded. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where it begins, and where what follows it begins. */
  readonly from: number;
  readonly to: number;
}

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
  let at = from;
  for (;;) {
    const end = html.indexOf('>', at);
    if (end === -1) return -1;
    const quote = /["']/.exec(html.slice(at, end));
    if (quote === null) return end;
    const closing = html.indexOf(quote[0], at + quote.index + 1);
    if (closing === -1) return -1;
    at = closing + 1;
  }
}

/** From one `=` to the next: what stands before it are names, the last of which has the value behind it. */
function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  const add = (name: string, value: string) => {
    const key = name.toLowerCase();
    // of a name that comes twice, the first counts
    if (key !== '' && !attributes.has(key)) attributes.set(key, value);
  };
  let at = 0;
  for (let equals = text.indexOf('='); equals !== -1; equals = text.indexOf('=', at)) {
    const names = text.slice(at, equals).trim().split(/\s+/);
    const valued = names.pop() ?? '';
    for (const name of names) add(name, '');
    const { value, end } = valueAt(text, equals + 1);
    add(valued, decoded(value));
    at = end;
  }
  const rest = text.slice(at).trim();
  // a `/` at the end belongs to the tag
  for (const name of (rest.endsWith('/') ? rest.slice(0, -1) : rest).split(/\s+/)) add(name, '');
  return attributes;
}

function valueAt(text: string, after: number): { value: string; end: number } {
  let from = after;
  while (from < text.length && text.charAt(from).trim() === '') from += 1;
  const quote = text.charAt(from);
  if (quote === '"' || quote === "'") {
    const closing = text.indexOf(quote, from + 1);
    const end = closing === -1 ? text.length : closing;
    return { value: text.slice(from + 1, end), end: end + 1 };
  }
  const length = text.slice(from).search(/\s/);
  const end = length === -1 ? text.length : from + length;
  return { value: text.slice(from, end), end };
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
