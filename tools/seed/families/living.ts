import type { Family } from './model.ts';

export const living: readonly Family[] = [
  {
    department: 'Living',
    category: 'Lighting',
    about: 'Warm light, where you read, eat and come home.',
    shape: 'lamp',
    trim: 'Brass',
    material: 'Powder-coated steel',
    measure: { key: 'height', label: 'Height' },
    weightGrams: 2100,
    uses: [
      'Takes a screw-in bulb up to 9 W; a warm one is in the box. The cable is two metres of woven cotton.',
      'The dimmer is on the cable where your hand finds it in the dark.',
      'The shade is white inside, so what you get is light and not colour.',
    ],
    care: ['Dust with a dry cloth.', 'Switch it off, let it cool, wipe with a barely damp cloth.'],
    entries: `
Mushroom Table Lamp | Lumen Works | 89 | Rust Chalk Sage | 0 | 42 cm | A dome over a slim stem. It throws one round pool of light, just the size of a book.
Cone Desk Lamp | Lumen Works | 96 | Black Ochre | 1 | 48 cm | The turned foot is heavy enough to lean on. The cone keeps light out of your eyes.
Linen Drum Lamp | Haldane | 118 | Oat Slate | 2 | 52 cm; Linen, oak | Linen over a drum, on an oak stem that we leave unlacquered, so that it darkens with you.
Bedside Lamp | Lumen Works | 64 | Blush Ink Chalk | 0 | 30 cm | Small enough for the narrowest shelf, with a touch switch on top.
Reading Lamp | Lumen Works | 132 | Forest Black | 1 | 56 cm | Tall, steady and bright enough for the small print, from an arm's length away.
[pendant] Kitchen Pendant | Lumen Works | 110 | Tomato Chalk Slate | 0 | 32 cm | Hang one above the table and two above a counter. The ceiling rose is included.
[pendant] Onion Pendant | Petra Vale | 138 | Forest Clay | 1 | 36 cm; Stoneware | Thrown on the wheel and glazed inside, so the light comes down warm.
[pendant] Wide Brim Pendant | Lumen Works | 124 | Ink Butter | 2 | 44 cm | A brim that spreads the light over a table for six.
[lantern] Storm Lantern | Tern Outdoor | 72 | Black Brass | 0 | 34 cm; Steel, glass | Rechargeable, with a flame that flickers only if you ask it to.
Library Lamp | Aldergrove | 148 | Forest Oat | 2 | 50 cm; Oak, cotton | The stem is turned from the same oak as our chairs, with a brass chain to pull.
Night Light | Little Otter | 38 | Lilac Butter Sky | 0 | 22 cm; Silicone | Soft all over and dim enough to sleep by. It fades out by itself after an hour.`,
  },
  {
    department: 'Living',
    category: 'Cushions & Throws',
    about: 'Wool, linen and cotton to lean against and pull over your knees.',
    shape: 'cushion',
    trim: 'Oat',
    material: 'Washed linen',
    measure: { key: 'dimensions', label: 'Size' },
    weightGrams: 700,
    uses: [
      'The filling is a separate pillow of feathers, so the cover comes off in a moment.',
      'Woven in a mill that has forty looms and knows each by its sound.',
      'It softens with every wash and never quite irons flat. That is rather the point.',
    ],
    care: ['Wash cool, dry in the air.', 'Air it rather than wash it; if you must, a wool cycle at 30 °C.'],
    entries: `
Button Cushion | Haldane | 42 | Rust Sage Oat | 0 | 50 × 50 cm | One covered button pulls the middle in, and the corners puff up around it.
Ticking Cushion | Haldane | 46 | Chalk Denim | 1 | 50 × 50 cm; Cotton ticking | The broad stripe of old mattresses, in a cotton tight enough to hold feathers.
Pinstripe Cushion | Haldane | 44 | Ink Moss Clay | 2 | 45 × 45 cm | A thin stripe, yarn-dyed, on a linen that does not mind the cat.
Velvet Cushion | Haldane | 54 | Plum Forest Ochre | 0 | 50 × 50 cm; Cotton velvet | Short, dense cotton velvet that changes colour as you brush it.
Corduroy Cushion | Haldane | 48 | Amber Slate | 2 | 50 × 50 cm; Cotton corduroy | Wide cords to run a thumb along during the dull part of a film.
[throwBlanket] Fringed Wool Throw | Wool Assembly | 118 | Moss Rust Slate | 0 | 130 × 180 cm; Lambswool | Light, warm and long enough for two people who like each other.
[throwBlanket] Banded Blanket | Wool Assembly | 142 | Oat Ink | 1 | 150 × 200 cm; Merino wool | Three bands at each end, woven double so that both faces are the right one.
[throwBlanket] Waffle Throw | Haldane | 76 | Blush Sage Chalk | 0 | 140 × 190 cm; Cotton | Deep waffles trap air: cool in June, warm in October.
[throwBlanket] Picnic Rug | Tern Outdoor | 88 | Forest Tomato | 1 | 150 × 150 cm; Recycled wool, waxed back | Wool above, waxed cotton below. It rolls into its own strap.
Meadow Cushion | Haldane | 52 | Butter Sky | 1 | 60 × 40 cm | A long one for the small of the back, striped like a deckchair.
[throwBlanket] Cot Blanket | Wool Assembly | 64 | Lilac Butter Chalk | 1 | 80 × 100 cm; Merino wool | Fine enough to pull through a ring, warm enough for a pram in March.`,
  },
  {
    department: 'Living',
    category: 'Vases & Planters',
    about: 'For one branch or a whole armful.',
    shape: 'vase',
    trim: 'Rose',
    material: 'Stoneware',
    measure: { key: 'height', label: 'Height' },
    weightGrams: 1300,
    uses: [
      'Watertight, and heavy enough at the foot for branches that lean.',
      'Thrown in two pieces and joined while soft. If you look for the seam, you may find it.',
      'It looks finished with nothing in it, which is most of the year.',
    ],
    care: ['Rinse with warm water and a bottle brush.', 'Wipe clean; do not leave outside in frost.'],
    entries: `
Bottle Vase | Petra Vale | 48 | Chalk Clay Ink | 0 | 30 cm | A long neck that makes three stems look like a decision.
Belly Vase | Petra Vale | 56 | Ochre Slate | 1 | 26 cm | A generous round for peonies, hydrangeas and the flowers from the garage.
Stem Vase | Petra Vale | 38 | Sage Blush Black | 2 | 34 cm | One branch of anything, in a neck as thin as a wrist.
Cylinder Vase | Petra Vale | 44 | Rust Oat Teal | 3 | 28 cm | Straight, plain and wide open. It doubles for wooden spoons.
Moon Vase | Petra Vale | 84 | Chalk Slate | 1 | 32 cm; Porcelain | After the moon jars: two bowls joined at the rim, not quite round, and better for it.
[planter] Windowsill Pot | Spade & Sparrow | 24 | Clay Chalk Forest | 0 | 16 cm; Terracotta | Terracotta that breathes, with a saucer that fits without a gap.
[planter] Ribbed Planter | Petra Vale | 46 | Ink Moss Oat | 1 | 22 cm | Combed while it turned, so the ribs run a little, as they should.
[planter] Studio Planter | Petra Vale | 62 | Blush Charcoal | 2 | 28 cm | Big enough for a fig. A cork foot keeps it from marking the floor.
[planter] Balcony Pot | Spade & Sparrow | 36 | Slate Rust | 0 | 26 cm; Recycled steel | Light, frost-proof and with a hole that the saucer makes sense of.
Bud Vase Trio | Fieldhouse | 42 | Sky Butter Rose | 0 | 14 cm | Small, and happiest in company. One daisy each will do.
Pebble Vase | Fieldhouse | 34 | Stone Sage | 1 | 18 cm | Low and smooth, made to be picked up on the way past.`,
  },
  {
    department: 'Living',
    category: 'Candles',
    about: 'Plant wax, cotton wicks, and scents that stop at the door.',
    shape: 'candle',
    trim: 'Brass',
    material: 'Rapeseed wax, glass',
    measure: { key: 'burn_time', label: 'Burns for' },
    sizes: [
      ['Classic', 0],
      ['Grand', 18],
    ],
    weightGrams: 480,
    uses: [
      'Let the whole surface melt the first time; it remembers.',
      'Poured by hand in batches of sixty, with the batch on the underside.',
      'When it is done, warm water loosens what is left, and you have a good small glass.',
    ],
    care: [
      'Trim the wick to 5 mm before each lighting.',
      'Never leave it alone; keep it off a draughty sill.',
    ],
    entries: `
Fig & Cedar Candle | Wickery | 32 | Forest Chalk | 0 | 45 hours | The green of a fig leaf torn in two, and the pencil box behind it.
Salt Air Candle | Wickery | 32 | Sky Slate | 0 | 45 hours | Wet stones, samphire and the inside of a canvas bag.
Orange Grove Candle | Wickery | 30 | Ochre Tomato | 1 | 40 hours | Peel rather than juice, with a little of the leaf.
Woodsmoke Candle | Wickery | 34 | Charcoal Rust | 0 | 50 hours | A fire that somebody else made, three gardens away.
Rose Tea Candle | Wickery | 32 | Rose Blush | 1 | 40 hours | Black tea first, petals second, sugar nowhere.
Clean Linen Candle | Wickery | 28 | Chalk Lilac | 1 | 40 hours | A washing line on the first warm day of the year.
Tomato Leaf Candle | Wickery | 30 | Moss Tomato | 0 | 45 hours | What your fingers smell of after the greenhouse.
[candle] Dinner Tapers | Wickery | 18 | Rust Ink Oat | 2 | 7 hours; Beeswax blend | Three dipped tapers that burn straight and drip only when provoked.
[candle] Beeswax Pillars | Wickery | 36 | Amber Butter | 2 | 12 hours; Pure beeswax | Nothing but wax from two valleys. The honey scent is the bees' own.
Rainy Day Candle | Wickery | 32 | Slate Teal | 0 | 45 hours | The road just after it starts, and the ferns beside it.
Nutmeg & Pear Candle | Wickery | 30 | Moss Amber | 1 | 40 hours | A tart in somebody's oven, ten minutes before it is ready.`,
  },
  {
    department: 'Living',
    category: 'Chairs & Stools',
    about: 'Places to sit, joined rather than screwed.',
    shape: 'chair',
    trim: 'Oak',
    material: 'Solid ash',
    measure: { key: 'height', label: 'Height' },
    weightGrams: 5600,
    uses: [
      'Joints are wedged and glued. It arrives whole and needs no evening with a hex key.',
      'Felt pads are let into the feet, where they stay.',
      'Finished with hard wax oil that you can renew yourself, spot by spot.',
    ],
    care: ['Wipe dry; a little wax oil each spring.', 'Brush the fabric; sponge marks away with cold water.'],
    entries: `
Spindle Chair | Aldergrove | 220 | Oak Black Sage | 0 | 82 cm | Three spindles and a bent rail. Light enough to carry by one finger.
Reading Chair | Aldergrove | 390 | Moss Rust Oat | 1 | 86 cm; Ash, wool felt | Arms at the height where a heavy book wants to rest.
Kitchen Chair | Aldergrove | 180 | Tomato Chalk Forest | 0 | 80 cm | Painted in milk paint that wears at the edges before anywhere else.
Hall Chair | Aldergrove | 210 | Walnut Ink | 0 | 88 cm; Solid walnut | Upright, for shoes and letters, and better looking than it needs to be.
Lounge Chair | Aldergrove | 460 | Slate Clay | 1 | 78 cm; Oak, linen | Low, wide and slightly tilted: a chair that ends arguments.
[stool] Milking Stool | Aldergrove | 98 | Oak Walnut Black | 0 | 46 cm | Three legs stand on any floor, however old the house.
[stool] Bar Stool | Aldergrove | 165 | Oak Charcoal | 0 | 65 cm | A rail at the right height for feet and a dished seat for the rest.
[stool] Entry Bench | Aldergrove | 280 | Oak Walnut | 1 | 45 cm | Room for two people and their laces.
[stool] Step Stool | Peg & Timber | 74 | Birch Sky Tomato | 0 | 28 cm; Solid birch | For basins, bookshelves and helping with pancakes.
[stool] Garden Bench | Spade & Sparrow | 310 | Moss Oak | 1 | 44 cm; Larch | Larch goes silver outdoors and lasts without a drop of oil.
Nursing Chair | Aldergrove | 420 | Blush Sage | 1 | 84 cm; Ash, boiled wool | Low arms and a firm back, for the nights that are also mornings.`,
  },
];
