/** The makers, invented, each with a sentence about itself in its own voice. */
export const brands: ReadonlyMap<string, string> = new Map([
  ['Aldergrove', 'Aldergrove joins chairs in a former boat shed, from trees that fell within sight of it.'],
  [
    'Carrow',
    'Carrow cuts, stitches and mends bags at one long table. Mending is free for as long as the table stands.',
  ],
  ['Fieldhouse', 'Fieldhouse is six potters, two kilns and a dog who knows which shelf is low.'],
  ['Foolscap', 'Foolscap binds paper for people who still cross things out.'],
  ['Graphite Lane', 'Graphite Lane makes things that make marks, and tests each one on a crossword.'],
  ['Haldane', 'Haldane has woven linen on the same river for four generations and sees no reason to move.'],
  ['Kiln & Kettle', 'Kiln & Kettle began with a bad cup of coffee and a grudge.'],
  ['Little Otter', 'Little Otter sews for people under a metre, who are our strictest inspectors.'],
  [
    'Longway',
    'Longway designs for the second week of the journey, when you know what you should have packed.',
  ],
  ['Lumen Works', 'Lumen Works spins, bends and paints metal until the light comes out right.'],
  ['Marrow', 'Marrow forges for kitchens. Send a blade back and it returns sharper than new.'],
  ['Northmoor', 'Northmoor makes coats for the wettest parish in the county, then sells the rest.'],
  ['Ostra', 'Ostra has poured iron since the stove had a name.'],
  [
    'Peg & Timber',
    'Peg & Timber turns beech and birch into toys that outlive the childhood they were bought for.',
  ],
  ['Petra Vale', 'Petra Vale works alone with clay, stone and the radio on.'],
  ['Plainsong', 'Plainsong makes a few shirts very carefully and then leaves them alone.'],
  ['Sockeye Mill', 'Sockeye Mill runs eleven knitting machines, the youngest of which is fifty.'],
  [
    'Spade & Sparrow',
    'Spade & Sparrow forges in winter and gardens in summer, so that each corrects the other.',
  ],
  ['Tern Outdoor', 'Tern Outdoor tries everything out on a headland where the wind keeps records.'],
  ['Tinsmith Row', 'Tinsmith Row presses, solders and paints tins in a street that was named for it.'],
  ['Wickery', 'Wickery pours candles in small batches and burns the first of each to be sure.'],
  ['Wool Assembly', 'Wool Assembly buys fleeces by the farm, and prints the name of it on the label.'],
]);

/** The shop's departments, in the order of its menu. */
export const departments: readonly (readonly [name: string, about: string])[] = [
  ['Kitchen', 'For cooking, pouring, keeping and sitting around afterwards.'],
  ['Living', 'Light, cloth, clay and places to sit.'],
  ['Apparel', 'Clothes that are made to be worn a lot.'],
  ['Bags & Travel', 'Things that carry things.'],
  ['Outdoors', 'For the garden, the hill and the night in between.'],
  ['Desk', 'Paper, pencils, and somewhere to put them.'],
  ['Kids', 'Toys that ask something of whoever plays.'],
];
