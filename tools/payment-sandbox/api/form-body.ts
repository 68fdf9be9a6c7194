/** A decoded form: text, a list (`expand[]=`, `expand[0]=`) or a map (`metadata[order]=`). */
export type FormValue = string | FormValue[] | FormMap;
export interface FormMap {
  [key: string]: FormValue;
}

const maxDepth = 8;

/**
 * Decodes `application/x-www-form-urlencoded` text with brackets, the way Stripe's API reads bodies and queries.
 * Maps have no prototype, so that a key such as `__proto__` is only a key.
 *
 * @throws Error when a name is used both as a value and as a map, or is nested too deep
 */
export function decodeForm(text: string): FormMap {
  const root = emptyMap();
  for (const [name, value] of new URLSearchParams(text)) insert(root, pathOf(name), value);
  return listsOf(root);
}

/** The same parameters always give the same text, in whatever order they came. */
export function canonicalForm(text: string): string {
  const pairs = [...new URLSearchParams(text)].map((pair) => JSON.stringify(pair));
  return pairs.sort().join('\n');
}

function emptyMap(): FormMap {
  return Object.create(null);
}

/** `a[b][c]` is `['a', 'b', 'c']`; what is not well-formed is one name. */
function pathOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open < 0 || !/^[^[]+(\[[^[\]]*\])+$/.test(name)) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

function insert(root: FormMap, path: string[], value: string): void {
  if (path.length > maxDepth) throw new Error('Parameters are nested too deep.');
  let map = root;
  for (const [index, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(map).length) : part;
    if (index === path.length - 1) {
      map[key] = value;
      return;
    }
    const next = map[key] ?? emptyMap();
    if (typeof next === 'string' || Array.isArray(next)) throw new Error(`Invalid parameter: ${path[0]}`);
    map[key] = next;
    map = next;
  }
}

/** Maps whose keys are 0, 1, 2, … become lists. */
function listsOf(map: FormMap): FormMap {
  for (const [key, value] of Object.entries(map)) {
    if (typeof value === 'string' || Array.isArray(value)) continue;
    const inner = listsOf(value);
    const keys = Object.keys(inner);
    map[key] =
      keys.length > 0 && keys.every((name, index) => name === String(index)) ? Object.values(inner) : inner;
  }
  return map;
}
