import { createHash } from 'node:crypto';
import type { ProductInput } from '../model.ts';
import { productInput } from '../model.ts';
import { sanitiseHtml } from '../sanitise-html.ts';

/** Grows when the way that products are stored changes, so that the next import writes them anew. */
const STORED_FORM = 1;

/** A product that is sound in itself and ready to be stored. */
export interface PreparedProduct {
  readonly input: ProductInput;
  readonly contentHash: string;
  readonly variantTitles: readonly string[];
}

/** A product with the identity that it has in the database. */
export interface WrittenProduct {
  readonly id: string;
  readonly isNew: boolean;
  readonly product: PreparedProduct;
}

export type Preparation = { product: PreparedProduct } | { reason: string };

/** Checks all that can be checked without the database, and sanitises. */
export function prepareProduct(candidate: unknown): Preparation {
  const parsed = productInput.safeParse(candidate);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a product'}`.replace(/^: /, ''),
    };
  }
  const input = withoutVoidCompareAt({
    ...parsed.data,
    tags: [...new Set(parsed.data.tags)],
    descriptionHtml: sanitiseHtml(parsed.data.descriptionHtml),
  });
  const variantTitles = input.variants.map((variant) => variantTitle(input, variant));
  const reason = unstorableText(input) ?? brokenVariants(input, variantTitles) ?? brokenAttributes(input);
  if (reason !== null) return { reason };
  const contentHash = createHash('sha256')
    .update(JSON.stringify([STORED_FORM, input]))
    .digest('hex');
  return { product: { input, contentHash, variantTitles } };
}

/** The values of a variant's options as a shopper reads them, such as `Navy / M`. */
function variantTitle(input: ProductInput, variant: ProductInput['variants'][number]): string {
  if (input.options.length === 0) return '';
  return input.options.map((option) => variant.optionValues[option.name] ?? '').join(' / ');
}

function withoutVoidCompareAt(input: ProductInput): ProductInput {
  return {
    ...input,
    variants: input.variants.map(({ otherPrices, ...variant }) => ({
      ...variant,
      compareAtAmount: compareAtOf(variant.compareAtAmount, variant.price.amount),
      ...(otherPrices && otherPrices.length > 0
        ? {
            otherPrices: otherPrices.map((price) => ({
              ...price,
              compareAtAmount: compareAtOf(price.compareAtAmount, price.amount),
            })),
          }
        : {}),
    })),
  };
}

function compareAtOf(compareAt: number | null, amount: number): number | null {
  return compareAt !== null && compareAt > amount ? compareAt : null;
}

function brokenVariants(input: ProductInput, titles: readonly string[]): string | null {
  const optionNames = new Set(input.options.map((option) => option.name));
  if (optionNames.size < input.options.length) return 'options: two have the same name';
  for (const option of input.options) {
    const values = new Set(option.values.map(({ value }) => value));
    if (values.size < option.values.length) return `options: ${option.name} lists a value twice`;
    for (const variant of input.variants) {
      const value = variant.optionValues[option.name];
      if (value === undefined) return `variants: ${variant.sku} has no ${option.name}`;
      if (!values.has(value)) return `variants: ${variant.sku} has the unknown ${option.name} ${value}`;
    }
  }
  for (const variant of input.variants) {
    const currencies = [variant.price, ...(variant.otherPrices ?? [])].map(({ currency }) => currency);
    const priced = firstRepeated(currencies);
    if (priced !== undefined) return `variants: ${variant.sku} has two prices in ${priced}`;
    const unknown = Object.keys(variant.optionValues).find((name) => !optionNames.has(name));
    if (unknown !== undefined) return `variants: ${variant.sku} has a value of the unknown option ${unknown}`;
    if (variant.mediaPosition !== null && variant.mediaPosition >= input.media.length) {
      return `variants: ${variant.sku} shows picture ${variant.mediaPosition}, and there is none`;
    }
  }
  const twice = firstRepeated(input.variants.map((variant) => variant.sku));
  if (twice !== undefined) return `variants: the SKU ${twice} stands twice`;
  const same = firstRepeated(titles);
  if (same !== undefined) return `variants: two are ${same}`;
  const media = input.media.find((entry) => entry.storageKey === null && entry.sourceUrl === null);
  if (media) return 'media: a picture has neither a stored file nor a source';
  const unmeasured = input.media.find((entry) => entry.storageKey !== null && !(entry.width && entry.height));
  return unmeasured ? 'media: a stored picture has no width or height' : null;
}

function brokenAttributes(input: ProductInput): string | null {
  const types = new Map<string, string>();
  for (const attribute of input.attributes) {
    const type = typeof attribute.value;
    if ((types.get(attribute.key) ?? type) !== type)
      return `attributes: ${attribute.key} has values of two types`;
    types.set(attribute.key, type);
  }
  return null;
}

function firstRepeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) < index);
}

/** Postgres stores no NUL and no half of a surrogate pair. */
function unstorableText(value: unknown, path = ''): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return `${path}: holds a NUL character`;
    return value.isWellFormed() ? null : `${path}: holds broken Unicode`;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const where = path === '' ? key : `${path}.${key}`;
    const reason = unstorableText(key, where) ?? unstorableText(inner, where);
    if (reason !== null) return reason;
  }
  return null;
}
