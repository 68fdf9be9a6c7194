import type { ShapeName } from '../stills/scene.ts';

/** Sizes that a thing comes in, with what each costs beside the price of the first. */
export type Sizes = readonly (readonly [size: string, extra: number])[];

/** A leaf category, and all that its products have in common. */
export interface Family {
  readonly department: string;
  readonly category: string;
  /** What the category's page says. */
  readonly about: string;
  readonly shape: ShapeName;
  /** The colour of handles, lids and linings where an entry names none. */
  readonly trim: string;
  readonly material: string;
  /** What the measure of each entry is called. */
  readonly measure: { key: string; label: string };
  readonly sizes?: Sizes;
  readonly weightGrams: number;
  /** Second paragraphs, taken in turn. */
  readonly uses: readonly string[];
  readonly care: readonly string[];
  /**
   * A product a line: `name | brand | price in dollars | colours | form | measure | what is good about it`. The name may begin
   * with the shape of another kind of thing in square brackets (see other-things.ts); a material after the measure, by a semicolon, replaces the family's.
   */
  readonly entries: string;
}
