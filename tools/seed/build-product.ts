import type { ProductDraft, StoredImage } from '@souk/domain/catalog';
import { slugify } from '@souk/domain/catalog';
import { brands } from './brands.ts';
import { type ColourName, colours } from './colours.ts';
import { soldAhead } from './demo-stock.ts';
import type { Entry } from './entries.ts';
import { priceInEuros, roundedUp } from './prices.ts';
import { type Random, randomOf } from './random.ts';
import type { Picture } from './stills/scene.ts';
import { brightness } from './stills/tone.ts';

const DAY_MS = 86_400_000;

/** The pictures of a product: one of each colour, in the same scene. */
export function picturesOf(entry: Entry): Picture[] {
  const girth = 0.95 + randomOf(`girth ${entry.name}`).next() * 0.1;
  return entry.colours.map((colour) => ({
    name: `${entry.name} ${colour}`,
    shape: entry.shape,
    scene: entry.name,
    look: { main: colours[colour], accent: trimFor(entry, colour), form: entry.form, girth },
  }));
}

/** The family's trim, or one that can be told from the thing itself. */
function trimFor(entry: Entry, colour: ColourName): string {
  const [main, trim] = [brightness(colours[colour]), colours[nameOf(entry.family.trim)]];
  if (Math.abs(main - brightness(trim)) > 0.12) return trim;
  return main > 0.5 ? colours.Charcoal : colours.Oat;
}

function nameOf(trim: string): ColourName {
  const names = Object.keys(colours).filter((name): name is ColourName => name in colours);
  return names.find((name) => name === trim) ?? 'Oat';
}

/**
 * The product of an entry, always the same but for the dates.
 *
 * @param images of `picturesOf`, in order
 * @param until the day that the newest products came out
 */
export function buildProduct(entry: Entry, images: readonly StoredImage[], until: Date): ProductDraft {
  const random = randomOf(entry.name);
  const handle = slugify(entry.name);
  const isReduced = random.next() < 0.14;
  const isSoldOut = random.next() < 0.02;
  const isToCome = soldAhead(entry.name) === 'preorder';
  const publishedAt = new Date(until.getTime() - Math.floor(random.next() ** 1.4 * 360) * DAY_MS);
  const sizes: Entry['sizes'] = entry.sizes.length > 0 ? entry.sizes : [['', 0]];
  return {
    handle,
    externalId: null,
    title: entry.name,
    descriptionHtml: descriptionOf(entry),
    brand: entry.brand,
    categoryPath: [entry.family.department, entry.family.category],
    tags: tagsOf(entry, random),
    status: 'published',
    publishedAt,
    seoTitle: `${entry.name} by ${entry.brand}`,
    seoDescription: entry.blurb,
    attributes: attributesOf(entry),
    options: [
      { name: 'Colour', values: entry.colours.map((colour) => ({ value: colour, swatch: colours[colour] })) },
      ...(entry.sizes.length > 0
        ? [{ name: 'Size', values: entry.sizes.map(([size]) => ({ value: size, swatch: null })) }]
        : []),
    ],
    variants: entry.colours.flatMap((colour, place) =>
      sizes.map(([size, extra]) => {
        const amount = entry.price + extra * 100;
        return {
          sku: [handle, slugify(colour), slugify(size)].filter(Boolean).join('-').toUpperCase(),
          optionValues: { Colour: colour, ...(size === '' ? {} : { Size: size }) },
          weightGrams: entry.family.weightGrams + extra * 8,
          price: { amount, currency: 'USD' as const },
          compareAtAmount: isReduced ? roundedUp(amount * 1.25) : null,
          otherPrices: [
            {
              amount: priceInEuros(amount),
              currency: 'EUR' as const,
              compareAtAmount: isReduced ? priceInEuros(roundedUp(amount * 1.25)) : null,
            },
          ],
          stock: stockOf(random, isSoldOut || isToCome),
          mediaPosition: place,
        };
      }),
    ),
    media: images.map((image, place) => ({
      alt: `${entry.name} in ${(entry.colours[place] ?? '').toLowerCase()}`,
      storageKey: image.key,
      width: image.width,
      height: image.height,
      colour: image.colour,
    })),
  };
}

/** Most are there, some are low, a few are gone. */
function stockOf(random: Random, isNone: boolean): number {
  if (isNone) return 0;
  const luck = random.next();
  if (luck < 0.06) return 0;
  return luck < 0.17 ? random.between(1, 4) : random.between(8, 80);
}

/** One of several sentences in turn, so that neighbours on the shelf do not say the same. */
function inTurn(sentences: readonly string[], place: number): string {
  return sentences[place % sentences.length] ?? '';
}

function descriptionOf(entry: Entry): string {
  const { family, place } = entry;
  const facts = [
    `${family.measure.label}: ${entry.measure}`,
    `Material: ${entry.material}`,
    `Colours: ${entry.colours.join(', ').toLowerCase()}`,
  ];
  const paragraphs = [entry.blurb, inTurn(entry.uses, place)].map((text) => `<p>${text}</p>`);
  const list = `<ul>${facts.map((fact) => `<li>${fact}</li>`).join('')}</ul>`;
  return `${paragraphs.join('')}${list}<p>${inTurn(entry.care, place)} ${brands.get(entry.brand) ?? ''}</p>`;
}

function attributesOf(entry: Entry): ProductDraft['attributes'] {
  const { family, place } = entry;
  const care = inTurn(entry.care, place);
  return [
    { key: 'material', label: 'Material', value: entry.material },
    { key: family.measure.key, label: family.measure.label, value: entry.measure },
    { key: 'weight', label: 'Weight', value: family.weightGrams, unit: 'g' },
    { key: 'care', label: 'Care', value: care },
    ...(family.department === 'Kitchen'
      ? [{ key: 'dishwasher_safe', label: 'Dishwasher safe', value: /^dishwasher/i.test(care) }]
      : []),
  ];
}

function tagsOf(entry: Entry, random: Random): string[] {
  return [
    entry.family.category.toLowerCase(),
    ...(entry.price <= 4_000 ? ['gift'] : []),
    ...(random.next() < 0.1 ? ['favourite'] : []),
    ...(/organic/i.test(entry.material) ? ['organic'] : []),
    ...(/recycled/i.test(entry.material) ? ['recycled'] : []),
    ...(/stoneware|terracotta|porcelain/i.test(entry.material) ? ['handmade'] : []),
  ];
}
