import { type Random, randomOf } from '../random.ts';
import { hat, jacket, jumper, scarf, shirt, sock, tee } from './apparel.ts';
import { backpack, bottle, lantern, tent, tote, trowel, wallet, wateringCan } from './carry.ts';
import { notebook, organiser, pen, softToy, woodenToy } from './desk-and-kids.ts';
import { candle, chair, cushion, lamp, pendant, planter, stool, throwBlanket, vase } from './home.ts';
import { board, dripper, jar, kettle, knife, mug, pan, pot } from './kitchen.ts';
import type { Look, Shape } from './model.ts';
import { box, ellipse, newSheet, type Sheet, shape } from './sheet.ts';
import { brightness, mix, tone } from './tone.ts';

const shapes = {
  ...{ mug, pot, pan, knife, board, jar, kettle, dripper },
  ...{ lamp, pendant, cushion, throwBlanket, vase, planter, candle, chair, stool },
  ...{ tee, shirt, jumper, jacket, hat, scarf, sock },
  ...{ backpack, tote, wallet, bottle, tent, lantern, trowel, wateringCan },
  ...{ notebook, pen, organiser, softToy, woodenToy },
} satisfies Record<string, Shape>;
export type ShapeName = keyof typeof shapes;
export const shapeNames = Object.keys(shapes).filter((name): name is ShapeName => name in shapes);

/** Things that are shown from above, on a table. */
const fromAbove = new Set<string>([
  'pan',
  'knife',
  'board',
  'tee',
  'shirt',
  'jumper',
  'jacket',
  'scarf',
  'sock',
  'wallet',
  'trowel',
  'notebook',
  'pen',
]);
const hanging = new Set<string>(['pendant']);

/** One picture: what is on it, and what it is named by; the same name gives the same picture. */
export interface Picture {
  readonly name: string;
  readonly shape: ShapeName;
  readonly look: Look;
  /** The scene of a product's pictures is the same, so that only the colour changes between them. */
  readonly scene: string;
}

/** Small things come closer. */
const closeness: Partial<Record<ShapeName, number>> = {
  ...{ mug: 1.42, pot: 1.22, jar: 1.3, kettle: 1.2, dripper: 1.22, candle: 1.3, vase: 1.12, planter: 1.14 },
  ...{ lamp: 1.14, cushion: 1.12, throwBlanket: 1.2, chair: 1.12, stool: 1.26, hat: 1.12, scarf: 1.08 },
  ...{
    bottle: 1.16,
    lantern: 1.2,
    wateringCan: 1.2,
    backpack: 1.08,
    tote: 1.12,
    wallet: 1.12,
    organiser: 1.22,
  },
  ...{ woodenToy: 1.18, softToy: 1.06, knife: 1.14, pen: 1.14, trowel: 1.08, pan: 1.06 },
};

const walls = ['#f1e6d8', '#e9e4da', '#e3e6df', '#f0dfd3', '#dfe4e6', '#efe7cf', '#e8dfe2', '#dde5dc'];

/** Draws a picture as SVG, 960 by 960. */
export function drawPicture(picture: Picture): string {
  const sheet = newSheet();
  const random = randomOf(picture.scene);
  const wall = backgroundFor(random.pick(walls), picture.look.main);
  const isAbove = fromAbove.has(picture.shape);
  const backdrop = isAbove
    ? tableTop(sheet, wall, random)
    : room(sheet, wall, random, hanging.has(picture.shape));
  const thing = shapes[picture.shape](sheet, picture.look);
  const scale = (0.95 + random.next() * 0.05) * (closeness[picture.shape] ?? 1);
  const placed = `<g transform="translate(${500 - 500 * scale} ${(isAbove ? 510 : 800) * (1 - scale) + (isAbove ? 0 : 40)}) scale(${scale.toFixed(3)})">${thing}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" width="960" height="960"><defs>${sheet.defs()}</defs>${backdrop}${placed}</svg>`;
}

/** Pale things stand before a deeper wall, so that their outline shows. */
function backgroundFor(wall: string, main: string): string {
  const light = brightness(main);
  const tinted = mix(wall, main, light > 0.45 ? 0.12 : 0.06);
  return light > 0.78 ? tone(tinted, -0.16) : tinted;
}

function room(sheet: Sheet, wall: string, random: Random, hangs: boolean): string {
  const back = sheet.gradient('radial', 'cx="0.32" cy="0.22" r="1"', [
    [0, tone(wall, 0.5)],
    [0.55, wall],
    [1, tone(wall, -0.13)],
  ]);
  const floor = sheet.gradient('linear', 'x1="0" x2="0" y1="0" y2="1"', [
    [0, tone(wall, -0.1)],
    [0.35, tone(wall, 0.12)],
    [1, tone(wall, -0.04)],
  ]);
  const behind = [
    () => '',
    () => ellipse(500, 470, 330, 330, tone(wall, 0.36)),
    () => shape('M190 746V440A310 310 0 0 1 810 440V746Z', tone(wall, -0.06)),
    () => box(600, 0, 190, 746, 0, tone(wall, 0.2)) + box(820, 0, 70, 746, 0, tone(wall, 0.16)),
  ];
  const ground = hangs ? '' : box(0, 746, 1000, 254, 0, floor);
  return box(0, 0, 1000, 1000, 0, back) + random.pick(behind)() + ground;
}

function tableTop(sheet: Sheet, wall: string, random: Random): string {
  const top = sheet.gradient('radial', 'cx="0.28" cy="0.2" r="1.15"', [
    [0, tone(wall, 0.42)],
    [0.6, wall],
    [1, tone(wall, -0.14)],
  ]);
  const extras = [
    () => '',
    () => shape('M0 0H420L120 1000H0Z', tone(wall, 0.3), 'opacity="0.5"'),
    () => shape('M1000 220V1000H260Z', tone(wall, -0.1), 'opacity="0.45"'),
    () => ellipse(500, 510, 440, 440, tone(wall, 0.22)),
  ];
  return box(0, 0, 1000, 1000, 0, top) + random.pick(extras)();
}
