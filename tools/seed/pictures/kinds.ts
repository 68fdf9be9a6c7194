import { beanie, scarf, socks, umbrella } from './accessories.ts';
import { backpack, sneaker, tote } from './bags.ts';
import { candle, mug, planter, vase } from './ceramics.ts';
import { clock, notebook, pen, woodenToy } from './desk.ts';
import { chair, sideTable, stool } from './furniture.ts';
import { jacket, knitwear, shirt, trousers, tShirt } from './garments.ts';
import { bottle, carafe, dispenser, glass, soap } from './glassware.ts';
import { board, kettle, knife, pan } from './kitchen.ts';
import { floorLamp, pendantLamp, tableLamp } from './lamps.ts';
import type { Draw } from './subject.ts';
import { bowl, plate } from './tableware.ts';
import { blanket, cushion, throwBlanket, towel } from './textiles.ts';

export const pictureKinds = [
  'table-lamp',
  'pendant-lamp',
  'floor-lamp',
  'cushion',
  'throw',
  'vase',
  'planter',
  'candle',
  'clock',
  'mug',
  'plate',
  'bowl',
  'pan',
  'kettle',
  'knife',
  'board',
  'glass',
  'carafe',
  'chair',
  'stool',
  'side-table',
  't-shirt',
  'shirt',
  'knitwear',
  'jacket',
  'trousers',
  'beanie',
  'scarf',
  'socks',
  'tote',
  'backpack',
  'sneaker',
  'notebook',
  'pen',
  'bottle',
  'blanket',
  'wooden-toy',
  'soap',
  'dispenser',
  'towel',
  'umbrella',
] as const;

export type PictureKind = (typeof pictureKinds)[number];

/** How each kind of thing is drawn. */
export const drawings: Record<PictureKind, Draw> = {
  'table-lamp': tableLamp,
  'pendant-lamp': pendantLamp,
  'floor-lamp': floorLamp,
  cushion,
  throw: throwBlanket,
  vase,
  planter,
  candle,
  clock,
  mug,
  plate,
  bowl,
  pan,
  kettle,
  knife,
  board,
  glass,
  carafe,
  chair,
  stool,
  'side-table': sideTable,
  't-shirt': tShirt,
  shirt,
  knitwear,
  jacket,
  trousers,
  beanie,
  scarf,
  socks,
  tote,
  backpack,
  sneaker,
  notebook,
  pen,
  bottle,
  blanket,
  'wooden-toy': woodenToy,
  soap,
  dispenser,
  towel,
  umbrella,
};
