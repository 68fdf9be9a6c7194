import type { Family } from './model.ts';

export const kitchen: readonly Family[] = [
  {
    department: 'Kitchen',
    category: 'Mugs & Cups',
    about: 'Stoneware to drink from every day: thrown thick where you hold it, thin where you sip.',
    shape: 'mug',
    trim: 'Oat',
    material: 'Stoneware',
    measure: { key: 'capacity', label: 'Capacity' },
    weightGrams: 380,
    uses: [
      'The handle takes three fingers, and the foot is ground smooth so that it never marks a table.',
      'Stacks two high without wobbling. The glaze pools a little at the rim, so no two are quite the same.',
      'It holds heat longer than it looks, and fits under most espresso machines.',
    ],
    care: ['Dishwasher and microwave safe.', 'Dishwasher safe; let it cool before you rinse it.'],
    entries: `
Harbour Mug | Fieldhouse | 18 | Clay Ink Oat | 0 | 340 ml | A straight-sided mug with a broad, steady foot. It was drawn for a fishermen's café and is hard to knock over.
Belly Mug | Fieldhouse | 20 | Ochre Moss Chalk | 1 | 380 ml | Round as a pebble and dipped in a second glaze to just above the middle, where your hands go.
Long Morning Mug | Fieldhouse | 22 | Sage Rust | 2 | 460 ml | Tall enough for a proper breakfast tea, narrow enough to keep it hot to the last page.
Corner Espresso Cup | Kiln & Kettle | 12 | Black Chalk Tomato | 3 | 90 ml | A small cup with a thick wall, because espresso hates a cold one.
Flat White Cup | Kiln & Kettle | 15 | Slate Blush | 3 | 180 ml | The wide curve inside helps the milk roll under. Baristas asked for the handle to be a size up, so it is.
Speckle Mug | Fieldhouse | 19 | Oat Stone Sky | 0 | 330 ml | Iron in the clay comes through the glaze as freckles. Each firing decides how many.
Tidewater Mug | Petra Vale | 26 | Teal Sky Oat | 1 | 360 ml | Two glazes meet and run where the kiln is hottest, like a shoreline seen from above.
Studio Tumbler | Petra Vale | 16 | Chalk Clay Forest | 2 | 300 ml | For water, wine or toothbrushes. The thumb dent is where the potter's own thumb went.
Camp Table Mug | Tern Outdoor | 14 | Forest Cobalt Tomato | 0 | 350 ml; Enamelled steel | Two coats of enamel over steel, with a rolled rim in black. Chips are a diary, not a fault.
Winter Cup | Fieldhouse | 24 | Plum Ink | 1 | 420 ml | Double thickness around the belly for cold hands, and room on top for cream.
First Light Mug | Kiln & Kettle | 21 | Butter Lilac Sky | 2 | 400 ml | Matte outside, glossy within, in the colours of a clear morning.`,
  },
  {
    department: 'Kitchen',
    category: 'Cookware',
    about: 'Pots and pans that get better, bought once and handed on.',
    shape: 'pot',
    trim: 'Brass',
    material: 'Enamelled cast iron',
    measure: { key: 'size', label: 'Size' },
    sizes: [
      ['Regular', 0],
      ['Large', 40],
    ],
    weightGrams: 3900,
    uses: [
      'Good on gas, induction and in the oven up to 250 °C. The lid drips evenly back over what is cooking.',
      'Start it low: the metal carries heat so well that you will rarely need more than half the dial.',
      'It goes from stove to table, and looks as if that had been the plan.',
    ],
    care: [
      'Wash by hand and dry at once; oil the rim now and then.',
      'Soak, do not scour. Wooden spoons keep the surface young.',
    ],
    entries: `
Sunday Casserole | Ostra | 145 | Tomato Ink Chalk | 0 | 4.2 l | For stews that take all afternoon. The walls are thick enough to forget about them for an hour.
Low Braiser | Ostra | 160 | Forest Ochre | 1 | 3.5 l | Wide and shallow, so that a whole cut lies flat and browns before it braises.
Bean Pot | Ostra | 120 | Clay Oat | 0 | 3 l; Stoneware | Bellied clay for beans, barley and anything else that likes slow heat and company.
Harvest Stockpot | Ostra | 175 | Sage Cobalt | 0 | 7 l | Room for a chicken, its vegetables and the good intentions of a whole week.
[pan] Everyday Skillet | Marrow | 68 | Black Charcoal | 0 | 26 cm; Carbon steel | Half the weight of cast iron, with the same crust. It arrives seasoned with flax oil.
[pan] Deep Sauté Pan | Ostra | 98 | Slate Steel | 1 | 28 cm; Stainless steel | Three layers of metal with straight sides, for sauces that start with something sizzling.
[pan] Crêpe Pan | Marrow | 44 | Black Rust | 0 | 24 cm; Carbon steel | A rim low enough for a spatula and a base thin enough to answer at once.
[pan] Little Egg Pan | Marrow | 32 | Charcoal Teal | 1 | 18 cm; Cast iron | For two eggs, or one and the cook's share. It weighs less than a hardback.
Tagine Pot | Ostra | 110 | Rust Teal | 1 | 3 l; Stoneware | The lid returns every drop. Apricots, lamb and patience are not included.
Rice Pot | Kiln & Kettle | 84 | Chalk Black | 0 | 2 l; Stoneware | A double lid and thick base make rice that steams rather than boils. Crisp bottoms are optional.
Fondue Pot | Ostra | 92 | Tomato Moss | 1 | 1.8 l | Small, heavy and sociable. The glaze inside lets cheese go without a fight.`,
  },
  {
    department: 'Kitchen',
    category: 'Knives & Boards',
    about: 'Edges that keep, and wood that forgives them.',
    shape: 'knife',
    trim: 'Steel',
    material: 'High-carbon steel, walnut',
    measure: { key: 'length', label: 'Length' },
    weightGrams: 260,
    uses: [
      'Balanced at the bolster, where your finger goes. Sharpened on stone by one of four people whose initials are on the spine.',
      'It comes with a paper sheath that is good enough to keep using.',
      'Take it to a stone twice a year and it will outlast the kitchen.',
    ],
    care: [
      'Wash by hand, dry, and rub with oil twice a year.',
      'Never the dishwasher. A drop of mineral oil keeps it well.',
    ],
    entries: `
Cook's Knife | Marrow | 96 | Walnut Black | 0 | 20 cm | The one that does nine jobs of ten. A gentle curve for rocking, a flat heel for chopping.
Bread Knife | Marrow | 78 | Oak Walnut | 1 | 24 cm | Deep, wide teeth that saw rather than tear. It is kind to tomatoes too.
Paring Knife | Marrow | 42 | Oak Black Rust | 2 | 9 cm | Short enough to peel in the hand, stiff enough to take the eye out of a potato.
Slicing Knife | Marrow | 88 | Walnut Ink | 1 | 26 cm | Long and thin for roasts, salmon and the last of the ham.
Petty Knife | Ostra | 64 | Black Forest | 2 | 13 cm | Between a paring and a cook's knife: herbs, shallots, small hands.
Vegetable Knife | Ostra | 82 | Oak Slate | 0 | 17 cm | A tall blade to scoop up what it has cut. Cabbage holds no fear.
[board] Long Serving Board | Aldergrove | 58 | Oak Walnut | 0 | 45 cm; Solid oak | Cut from a single plank, with the bark side down. Bread on one end, cheese on the other.
[board] Round Pizza Board | Aldergrove | 64 | Birch Oak | 1 | 35 cm; Solid ash | Wide as a pizza and light enough to pass. Flip it over for chopping.
[board] Butcher's Board | Marrow | 118 | Walnut Oak | 0 | 40 cm; End-grain walnut | End grain closes up behind the knife, so both stay younger.
[board] Breakfast Board | Aldergrove | 26 | Birch Walnut | 0 | 28 cm; Solid beech | A small board in place of a plate: one for each in the house.
[board] Herb Board | Marrow | 34 | Oak Walnut | 1 | 22 cm; Olive wood | A shallow dip in the middle keeps parsley where it belongs.`,
  },
  {
    department: 'Kitchen',
    category: 'Storage Jars',
    about: 'For flour, beans, biscuits and whatever the garden did too well.',
    shape: 'jar',
    trim: 'Oak',
    material: 'Glass, oak',
    measure: { key: 'capacity', label: 'Capacity' },
    sizes: [
      ['Small', 0],
      ['Medium', 6],
      ['Large', 13],
    ],
    weightGrams: 620,
    uses: [
      'A silicone ring in the lid keeps air out and opens with a sigh. Spare rings cost very little, and we keep them.',
      'The opening takes a measuring cup, and a hand to clean it.',
      'Square on the shelf, round in the hand: they line up better than most jars.',
    ],
    care: ['Jar in the dishwasher, lid by hand.', 'Wipe the lid with a damp cloth; never soak wood.'],
    entries: `
Pantry Jar | Tinsmith Row | 16 | Clear Amber | 1 | 0.7 l | Clear glass and an oak lid, so that you see the lentils run low before you need them.
Biscuit Crock | Fieldhouse | 38 | Oat Sage Ink | 0 | 1.8 l; Stoneware, oak | The label is part of the glaze. What you write in it with a soft pencil washes off.
Sugar Pot | Fieldhouse | 24 | Blush Chalk Clay | 2 | 0.4 l; Stoneware | Low and wide with a lid that has a rest for the spoon.
Coffee Tin | Tinsmith Row | 22 | Black Forest Tomato | 0 | 0.9 l; Tinned steel | Two lids, one to press the air out. It closes with the sound of a good car door.
Salt Cellar | Petra Vale | 28 | Slate Chalk | 2 | 0.3 l; Soapstone | Stone stays cool and dry. Made for three fingers and flaky salt.
Tall Pasta Jar | Tinsmith Row | 21 | Clear Sage | 1 | 1.6 l | Spaghetti stands up straight in it. The cork is cut from one piece.
Flour Bin | Tinsmith Row | 46 | Chalk Slate | 0 | 5 l; Tinned steel, beech | Takes a whole bag with room for the scoop, which is included and fits the curve.
Spice Jar | Tinsmith Row | 9 | Amber Clear | 1 | 0.15 l | Amber glass keeps paprika red. Six fit in a drawer side by side.
Honey Pot | Fieldhouse | 26 | Ochre Amber | 2 | 0.35 l; Stoneware | Glazed the colour of its contents, with a notch for the dipper.
Garlic Keeper | Petra Vale | 23 | Clay Stone | 2 | 0.6 l; Terracotta | Unglazed inside and pierced behind, so that a dozen bulbs can breathe.
Preserving Jar | Tinsmith Row | 14 | Clear Sky | 1 | 1 l | Thick walls for boiling water, and a wire clasp that has not changed in a century.`,
  },
  {
    department: 'Kitchen',
    category: 'Coffee & Tea',
    about: 'Slow ways to make something hot.',
    shape: 'kettle',
    trim: 'Walnut',
    material: 'Stainless steel, walnut',
    measure: { key: 'capacity', label: 'Capacity' },
    weightGrams: 900,
    uses: [
      'Pours in a line as thin as you like and stops when you do, with no drip down the front.',
      'A mark inside shows how much is enough for two.',
      'The handle is shaped for either hand and stays cool.',
    ],
    care: [
      'Descale with vinegar once a month; rinse twice.',
      'Rinse with hot water; leave the soap for the plates.',
    ],
    entries: `
Gooseneck Kettle | Kiln & Kettle | 74 | Black Steel Chalk | 0 | 0.9 l | The spout starts low and narrows late, which is what makes the pour so even.
Whistling Kettle | Kiln & Kettle | 62 | Tomato Cobalt Sage | 1 | 1.8 l; Enamelled steel | It sings in thirds rather than screams. Enamelled by hand in three coats.
Round Teapot | Fieldhouse | 54 | Ink Oat Rust | 1 | 1.1 l; Stoneware | Holds four cups. The strainer is thrown into the wall, so nothing gets lost in the sink.
Tea for One Pot | Fieldhouse | 38 | Moss Blush | 1 | 0.5 l; Stoneware | A pot for an afternoon by yourself, with a lid that stays on when you tip it.
[dripper] Pour-Over Set | Kiln & Kettle | 58 | Chalk Black Clay | 0 | 0.6 l; Stoneware, glass | A cone with ribs that let the paper breathe, on a carafe with a wooden collar.
[dripper] Glass Brewer | Kiln & Kettle | 46 | Clear Amber | 0 | 0.8 l; Borosilicate glass | Watch it bloom. Takes standard size 2 papers, or the cloth that comes with it.
Stovetop Pot | Ostra | 68 | Steel Black | 0 | 0.4 l | Strong, dark and quick, from a pot of steel that never tastes of metal.
Iron Tea Kettle | Ostra | 98 | Black Teal | 1 | 1.2 l; Cast iron, enamelled inside | Keeps tea hot for the length of a film. Heavy, on purpose.
[mug] Tasting Cup | Kiln & Kettle | 14 | Chalk Slate | 3 | 200 ml; Porcelain | The curve that roasters use, thin at the lip so that nothing comes between you and the cup.
Milk Kettle | Kiln & Kettle | 34 | Steel Butter | 0 | 0.5 l | For warming and pouring, with a lip that draws a clean line.
[jar] Tea Caddy | Tinsmith Row | 26 | Plum Forest Brass | 0 | 0.6 l; Tinned steel | An inner lid with a knob keeps the leaves dark, dry and in no hurry.`,
  },
];
