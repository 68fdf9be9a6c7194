const colours: Record<string, string> = {
  beige: '#dcc9a8',
  black: '#1b1b1d',
  blue: '#2f5fb3',
  bronze: '#8c6a3f',
  brown: '#6f4a31',
  burgundy: '#6b1f2e',
  charcoal: '#3c4046',
  cobalt: '#1f47b5',
  copper: '#b5694a',
  coral: '#f2735d',
  cream: '#f4ead2',
  forest: '#23492f',
  fuchsia: '#c2277f',
  gold: '#c9a13b',
  graphite: '#4a4e54',
  gray: '#8a8f94',
  green: '#3d7a4a',
  grey: '#8a8f94',
  indigo: '#37357d',
  ivory: '#f5f0e0',
  khaki: '#a79a6a',
  lavender: '#b7a4da',
  lilac: '#c5a8d6',
  lime: '#a8c93a',
  linen: '#e8dfcc',
  magenta: '#b5246f',
  maroon: '#6a2027',
  mauve: '#a3839b',
  mint: '#a9dcc3',
  mustard: '#d1a02c',
  navy: '#1f2c4d',
  natural: '#d9c7a5',
  nude: '#e0bfa3',
  oat: '#dccfb8',
  ochre: '#c5862b',
  olive: '#6f7240',
  orange: '#e77b2f',
  peach: '#f6b48f',
  pink: '#ea9bb4',
  plum: '#5f2b52',
  purple: '#6c3f93',
  red: '#c2342f',
  rose: '#d98a94',
  rust: '#a8492a',
  sage: '#9caf91',
  salmon: '#f19a80',
  sand: '#d8c3a0',
  silver: '#c2c6ca',
  sky: '#8fc1e3',
  slate: '#57636f',
  steel: '#7d8a96',
  stone: '#b8b1a4',
  tan: '#c49b6c',
  taupe: '#8f8075',
  teal: '#1f7a7a',
  terracotta: '#c0613f',
  turquoise: '#3bb3b0',
  violet: '#6d4ba3',
  walnut: '#5b4130',
  white: '#ffffff',
  yellow: '#f2c93b',
};

const severalColours = 'conic-gradient(#c2342f, #f2c93b, #3d7a4a, #2f5fb3, #6c3f93, #c2342f)';

/** A CSS background for a colour's name, such as `Navy Blue`: the last word that is a colour decides, so `Sea Green` is green. */
export function swatchOf(name: string): string {
  const words = name.toLowerCase().split(/[^a-z]+/);
  const known = words.findLast((word) => Object.hasOwn(colours, word));
  // `Navy blue` is navy: the first word says more than the plain colour after it.
  const first = words.find((word) => Object.hasOwn(colours, word));
  const chosen =
    first && first !== known && ['blue', 'green', 'grey', 'gray', 'brown'].includes(known ?? '')
      ? first
      : known;
  return (chosen && colours[chosen]) || severalColours;
}
