import type { Sheet } from './sheet.ts';

/** How one picture of a thing should look. */
export interface Look {
  /** The colour of the thing, `#rrggbb`. */
  readonly main: string;
  /** Of its smaller parts: handles, lids, stripes. */
  readonly accent: string;
  /** Which of the shape's forms; any whole number will do. */
  readonly form: number;
  /** Proportions: 1 as drawn, above wider, below slimmer. */
  readonly girth: number;
}

/** Draws a thing, its shadow included, as SVG markup. */
export type Shape = (sheet: Sheet, look: Look) => string;
