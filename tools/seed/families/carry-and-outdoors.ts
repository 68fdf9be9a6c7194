import type { Family } from './model.ts';

export const carryAndOutdoors: readonly Family[] = [
  {
    department: 'Bags & Travel',
    category: 'Backpacks',
    about: 'Carry a day, a weekend or a laptop that you hope not to open.',
    shape: 'backpack',
    trim: 'Walnut',
    material: 'Waxed canvas, leather',
    measure: { key: 'capacity', label: 'Capacity' },
    weightGrams: 980,
    uses: [
      'A padded sleeve takes a 15-inch laptop and hangs clear of the bottom, so setting it down is safe.',
      'Straps are shaped for left and right, and stitched through a second layer.',
      'One pocket outside for what you need at the gate, one inside for what you must not lose.',
    ],
    care: [
      'Brush off dry mud; sponge the rest with cold water.',
      'Wipe clean, and feed the leather once a year.',
    ],
    entries: `
Commuter Backpack | Carrow | 148 | Rust Ink Moss | 0 | 18 l | Opens flat on three sides, so that the charger is never at the bottom.
Field Rucksack | Carrow | 178 | Ochre Forest | 1 | 24 l | Two buckles and a deep flap: closed against rain, open with a thumb.
Roll-Top Pack | Longway | 132 | Clay Slate Black | 2 | 22 l; Recycled nylon | It rolls down for a notebook and up for a loaf on top of the shopping.
Day Pack | Longway | 84 | Teal Butter Plum | 0 | 14 l; Recycled nylon | Weighs as much as two apples. Packs into its own pocket.
Overnight Pack | Longway | 196 | Charcoal Moss | 0 | 32 l; Recycled nylon | Fits under the seat in front of you, and everything in it fits under that.
Climber's Rucksack | Tern Outdoor | 168 | Tomato Cobalt | 1 | 28 l; Canvas | A plain sack with a good back and loops for whatever you hang on yours.
Market Backpack | Carrow | 118 | Oat Sage | 2 | 20 l; Canvas | Wide at the mouth for leeks. The base is waxed twice.
Student Pack | Longway | 76 | Denim Blush Black | 0 | 19 l; Recycled polyester | Space for the big book and a separate place for lunch to go wrong in.
Little Explorer Pack | Little Otter | 52 | Butter Sky Tomato | 0 | 8 l; Cotton canvas | Sized for small shoulders, with a strap across the chest and room for one bear.
Photo Pack | Carrow | 224 | Black Walnut | 1 | 21 l | Felt dividers move about. The camera comes out at the side without taking it off.
Bike Pack | Longway | 142 | Slate Ochre | 2 | 20 l; Recycled nylon, waterproof | Welded seams, a reflecting strip, and a loop for the light.`,
  },
  {
    department: 'Bags & Travel',
    category: 'Totes',
    about: 'Two handles and a plan.',
    shape: 'tote',
    trim: 'Walnut',
    material: 'Cotton canvas',
    measure: { key: 'capacity', label: 'Capacity' },
    weightGrams: 420,
    uses: [
      'Handles long enough for a shoulder in a winter coat.',
      'It stands up by itself, which is rarer than you would think.',
      'A ring inside for keys saves a minute a day.',
    ],
    care: ['Spot clean; canvas likes to dry slowly.', 'Wash cold and dry flat; iron while damp.'],
    entries: `
Canvas Tote | Carrow | 48 | Oat Ink Moss | 0 | 16 l | Heavy canvas, boxed at the base, with a small leather patch to grow old.
Dipped Tote | Carrow | 58 | Chalk Sky | 1 | 18 l; Canvas, waxed base | The lower third is waxed, so that you may put it down anywhere.
Net Shopper | Tinsmith Row | 16 | Chalk Tomato Sage | 2 | 12 l; Organic cotton | A fistful of string that holds a week of oranges.
Weekend Tote | Longway | 96 | Forest Clay | 1 | 32 l | Zipped, lined and deep enough for two nights or one optimist.
Book Tote | Foolscap | 24 | Butter Slate Rose | 0 | 9 l | Exactly as wide as a hardback is tall. There is a pocket for a pencil.
Garden Tote | Spade & Sparrow | 54 | Moss Rust | 1 | 20 l | Eight pockets outside for tools, and the middle free for weeds.
Leather Tote | Carrow | 210 | Walnut Black | 0 | 15 l; Vegetable-tanned leather | A single hide, cut once. It darkens where you hold it.
Beach Tote | Haldane | 62 | Sky Butter | 2 | 26 l; Cotton net | Sand stays at the beach, thanks to its holes.
Picnic Tote | Tern Outdoor | 78 | Tomato Forest | 1 | 22 l; Insulated canvas | Cold for five hours, upright for longer.
Work Tote | Carrow | 126 | Charcoal Plum Stone | 0 | 17 l | Felt inside for a laptop, and a strap to fix it to a suitcase.
Foldaway Tote | Longway | 22 | Teal Ochre Lilac | 2 | 15 l; Recycled nylon | Small as a plum in the pocket. It forgives what you forgot to bring.`,
  },
  {
    department: 'Bags & Travel',
    category: 'Wallets & Pouches',
    about: 'Small leather and canvas for small things.',
    shape: 'wallet',
    trim: 'Oak',
    material: 'Vegetable-tanned leather',
    measure: { key: 'dimensions', label: 'Size' },
    weightGrams: 90,
    uses: [
      'Edges are painted by hand, four coats, sanded between.',
      'Saddle-stitched with waxed linen: if one stitch breaks, the others stay.',
      'It takes a month to soften and a decade to wear out.',
    ],
    care: [
      'Feed with a neutral cream twice a year.',
      'Wipe with a dry cloth; scratches rub out with a thumb.',
    ],
    entries: `
Card Wallet | Carrow | 48 | Walnut Ink Rust | 0 | 10 × 8 cm | Six cards and a folded note. Thin enough to forget.
Zip Pouch | Carrow | 42 | Rose Moss Black | 1 | 18 × 11 cm | For chargers, lipsticks or currency from three trips ago.
Envelope Wallet | Carrow | 64 | Ink Plum Oak | 2 | 19 × 10 cm | One stud, one fold, two compartments. Passport-sized by no accident.
Bifold Wallet | Carrow | 72 | Black Walnut Forest | 0 | 11 × 9 cm | The classic, a third thinner, as nobody carries that much any more.
Pencil Case | Foolscap | 28 | Denim Ochre Sage | 1 | 21 × 8 cm; Waxed canvas | It opens wide and stands up like a cup.
Passport Holder | Longway | 54 | Tomato Slate | 2 | 14 × 10 cm | A pocket for the boarding pass at the edge, where thumbs are.
Coin Purse | Carrow | 32 | Amber Teal | 2 | 9 × 8 cm | Folds open into a tray, so that the coin you want is the one you see.
Wash Bag | Longway | 46 | Slate Sage Blush | 1 | 24 × 14 cm; Waxed canvas | Lined with something that does not mind toothpaste.
Cable Pouch | Longway | 34 | Charcoal Clay | 1 | 16 × 10 cm; Recycled felt | Elastic loops inside for the things that would knot.
Travel Wallet | Longway | 88 | Forest Walnut | 2 | 22 × 12 cm | Documents, pen, two passports: a small office with one button.
Key Wrap | Carrow | 26 | Oak Black Cobalt | 0 | 9 × 4 cm | Six keys, silent at last.`,
  },
  {
    department: 'Outdoors',
    category: 'Bottles & Flasks',
    about: 'Hot stays hot, cold stays cold, and nothing leaks on the map.',
    shape: 'bottle',
    trim: 'Charcoal',
    material: 'Stainless steel',
    measure: { key: 'lid', label: 'Lid' },
    sizes: [
      ['0.5 l', 0],
      ['0.75 l', 6],
    ],
    weightGrams: 340,
    uses: [
      'Cold for a day, hot for twelve hours. We tested it in a snowdrift and a glovebox.',
      'Two walls with nothing between them. The lid has one thread and one seal, and both can be replaced.',
      'It fits bicycle cages and most car doors.',
    ],
    care: ['Lid by hand, bottle in the dishwasher.', 'Rinse after use; leave the lid off to dry.'],
    entries: `
Trail Bottle | Tern Outdoor | 34 | Moss Tomato Chalk | 0 | Wide mouth | A loop for a finger or a carabiner, and a mouth that takes ice.
Commuter Flask | Tern Outdoor | 36 | Slate Blush Black | 1 | Flip lid | Opens with a thumb, locks with the same one.
Glass Bottle | Kiln & Kettle | 28 | Clear Sage | 2 | Stopper; Borosilicate glass, cork | Water that tastes of water. The sleeve is wool felt.
Summit Flask | Tern Outdoor | 44 | Cobalt Ochre | 1 | Cup lid | The lid is a cup and the cup has a handle, so gloves can stay on.
Slim Bottle | Longway | 32 | Lilac Teal Butter | 2 | Screw lid | Narrow enough for the pocket of a coat.
School Bottle | Little Otter | 24 | Sky Tomato Butter | 0 | Straw lid | It survives stairs. Names wash off the panel, when they have to.
Tea Flask | Kiln & Kettle | 46 | Forest Oat | 1 | Steeper | A basket holds leaves up out of the water when it is time.
Soup Flask | Tern Outdoor | 38 | Rust Charcoal | 1 | Wide mouth | As wide as a spoon needs, with a spoon.
Sport Bottle | Longway | 22 | Black Cobalt Sage | 0 | Push lid; Recycled plastic | Soft enough to squeeze, and light when it is empty.
Carafe Flask | Ostra | 58 | Steel Walnut | 2 | Stopper | For the table: no drip, no screw, no hurry.
Kids' Flask | Little Otter | 26 | Rose Moss | 1 | Flip lid | Half the size, the same insides, and a lid that small hands manage.`,
  },
  {
    department: 'Outdoors',
    category: 'Camp',
    about: 'One night out, well slept.',
    shape: 'tent',
    trim: 'Oat',
    material: 'Ripstop cotton',
    measure: { key: 'good_for', label: 'Good for' },
    sizes: [
      ['For two', 0],
      ['For four', 90],
    ],
    weightGrams: 4200,
    uses: [
      'One person pitches it in eight minutes, less with an audience.',
      'Every pole is numbered and every spare is sold singly.',
      'Packs into a sack with a handle at each end.',
    ],
    care: ['Dry it fully before you store it.', 'Sponge with cold water; no soap on proofed cloth.'],
    entries: `
Ridge Tent | Tern Outdoor | 320 | Ochre Moss | 0 | 2–4 people | Two poles and a ridge, as in drawings by children, and as steady as it looks.
Dome Tent | Tern Outdoor | 280 | Clay Teal | 1 | 2–4 people; Recycled nylon | Three crossing poles let the wind over. The porch takes four boots.
Bell Tent | Tern Outdoor | 460 | Oat Sage | 0 | 2–4 people | Room to stand up in, and a hole for the evening to come through.
Tarp Shelter | Tern Outdoor | 128 | Forest Rust | 0 | 2–4 people; Recycled nylon | A square, eight loops and a knot card. The rest is imagination.
Play Tent | Peg & Timber | 98 | Butter Blush Sky | 0 | Any number of bears; Cotton, birch | For the living room. The poles come from the same birch as our blocks.
[lantern] Camp Lantern | Tern Outdoor | 64 | Forest Chalk Tomato | 0 | 40 hours; Steel, polycarbonate | Warm light, three strengths, and a hook where you need one.
[lantern] Candle Lantern | Tern Outdoor | 42 | Brass Black | 0 | 9 hours; Brass, glass | Folds flat around a candle and lights a page or a card game.
[throwBlanket] Camp Blanket | Tern Outdoor | 96 | Moss Rust | 1 | One; Recycled wool | Between you and the ground, or between you and the stars.
[stool] Camp Stool | Tern Outdoor | 58 | Moss Ochre | 0 | One; Ash, canvas | Three legs and a seat that folds to the size of a baguette.
[pot] Camp Pot | Tern Outdoor | 48 | Slate Black | 0 | Two; Anodised aluminium | A pot, a pan as its lid, and one handle for both.
[mug] Enamel Cup | Tern Outdoor | 12 | Chalk Forest Cobalt | 0 | One; Enamelled steel | Goes on the coals, then in your hands, after a moment.`,
  },
  {
    department: 'Outdoors',
    category: 'Garden Tools',
    about: 'Forged tools and cans that pour where you point.',
    shape: 'trowel',
    trim: 'Oak',
    material: 'Forged carbon steel, ash',
    measure: { key: 'length', label: 'Length' },
    weightGrams: 420,
    uses: [
      'Forged from one piece, so there is no weld to give up in clay.',
      'The handle is ash from hedges, oiled, with a cord to hang it by.',
      'It is sharp. Tools that dig should be.',
    ],
    care: [
      'Rinse, dry, and keep a little oil on the steel.',
      'Sharpen once a season; oil the handle while you wait.',
    ],
    entries: `
Hand Trowel | Spade & Sparrow | 36 | Steel Forest | 0 | 32 cm | Deep in the blade and narrow at the tip. The depth marks are stamped, not printed.
Hand Fork | Spade & Sparrow | 36 | Steel Black | 1 | 30 cm | Three tines that stay parallel, whatever they meet.
Bulb Planter | Spade & Sparrow | 44 | Steel Copper | 2 | 34 cm | Twist, lift, drop, tread. Two hundred daffodils in an afternoon.
Copper Trowel | Spade & Sparrow | 68 | Copper Brass | 0 | 31 cm; Bronze, ash | Bronze slides through soil and never rusts. Slugs are said to dislike it.
Weeding Fork | Spade & Sparrow | 34 | Steel Moss | 1 | 28 cm | Gets under a dandelion and all that it had planned.
[wateringCan] Long Reach Can | Spade & Sparrow | 62 | Slate Forest Chalk | 0 | 5 l; Galvanised steel | A brass rose that rains rather than pours, at the end of a long arm.
[wateringCan] Indoor Can | Spade & Sparrow | 38 | Copper Sage Blush | 1 | 1.2 l; Painted steel | A spout thin enough for one pot on a crowded sill.
[wateringCan] Little Can | Peg & Timber | 24 | Tomato Butter Sky | 0 | 1 l; Painted steel | For gardeners under a metre. It waters like the big one.
Seedling Scoop | Spade & Sparrow | 28 | Steel Rust | 2 | 24 cm | Potting compost from bag to pot, and none on the table.
[lantern] Shed Lantern | Spade & Sparrow | 54 | Black Moss | 0 | 28 cm; Steel, glass | For the last bed of the day.
[tote] Trug Bag | Spade & Sparrow | 46 | Moss Oat | 1 | 18 l; Jute canvas | Carries weeds out and potatoes in. It hoses clean.`,
  },
];
