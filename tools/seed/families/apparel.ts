import type { Family, Sizes } from './model.ts';

const bodySizes: Sizes = [
  ['S', 0],
  ['M', 0],
  ['L', 0],
  ['XL', 0],
];

export const apparel: readonly Family[] = [
  {
    department: 'Apparel',
    category: 'Tees',
    about: 'Heavy cotton, cut square, washed before you get it.',
    shape: 'tee',
    trim: 'Chalk',
    material: 'Organic cotton',
    measure: { key: 'cloth', label: 'Cloth' },
    sizes: bodySizes,
    weightGrams: 220,
    uses: [
      'Tubular knit, so there is no side seam to twist. The collar is ribbed and taped behind.',
      'Washed once at the mill: what fits in the shop fits in a year.',
      'Runs true to size; go one up for a boxy fit.',
    ],
    care: ['Machine wash at 40 °C with like colours.', 'Wash inside out at 30 °C; line dry.'],
    entries: `
Heavy Tee | Plainsong | 34 | Chalk Black Moss | 0 | 240 g/m² | The plain one, knitted slowly on old machines. It holds its shape like a shirt.
Harbour Stripe Tee | Plainsong | 42 | Chalk Ink Oat | 1 | 220 g/m² | A sailor's stripe with a boat neck and no anchors anywhere.
Pocket Tee | Plainsong | 38 | Clay Sage Slate | 2 | 220 g/m² | One pocket, bar-tacked at the corners and just big enough for a pencil.
Garment-Dyed Tee | Plainsong | 44 | Rust Denim Ochre | 0 | 230 g/m² | Dyed after sewing, so the seams are a shade lighter, as if you had owned it for years.
Slub Tee | Plainsong | 36 | Sky Rose Stone | 0 | 170 g/m²; Linen and cotton | Uneven yarn and a little linen, for the kind of day when cloth should do nothing.
Rugby Stripe Tee | Plainsong | 48 | Forest Tomato Ink | 1 | 260 g/m² | Broad bands and a heavy jersey that could take a tackle.
Trail Tee | Northmoor | 52 | Moss Charcoal | 2 | 160 g/m²; Merino wool | Fine merino that forgives three days on the hill before anyone notices.
Sleep Tee | Haldane | 32 | Lilac Chalk Sky | 0 | 150 g/m² | Cut long and loose, in cotton brushed once on the inside.
Painter's Tee | Plainsong | 40 | Butter Chalk Blush | 2 | 220 g/m² | Sleeves to the elbow and a pocket that has seen some brushes.
Summer Stripe Tee | Plainsong | 42 | Butter Sky Rose | 1 | 180 g/m² | The harbour stripe in the colours of ice cream.
Night Shift Tee | Northmoor | 46 | Black Ink Plum | 0 | 200 g/m² | Dark all the way through, with the seams taped flat for wearing under something.`,
  },
  {
    department: 'Apparel',
    category: 'Shirts',
    about: 'Shirts for offices, gardens and the walk between.',
    shape: 'shirt',
    trim: 'Chalk',
    material: 'Cotton poplin',
    measure: { key: 'fit', label: 'Fit' },
    sizes: bodySizes,
    weightGrams: 280,
    uses: [
      'Seven buttons of corozo nut, with a spare inside the hem. The yoke is split, as it should be.',
      'The tail is curved to be worn out, and long enough to be tucked in.',
      'Single-needle seams, eight stitches to the centimetre: slow to sew and hard to see.',
    ],
    care: [
      'Machine wash at 40 °C, iron damp, or do not.',
      'Wash at 30 °C; hang it wet and the creases fall out.',
    ],
    entries: `
Everyday Oxford Shirt | Plainsong | 78 | Sky Chalk Blush | 0 | Regular; Cotton oxford | Basket-weave cotton that starts crisp and ends as the softest thing you own.
Checked Work Shirt | Northmoor | 84 | Tomato Forest Ink | 1 | Relaxed; Brushed cotton | Brushed on both sides and double-stitched where a rucksack rubs.
Pinstripe Shirt | Plainsong | 82 | Chalk Sky | 2 | Slim | A stripe the width of a thread, on poplin with a quiet shine.
Linen Shirt | Plainsong | 92 | Oat Sage Clay | 0 | Relaxed; Linen | Flax from three farms, woven loose. It creases at once and well.
Chambray Shirt | Northmoor | 76 | Denim Slate | 0 | Regular; Cotton chambray | Blue one way and white the other. It fades where you do things.
Corduroy Shirt | Northmoor | 94 | Ochre Moss Plum | 2 | Relaxed; Cotton corduroy | Needlecord, light enough to be a shirt and warm enough to be the last layer.
Camp Collar Shirt | Plainsong | 72 | Teal Butter Rust | 0 | Relaxed; Lyocell | An open collar and a short way to the beach.
Flannel Shirt | Northmoor | 88 | Charcoal Rust Forest | 1 | Regular; Cotton flannel | Checks woven, not printed, so they meet at the seams.
Grandad Shirt | Plainsong | 80 | Chalk Stone Ink | 2 | Relaxed | No collar, four buttons less, and nothing missing.
Overshirt | Northmoor | 118 | Moss Ink Amber | 0 | Relaxed; Cotton drill | Two shirts thick, with pockets for hands. Half the year it is all the jacket you need.
Gingham Shirt | Plainsong | 74 | Sky Rose Sage | 1 | Regular | A small, cheerful check. It has been to more picnics than most baskets.`,
  },
  {
    department: 'Apparel',
    category: 'Knitwear',
    about: 'Wool from sheep with names, knitted to be mended.',
    shape: 'jumper',
    trim: 'Oat',
    material: 'Lambswool',
    measure: { key: 'gauge', label: 'Knit' },
    sizes: bodySizes,
    weightGrams: 480,
    uses: [
      'Linked by hand at the shoulders. A metre of the same yarn comes with it, for later.',
      'Knitted in one piece from the neck down, so it stretches everywhere alike.',
      'It pills in the first weeks, then stops. A comb takes care of it.',
    ],
    care: ['Air often, wash seldom, dry flat.', 'Wool cycle at 30 °C; never hang it wet.'],
    entries: `
Shepherd Crew | Wool Assembly | 128 | Moss Oat Ink | 0 | 7 gauge | Undyed or dyed in small vats, with saddle shoulders that leave your arms free.
Breton Jumper | Wool Assembly | 134 | Slate Chalk Rust | 1 | 9 gauge | Broad stripes, a wide neck and sleeves that push up and stay there.
Grandfather Cardigan | Wool Assembly | 156 | Forest Amber Charcoal | 2 | 5 gauge | Buttons of horn, pockets for glasses, and a collar that stands if you need it.
Fisherman's Jumper | Wool Assembly | 168 | Chalk Ink | 0 | 3 gauge; Aran wool | Three kilometres of yarn in a rib that springs back. Nearly windproof.
Merino Fine Knit | Wool Assembly | 98 | Plum Slate Black | 0 | 16 gauge; Merino wool | Thin enough for under a jacket, and warm out of all proportion.
Colour Block Jumper | Wool Assembly | 138 | Ochre Teal | 1 | 7 gauge | Bands joined in the knitting. Turn it inside out: no loose ends.
Shawl Cardigan | Wool Assembly | 172 | Walnut Stone | 2 | 5 gauge; Yak and wool | For reading rooms, balconies and the far end of long evenings.
Cropped Jumper | Wool Assembly | 112 | Rose Butter Sage | 0 | 7 gauge | Ends at the waistband on purpose, with a deep rib to hold it there.
Cotton Jumper | Plainsong | 88 | Sky Chalk Clay | 0 | 7 gauge; Organic cotton | For summer nights and people who find wool too lively.
Regatta Cardigan | Wool Assembly | 142 | Cobalt Tomato | 2 | 9 gauge | Bright, tidy and buttoned to the neck, for weather that cannot decide.
Fair Stripe Jumper | Wool Assembly | 148 | Lilac Moss | 1 | 9 gauge; Shetland wool | Shetland yarn in two colours from the same hillside.`,
  },
  {
    department: 'Apparel',
    category: 'Outerwear',
    about: 'For weather, and for looking as if you like it.',
    shape: 'jacket',
    trim: 'Brass',
    material: 'Waxed cotton',
    measure: { key: 'fit', label: 'Fit' },
    sizes: bodySizes,
    weightGrams: 1100,
    uses: [
      'Two outer pockets with storm flaps, one inside that fits a paperback.',
      'The hem and cuffs are bound, as that is where jackets die first.',
      'Room for a jumper underneath. Sleeves turn back to show the lining.',
    ],
    care: [
      'Sponge with cold water and renew the wax once a year.',
      'Machine wash at 30 °C without softener; tumble low to revive the proofing.',
    ],
    entries: `
Moor Jacket | Northmoor | 245 | Moss Ink Amber | 0 | Regular | Waxed in Scotland's rain by people who stand in it. The zip runs both ways.
Chore Coat | Northmoor | 148 | Ink Ochre Clay | 1 | Relaxed; Cotton moleskin | Four buttons, three pockets, and the colour that workshops have worn since 1890.
Anorak | Northmoor | 198 | Tomato Teal Ochre | 2 | Relaxed; Recycled nylon | A hood that turns with your head and packs into its own pocket.
Field Parka | Northmoor | 298 | Forest Charcoal | 2 | Relaxed; Cotton and nylon | Long enough to sit on a wet wall. The hood takes a hat under it.
Quilted Liner | Northmoor | 132 | Oat Moss Plum | 1 | Slim; Recycled fill | Wear it under the Moor Jacket or over a shirt. Thin, light and hardly there.
Harrington | Plainsong | 168 | Stone Ink Rust | 0 | Regular; Cotton gabardine | Short, zipped and lined in a check that nobody else needs to see.
Rain Shell | Northmoor | 220 | Butter Slate Cobalt | 2 | Regular; Three-layer recycled nylon | Taped seams and a peak stiff enough to look out from under.
Wool Pea Coat | Wool Assembly | 320 | Ink Black | 1 | Regular; Melton wool | Felted wool, so dense that rain thinks twice.
Denim Jacket | Plainsong | 128 | Denim Black | 1 | Slim; Selvedge denim | Rigid on the first day. By the hundredth it knows your shoulders.
Fleece Jacket | Tern Outdoor | 118 | Sage Rust Chalk | 0 | Relaxed; Recycled fleece | Deep pile outside, smooth inside, with a pocket on the chest for keys.
Bomber | Plainsong | 176 | Forest Plum Black | 0 | Regular; Recycled nylon | Ribbed at wrists and waist, so the wind has nowhere to start.`,
  },
  {
    department: 'Apparel',
    category: 'Hats & Scarves',
    about: 'For the parts that stick out.',
    shape: 'hat',
    trim: 'Oat',
    material: 'Lambswool',
    measure: { key: 'dimensions', label: 'Size' },
    weightGrams: 120,
    uses: [
      'One size for most heads; it gives where you need it.',
      'Finished by hand, with the ends woven in so that they stay in.',
      'Small enough for a coat pocket, warm enough to miss when it is not there.',
    ],
    care: ['Hand wash cool, dry flat.', 'Brush or sponge clean; reshape while damp.'],
    entries: `
Bobble Beanie | Wool Assembly | 36 | Forest Tomato Oat | 0 | 56–60 cm | A deep rib and a bobble that is sewn on well enough to be pulled.
Watch Cap | Wool Assembly | 32 | Ink Charcoal Rust | 0 | 56–60 cm; Merino wool | The dockworker's cap in merino that does not itch.
Canvas Cap | Northmoor | 34 | Moss Chalk Denim | 1 | Adjustable; Washed canvas | Six panels and a soft peak to bend as you like. The buckle is brass.
Corduroy Cap | Plainsong | 36 | Amber Plum Slate | 1 | Adjustable; Cotton corduroy | Low on the head, in a wide cord, with a leather strap behind.
Felt Hat | Northmoor | 98 | Forest Walnut Black | 2 | 57–60 cm; Wool felt | Blocked over steam. It folds, and forgives.
Sun Hat | Spade & Sparrow | 44 | Oat Butter | 2 | 56–60 cm; Paper braid | A brim for weeding under, with a cord for windy allotments.
[scarf] Fringed Scarf | Wool Assembly | 68 | Rose Moss Ink | 0 | 30 × 190 cm | Long enough for two turns and a knot. Three stripes near the ends.
[scarf] Plain Scarf | Wool Assembly | 74 | Slate Ochre Plum | 1 | 35 × 200 cm; Cashmere and wool | A tenth of cashmere, which is all it takes to notice.
[scarf] Harbour Scarf | Wool Assembly | 62 | Cobalt Chalk | 0 | 28 × 180 cm; Merino wool | Knitted in a half rib that lies flat under a collar.
[scarf] Linen Scarf | Haldane | 48 | Sage Blush Sky | 1 | 70 × 190 cm; Linen | For April, and for aeroplanes.
Rain Hat | Northmoor | 52 | Butter Ink | 2 | 57–60 cm; Waxed cotton | The brim is longer behind, as rain prefers necks.`,
  },
  {
    department: 'Apparel',
    category: 'Socks',
    about: 'Knitted in pairs, sold in pairs; the rest is up to you.',
    shape: 'sock',
    trim: 'Ochre',
    material: 'Combed cotton',
    measure: { key: 'leg', label: 'Leg' },
    sizes: [
      ['36–40', 0],
      ['41–46', 0],
    ],
    weightGrams: 80,
    uses: [
      'Toes are closed by hand, loop by loop, so there is no ridge.',
      'Reinforced where a heel is a heel. Guaranteed for a year of ordinary walking.',
      'A rib that holds without leaving its mark.',
    ],
    care: [
      'Wash at 40 °C, inside out. They prefer a line to a dryer.',
      'Wool cycle at 30 °C; dry flat or over a rail.',
    ],
    entries: `
Weekday Sock | Sockeye Mill | 14 | Ink Moss Rust | 0 | Calf | Heel and toe in another colour, so that you find the pair in the dark.
Stripe Sock | Sockeye Mill | 15 | Slate Tomato Forest | 1 | Calf | Four stripes, always four. We tried five.
Spot Sock | Sockeye Mill | 15 | Plum Teal Charcoal | 2 | Calf | Spots set at random by a knitting machine that was allowed to choose.
Walking Sock | Sockeye Mill | 22 | Moss Slate | 0 | Over the calf; Merino wool | Cushioned underfoot, thin on top, and dry by morning on a tent line.
House Sock | Sockeye Mill | 28 | Oat Clay Sage | 1 | Ankle; Lambswool | Thick as a slipper, with a sole of suede dots.
Linen Sock | Sockeye Mill | 18 | Stone Sky | 0 | Ankle; Linen and cotton | Cool in canvas shoes. A little rough at first, then not at all.
Bed Sock | Sockeye Mill | 34 | Rose Lilac Chalk | 2 | Ankle; Alpaca | Loose, brushed alpaca for feet that arrive cold.
Cycling Sock | Sockeye Mill | 17 | Black Cobalt Butter | 1 | Mid calf; Recycled nylon | Tall enough for the photograph and thin enough for the shoe.
Boot Sock | Sockeye Mill | 24 | Charcoal Rust | 1 | Over the calf; Lambswool | For boots with history. Marled yarn hides the mud.
Dress Sock | Sockeye Mill | 16 | Ink Plum Forest | 0 | Over the calf; Mercerised cotton | Fine, matte and long enough that no shin is ever seen.
Garden Sock | Sockeye Mill | 19 | Amber Moss | 2 | Calf; Hemp and cotton | Hemp shrugs off soil, and the spots hide what it cannot.`,
  },
];
