import type { Family } from './model.ts';

export const deskAndKids: readonly Family[] = [
  {
    department: 'Desk',
    category: 'Notebooks',
    about: 'Good paper, sewn, that opens flat and stays.',
    shape: 'notebook',
    trim: 'Black',
    material: 'Cloth, 100 g paper',
    measure: { key: 'pages', label: 'Pages' },
    sizes: [
      ['A6', -5],
      ['A5', 0],
    ],
    weightGrams: 320,
    uses: [
      'Sewn in sections, so it lies flat at page one and at the last.',
      'Fountain pens do not feather on it and pencils rub out clean.',
      'Pages are numbered, the first three left for a table of contents.',
    ],
    care: [
      'Cloth covers wipe clean with a barely damp cloth.',
      'Keep it in a pocket. It is meant to be used.',
    ],
    entries: `
Cloth Notebook | Foolscap | 22 | Clay Ink Sage | 0 | 192, dotted | Bookbinder's cloth, an elastic band and a pocket at the back for tickets.
Label Notebook | Foolscap | 18 | Ochre Forest Rose | 1 | 160, ruled | A paper label to name it by. We sell them singly, but they are usually a series.
Wire Sketchbook | Graphite Lane | 24 | Black Rust | 2 | 120, blank | Folds all the way round. The paper takes a wash without a wave.
Daybook | Foolscap | 32 | Plum Teal Stone | 0 | 384, a page a day | No dates, so you may miss a day without being told.
Pocket Jotter | Foolscap | 12 | Butter Sky Tomato | 1 | 64, squared | Thin enough for a back pocket and cheap enough to be honest in.
Recipe Book | Foolscap | 28 | Sage Amber | 1 | 176, ruled | A ribbon for tonight, a glossary at the back and covers that wipe.
Music Book | Foolscap | 20 | Slate Plum | 2 | 96, twelve staves | Staves with space between them for second thoughts.
Project Book | Graphite Lane | 26 | Charcoal Cobalt | 0 | 208, squared | Squares on the left, lines on the right, and a checklist at the end of each part.
Travel Journal | Longway | 30 | Oak Forest | 0 | 192, blank | Leather that ages with the itinerary. Two ribbons: here, and where to next.
Garden Diary | Spade & Sparrow | 28 | Moss Blush | 1 | 240, five years | The same day of five years on one page, so the tulips can be compared.
Reading Log | Foolscap | 19 | Denim Lilac | 1 | 128, ruled | A page for each book, with no room for stars.`,
  },
  {
    department: 'Desk',
    category: 'Pens & Pencils',
    about: 'To write by hand, since you still can.',
    shape: 'pen',
    trim: 'Brass',
    material: 'Anodised aluminium',
    measure: { key: 'line', label: 'Line' },
    weightGrams: 40,
    uses: [
      'Takes standard refills, so it need never be thrown away.',
      'Turned on a lathe and knurled where your fingers go.',
      'It arrives in a box that is good enough to keep pencils in.',
    ],
    care: ['Rinse the nib with cold water when you change inks.', 'Nothing at all. Sharpen when blunt.'],
    entries: `
Slim Ballpoint | Graphite Lane | 38 | Chalk Black Teal | 0 | 0.7 mm | The click is quiet. We worked on that for a year.
Fountain Pen | Graphite Lane | 64 | Forest Ink Tomato | 1 | Fine or medium | A steel nib with some give, and a window to see how much ink is left.
[pen] Pencil Trio | Graphite Lane | 9 | Chalk Ochre Slate | 2 | HB; Cedar | Cedar, six-sided, painted in three coats, with erasers that erase.
Brass Pen | Graphite Lane | 72 | Brass Copper | 0 | 0.5 mm; Solid brass | Heavy and warm. It takes the colour of your hand.
Drafting Pencil | Graphite Lane | 34 | Black Cobalt | 0 | 0.5 mm | A long sleeve for rulers and a grip that tells you where it is.
Desk Fountain Pen | Graphite Lane | 98 | Plum Walnut | 1 | Medium; Resin | A broad barrel for long letters. Unposted, it balances like a brush.
[pen] Colour Pencils | Peg & Timber | 22 | Tomato Sky Moss | 2 | Soft; Lime wood | Thick leads that survive the floor. Twelve in a tin, three shown.
[pen] Carpenter's Pencils | Marrow | 8 | Tomato Rust | 2 | Medium; Cedar | Flat, so they stay on the roof.
Rollerball | Graphite Lane | 42 | Slate Rose Butter | 0 | 0.6 mm | Ink like a fountain pen, cap like a marker, manners of neither.
Travel Pen | Longway | 46 | Charcoal Ochre | 1 | Fine | Short in the pocket, full length with the cap behind it. No leaks at altitude.
[pen] Sketching Set | Graphite Lane | 18 | Charcoal Stone | 2 | 2H to 6B; Cedar | From the first faint line to the last dark one.`,
  },
  {
    department: 'Desk',
    category: 'Desk Organisers',
    about: 'A place for the small things, so the large ones have room.',
    shape: 'organiser',
    trim: 'Oak',
    material: 'Powder-coated steel',
    measure: { key: 'dimensions', label: 'Size' },
    weightGrams: 640,
    uses: [
      'Felt beneath, so it slides when asked and scratches nothing.',
      'It stacks with its siblings, and stands well alone.',
      'No instructions. You will know.',
    ],
    care: ['Wipe with a damp cloth.', 'Dust; oil the wood once a year.'],
    entries: `
Pen Pot | Graphite Lane | 24 | Ink Rust Chalk | 0 | ⌀ 9 × 11 cm | Heavy enough not to tip when you pull out the long ruler.
Desk Tray | Graphite Lane | 42 | Plum Sage Oak | 1 | 26 × 18 cm | Three compartments: paper clips, keys, and the thing you keep meaning to deal with.
Ceramic Pen Cup | Fieldhouse | 22 | Sage Blush Ink | 0 | ⌀ 8 × 10 cm; Stoneware | It was a tumbler that asked for a better job.
Valet Tray | Carrow | 58 | Walnut Black | 1 | 22 × 16 cm; Leather, oak | For what comes out of pockets at night, in the order that you need it at eight.
Oak Desk Tidy | Aldergrove | 66 | Oak Walnut | 1 | 30 × 14 cm; Solid oak | A groove for pens, a slot for a phone and a hollow for whatever you like.
Brush Pot | Graphite Lane | 28 | Amber Teal | 0 | ⌀ 10 × 14 cm; Stoneware | Tall, for brushes and rulers. The drip ring is glazed in.
Cable Tray | Graphite Lane | 36 | Charcoal Stone | 1 | 32 × 12 cm | Chargers lie inside, and only their ends look out.
Tea Tray | Kiln & Kettle | 48 | Tomato Forest Butter | 1 | 34 × 24 cm; Lacquered birch | Desk, bed or garden. The rim is high enough for stairs.
Tin Pen Pot | Tinsmith Row | 16 | Cobalt Tomato Moss | 0 | ⌀ 8 × 11 cm; Tinned steel | Rolled rim, bright paint, a ring when you drop the pen in.
Jewellery Tray | Petra Vale | 34 | Rose Chalk Slate | 1 | 20 × 14 cm; Stoneware | Shallow wells for rings, and a ridge for earrings to lean on.
Craft Pot | Peg & Timber | 18 | Sky Butter | 0 | ⌀ 10 × 10 cm; Birch | For scissors, glue and the good crayons.`,
  },
  {
    department: 'Kids',
    category: 'Soft Toys',
    about: 'Companions. They keep secrets and survive the wash.',
    shape: 'softToy',
    trim: 'Rust',
    material: 'Organic cotton, wool filling',
    measure: { key: 'height', label: 'Height' },
    sizes: [
      ['Small', 0],
      ['Large', 16],
    ],
    weightGrams: 260,
    uses: [
      'Eyes and noses are sewn, so it is safe from the first day.',
      'Filled with wool rather than foam: it keeps the shape of a hug for a moment.',
      'A tag behind has room for a name and a telephone number.',
    ],
    care: [
      'Wash at 30 °C in a pillowcase; dry in the sun.',
      'Wool cycle, cool; reshape the ears while damp.',
    ],
    entries: `
Bramble Bear | Little Otter | 34 | Walnut Oat Moss | 0 | 28 cm | A serious bear with soft arms. He listens better than most.
Hazel Hare | Little Otter | 36 | Stone Sky Blush | 1 | 36 cm | Long ears to hold on to when crossing roads or thresholds.
Inky Cat | Little Otter | 32 | Charcoal Amber Chalk | 2 | 26 cm | Independent by day. Under the covers by eight.
Maple Bear | Little Otter | 34 | Rust Butter | 0 | 28 cm | The one with the scarf, who is always ready to go out.
Clover Hare | Little Otter | 36 | Sage Lilac | 1 | 36 cm | Has opinions on carrots, and none on bedtime.
Pepper Cat | Little Otter | 32 | Slate Rose | 2 | 26 cm | Sits up straight at tea parties and never spills.
Biscuit Bear | Little Otter | 38 | Oak Chalk | 0 | 32 cm; Mohair, wool filling | A little firmer, a little fluffier, and meant to become an heirloom.
Thistle Hare | Little Otter | 36 | Plum Oat | 1 | 36 cm | Found in a field in a drawing, and then sewn from it.
Tiger Tom | Little Otter | 34 | Ochre Tomato | 2 | 28 cm | Fierce on the tag, gentle everywhere else.
Nutkin Bear | Little Otter | 30 | Copper Sky | 0 | 24 cm | The pocket one, for trains and waiting rooms.
Moon Cat | Little Otter | 34 | Ink Butter | 2 | 28 cm | Awake when you are. Knows all the constellations, roughly.`,
  },
  {
    department: 'Kids',
    category: 'Wooden Toys',
    about: 'Beech and birch, water-based paint, and no batteries.',
    shape: 'woodenToy',
    trim: 'Oak',
    material: 'Solid beech',
    measure: { key: 'age', label: 'From' },
    weightGrams: 760,
    uses: [
      'Edges are rounded by hand, which you will only notice on toys where they are not.',
      'Painted with colours that pass the taste test, as they will be tasted.',
      'It will be a bridge, a bed, a boat and a hat before the week is out.',
    ],
    care: ['Wipe with a damp cloth; never soak.', 'Rub with beeswax when the wood looks thirsty.'],
    entries: `
Rainbow Stacker | Peg & Timber | 46 | Tomato Sky Sage | 0 | 12 months | Five arches from one block, so that they fit as tightly as they were cut.
Goods Train | Peg & Timber | 58 | Cobalt Tomato Moss | 1 | 18 months | Pulled by a string or pushed by a theory. The cab holds one peg driver.
Ring Tower | Peg & Timber | 32 | Ochre Rose Teal | 2 | 10 months | Five rings and a peg. The right order is only one of a hundred and twenty.
Sunset Arches | Peg & Timber | 52 | Rust Plum | 0 | 12 months | The rainbow in its evening colours, a size up.
Mountain Train | Peg & Timber | 64 | Forest Ochre | 1 | 18 months | Rubber on the back wheels, for inclines of up to one cushion.
Little Ring Tower | Peg & Timber | 24 | Blush Butter | 2 | 10 months | A small one, for journeys and for grandparents' houses.
Forest Arches | Peg & Timber | 50 | Moss Sage | 0 | 12 months | Green upon green: a hill, a tunnel, a cave for a bear.
Night Train | Peg & Timber | 62 | Ink Plum | 1 | 18 months | Runs on time, silently, from the rug to the far side of the bed.
Sea Tower | Peg & Timber | 34 | Teal Sky | 2 | 10 months | Waves in five sizes. It floats, should it come to that.
Candy Arches | Peg & Timber | 48 | Rose Lilac | 0 | 12 months | The pale set, limewashed so that the grain shows.
[softToy] Woodland Hand Puppet | Peg & Timber | 28 | Amber Stone | 2 | 2 years; Felt, beech | A felt fox, more or less, with a beech head under the fur and much to say.`,
  },
];
