import type { Product, Variant } from './bff-types.ts';

/** The parts of a product that choosing needs. */
export interface Choosable {
  readonly options: readonly {
    readonly name: string;
    readonly values: readonly { readonly value: string }[];
  }[];
  readonly variants: readonly Pick<Variant, 'id' | 'options' | 'available'>[];
}

/** Option name to value; not every option need be chosen. */
export type Choice = Readonly<Record<string, string>>;

const reserved = new Set(['quantity', 'requestid', 'stay', 'intent']);

/** What an option is called in the URL and in the form: `Shoe size` is `shoe-size`. */
export function optionParam(name: string): string {
  const param = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return param === '' || reserved.has(param) ? `option-${param}` : param;
}

/** Reads the options that a URL or form chooses; values that the product does not have are left out. */
export function readChoice(product: Choosable, params: URLSearchParams | FormData): Choice {
  const chosen = product.options.flatMap((option) => {
    const value = params.get(optionParam(option.name));
    return option.values.some((known) => known.value === value) && typeof value === 'string'
      ? [[option.name, value] as const]
      : [];
  });
  return Object.fromEntries(chosen);
}

function fits(variant: Pick<Variant, 'options'>, choice: Choice): boolean {
  return Object.entries(choice).every(([name, value]) => variant.options[name] === value);
}

/** The one variant that a whole choice names; null when it does not exist. */
export function exactVariant<Of extends Choosable>(
  product: Of,
  choice: Choice,
): Of['variants'][number] | null {
  if (product.options.some((option) => choice[option.name] === undefined)) return null;
  return product.variants.find((variant) => fits(variant, choice)) ?? null;
}

/**
 * The variant to show for a choice: one that fits and is in stock, else one that fits. Of a combination that does not
 * exist, the first options count; of no choice at all, what is in stock.
 */
export function shownVariant<Of extends Choosable>(product: Of, choice: Choice): Of['variants'][number] {
  const fitting = product.variants.filter((variant) => fits(variant, choice));
  const found = fitting.find((variant) => variant.available > 0) ?? fitting[0];
  if (found !== undefined) return found;
  const chosen = product.options.filter((option) => choice[option.name] !== undefined);
  if (chosen.length === 0) throw new Error('a product has at least one variant');
  const fewer = chosen.slice(0, -1).flatMap(({ name }) => {
    const value = choice[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return shownVariant(product, Object.fromEntries(fewer));
}

/**
 * The variant to go to when one option changes: the others stay as they are where that exists, else whatever has the new
 * value, in stock first.
 */
export function variantAfter<Of extends Choosable>(
  product: Of,
  current: Choice,
  changed: { name: string; value: string },
): Of['variants'][number] {
  const wanted = { ...current, [changed.name]: changed.value };
  return exactVariant(product, wanted) ?? shownVariant(product, { [changed.name]: changed.value });
}

/** Whether a value can be bought with the other options as they are. */
export function standingOf(
  product: Choosable,
  current: Choice,
  name: string,
  value: string,
): 'in-stock' | 'sold-out' | 'none' {
  const variant = exactVariant(product, { ...current, [name]: value });
  if (variant === null) return 'none';
  return variant.available > 0 ? 'in-stock' : 'sold-out';
}

/** The query string that names a variant, `?` included; empty for a product without options. */
export function variantQuery(product: Pick<Product, 'options'>, variant: Pick<Variant, 'options'>): string {
  const params = new URLSearchParams();
  for (const option of product.options) {
    const value = variant.options[option.name];
    if (value !== undefined) params.set(optionParam(option.name), value);
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
