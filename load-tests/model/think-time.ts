/** What a shopper does before the next click, and the middle of how long it takes, in seconds. */
export const thinking = {
  glance: 2,
  'look over a list': 4,
  'look at a product': 6,
  'look at the cart': 4,
  'fill in an address': 12,
  'enter a card': 8,
  'read the review': 5,
} as const;
export type Thinking = keyof typeof thinking;

/** Wide, with a long end, as people are: two thirds lie between half the middle and twice of it. */
const SPREAD = 0.7;
/** Who takes longer has left. */
const LONGEST = 5;

/**
 * Seconds that a shopper takes: log-normal around the middle.
 *
 * @param chance from 0 up to 1, each time another
 */
export function thinkSeconds(what: Thinking, chance: () => number = Math.random): number {
  const middle = thinking[what];
  return Math.min(middle * Math.exp(SPREAD * normal(chance)), middle * LONGEST);
}

/** By Box and Muller. */
function normal(chance: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance()));
  return radius * Math.cos(2 * Math.PI * chance());
}

/** One of several, by chance. */
export function oneOf<Thing>(things: readonly Thing[], chance: () => number = Math.random): Thing {
  const thing = things[Math.floor(chance() * things.length)];
  if (thing === undefined) throw new Error('there is nothing to choose from');
  return thing;
}
