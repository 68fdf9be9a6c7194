import type { ShapeName } from '../stills/scene.ts';

/** What is said of a thing that is not of its family's usual kind: second paragraphs and care, taken in turn. */
export const otherThings: Partial<
  Record<ShapeName, { readonly uses: readonly string[]; readonly care: readonly string[] }>
> = {
  pan: {
    uses: [
      'Heat it before the oil and it will let go of anything. The handle is riveted three times and stays put.',
      'Good on every stove, in the oven and over a fire. A little smoke in the first week is part of it.',
    ],
    care: [
      'Wipe out while warm; no soap for the first month.',
      'Dry it on the stove and leave a film of oil.',
    ],
  },
  board: {
    uses: [
      'Planed, then scraped, never sanded: the surface sheds water and knives stay sharp on it.',
      'The grip has a hole for a nail in the wall, as a board that hangs dries evenly.',
    ],
    care: ['Rinse, stand it on edge to dry, oil it now and then.', 'Rub stains with salt and half a lemon.'],
  },
  dripper: {
    uses: [
      'Fifteen grams, a quarter of a litre, three minutes: that is the whole manual.',
      'The cone lifts off, the carafe goes to the table, and nothing needs a socket.',
    ],
    care: ['Rinse with hot water; vinegar now and then.'],
  },
  mug: {
    uses: ['Stacks with its siblings and hangs from a hook by its handle.'],
    care: ['Dishwasher safe.', 'Wash by hand; no steel wool.'],
  },
  jar: {
    uses: ['The inner lid sinks with what is left, and keeps the air out.'],
    care: ['Wipe with a dry cloth.'],
  },
  pendant: {
    uses: [
      'Hangs from three metres of woven cable, to be cut to your ceiling. Takes a screw-in bulb up to 12 W.',
      'White inside, so that the colour stays on the shade and the light comes down clean.',
    ],
    care: ['Dust with a soft brush when the light is off.'],
  },
  lantern: {
    uses: [
      'Carry it by the bow, hang it from a branch, or set it on a step.',
      'The glass lifts out to be cleaned, and a new one costs less than a lunch.',
    ],
    care: ['Wipe the glass with newspaper.', 'Dry it before you put it away.'],
  },
  throwBlanket: {
    uses: [
      'Woven wide and cut by hand. Edges are whipped or fringed, so that nothing unravels.',
      'It is shaken, brushed and aired before it is folded, which is why it arrives so soft.',
      'Over a bed, over knees or over the arm of a sofa that has seen better days.',
    ],
    care: ['Air it often; wool cycle at 30 °C when it must be.', 'Shake it out; wash cool and dry flat.'],
  },
  planter: {
    uses: [
      'There is a hole in the foot and a saucer to catch what comes through.',
      'Thick enough to keep roots cool on a south-facing sill.',
    ],
    care: ['Brush out and rinse between plants.', 'Take it in before hard frost.'],
  },
  stool: {
    uses: [
      'The seat is dished by hand, which you notice after an hour.',
      'Legs are tapered and wedged from above. It will not wobble, and takes 150 kg to prove it.',
    ],
    care: ['Wipe dry; wax oil once a year.'],
  },
  scarf: {
    uses: [
      'Long enough for every knot we know. The edges roll a little, as they like to.',
      'Knitted on a flat frame and steamed by hand. It weighs almost nothing on the way there.',
    ],
    care: ['Hand wash cool, press in a towel, dry flat.'],
  },
  pot: {
    uses: ['Nests inside itself, lid, handle and all, with room for a stove in the middle.'],
    care: ['Ash and water clean it on the road, a dishwasher does at home.'],
  },
  wateringCan: {
    uses: [
      'Balanced when full: the handle is where the weight is, and the spout is above the water line.',
      'The rose unscrews to be rinsed. Point it up for seedlings, down for everything else.',
    ],
    care: ['Empty it before frost.', 'Wipe dry to keep the paint bright.'],
  },
  tote: {
    uses: ['Stands open by itself while you fill it. Handles reach all the way under the base.'],
    care: ['Hose it down and hang it up.'],
  },
  softToy: {
    uses: ['Fits hands from two to ninety-two. The voice is up to you.'],
    care: ['Sponge clean; the head does not swim.'],
  },
  pen: {
    uses: [
      'The lead is bonded to the wood all along, so that a fall does not break it inside.',
      'Comes in a tin that will hold something else one day.',
    ],
    care: ['Sharpen when blunt; a knife does it best.'],
  },
  candle: {
    uses: ['Straight, clean and slow: one match, one dinner, one long conversation.'],
    care: ['Keep wicks short and draughts away.'],
  },
};
