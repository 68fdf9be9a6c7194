/** The colours that things come in, as shoppers read them, with their swatch. */
export const colours = {
  Amber: '#b9742f',
  Birch: '#dfc59a',
  Black: '#2a2a2d',
  Blush: '#e2bfb3',
  Brass: '#c1a05c',
  Butter: '#ecd58c',
  Chalk: '#efebe1',
  Charcoal: '#47494d',
  Clay: '#b96f51',
  Clear: '#d3e2df',
  Cobalt: '#3558a0',
  Copper: '#b4714c',
  Denim: '#5d7898',
  Forest: '#32503f',
  Ink: '#2b3a57',
  Lilac: '#b4a4c6',
  Moss: '#737d50',
  Oak: '#c59a67',
  Oat: '#e2d5bd',
  Ochre: '#cd973d',
  Plum: '#6d4258',
  Rose: '#d29a99',
  Rust: '#a65433',
  Sage: '#a2af94',
  Sky: '#9dbacb',
  Slate: '#6c7a86',
  Steel: '#b6bbbf',
  Stone: '#b6aea0',
  Teal: '#33726f',
  Tomato: '#c64e38',
  Walnut: '#6d4c37',
} as const;

export type ColourName = keyof typeof colours;

/** Tells whether a word is one of our colours. */
export function isColourName(word: string): word is ColourName {
  return word in colours;
}
