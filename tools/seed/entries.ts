import { type ColourName, isColourName } from './colours.ts';
import { apparel } from './families/apparel.ts';
import { carryAndOutdoors } from './families/carry-and-outdoors.ts';
import { deskAndKids } from './families/desk-and-kids.ts';
import { kitchen } from './families/kitchen.ts';
import { living } from './families/living.ts';
import type { Family } from './families/model.ts';
import { otherThings } from './families/other-things.ts';
import { type ShapeName, shapeNames } from './stills/scene.ts';

export const families: readonly Family[] = [
  ...kitchen,
  ...living,
  ...apparel,
  ...carryAndOutdoors,
  ...deskAndKids,
];

/** One product, as its line in a family tells it. */
export interface Entry {
  readonly family: Family;
  /** Its place in the family, from 0. */
  readonly place: number;
  readonly name: string;
  readonly brand: string;
  /** Minor units. */
  readonly price: number;
  readonly colours: readonly ColourName[];
  readonly shape: ShapeName;
  readonly form: number;
  readonly measure: string;
  readonly material: string;
  readonly blurb: string;
  /** Empty where the sizes of the family are not for this thing. */
  readonly sizes: readonly (readonly [size: string, extra: number])[];
  /** Second paragraphs to choose from. */
  readonly uses: readonly string[];
  readonly care: readonly string[];
}

/** The products of all families, one of each in turn, so that any first part of them is a mixed shop. */
export function allEntries(): Entry[] {
  const columns = families.map((family) =>
    family.entries
      .trim()
      .split('\n')
      .map((line, place) => readEntry(family, line, place)),
  );
  const longest = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: longest }, (_, row) => columns.flatMap((column) => column[row] ?? [])).flat();
}

function readEntry(family: Family, line: string, place: number): Entry {
  const [title, brand, price, colours, form, measured, blurb, ...rest] = line.split(' | ');
  const [, ownShape, name] = /^(?:\[(\w+)\] )?(.+)$/.exec(title ?? '') ?? [];
  const shape =
    ownShape === undefined ? family.shape : shapeNames.find((candidate) => candidate === ownShape);
  const other = ownShape === undefined || shape === undefined ? undefined : otherThings[shape];
  const [measure, material] = measured?.split('; ') ?? [];
  const names = (colours ?? '').split(' ');
  const known = names.filter(isColourName);
  if (!shape || !name || !brand || !blurb || !measure || rest.length > 0 || known.length < names.length) {
    throw new Error(`not an entry of ${family.category}: ${line}`);
  }
  return {
    family,
    place,
    name,
    brand,
    price: Number(price) * 100,
    colours: known,
    shape,
    form: Number(form),
    measure,
    material: material ?? family.material,
    blurb,
    sizes: ownShape === undefined ? (family.sizes ?? []) : [],
    uses: (other ?? family).uses,
    care: (other ?? family).care,
  };
}
