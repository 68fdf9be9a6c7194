import { type Lch, lit, type Tones, toHex } from './colour.ts';
import { fill, type Ink } from './ink.ts';
import type { Rand } from './prng.ts';
import type { Subject } from './subject.ts';

type Tint = readonly [hue: number, chroma: number];

/** Warm stone, sage, clay, fog blue, oat, dusk. */
const families: readonly [Tint, ...Tint[]] = [
  [70, 0.016],
  [142, 0.024],
  [44, 0.04],
  [236, 0.022],
  [86, 0.034],
  [330, 0.018],
];

const whole = 'M0 0H1200V1200H0Z';

/** The studio's colour: its hue by the product, its lightness such that this colour stands out. */
export function studioFor(tones: Tones, rand: Rand): Lch {
  const [h, c] = rand.pick(families);
  const l = tones.lch.l;
  const lightness = l > 0.84 ? 0.72 : l > 0.74 ? 0.9 - (l - 0.74) * 0.4 : l < 0.4 ? 0.84 : 0.89;
  return { l: lightness - rand.between(0, 0.025), c: l > 0.84 ? c * 1.35 : c, h };
}

/** The light of a big lamp at the upper left, and the corners that it does not reach. */
function glow(ink: Ink, studio: Lch): string {
  const bright = ink.radial(330, 260, 900, [
    [0, lit({ ...studio, c: studio.c * 0.6 }, 1.05), 0.75],
    [1, lit(studio, 1), 0],
  ]);
  const corners = ink.radial(520, 520, 1020, [
    [0.55, '#000', 0],
    [1, toHex({ l: 0.3, c: 0.03, h: studio.h }), 0.3],
  ]);
  return fill(whole, bright) + fill(whole, corners);
}

/** A wall and a floor that run into each other behind the thing. */
export function studioBackdrop(ink: Ink, studio: Lch, stance: Subject['stance']): string {
  if (stance === 'flat' || stance === 'wall' || stance === 'ceiling') {
    const paper = ink.linear(0, 0, 900, 1200, [
      [0, lit(studio, 0.66)],
      [1, lit(studio, 0.54)],
    ]);
    return fill(whole, paper) + glow(ink, studio);
  }
  const sweep = ink.linear(0, 0, 0, 1200, [
    [0, lit(studio, 0.55)],
    [0.56, lit(studio, 0.6)],
    [0.61, lit(studio, 0.57)],
    [0.66, lit(studio, 0.63)],
    [0.8, lit(studio, 0.72)],
    [1, lit(studio, 0.6)],
  ]);
  return fill(whole, sweep) + glow(ink, studio);
}

/** The dark where a thing meets the ground, and the soft shadow that it throws to the right. */
export function groundShadow(ink: Ink, studio: Lch, feet: NonNullable<Subject['feet']>): string {
  const dark = toHex({ l: 0.2, c: 0.03, h: studio.h });
  return feet
    .map(([x, y, half]) => {
      const far = ink.radial(
        x + half * 0.75,
        y + half * 0.06,
        half * 1.9 + 30,
        [
          [0, dark, 0.34],
          [0.35, dark, 0.22],
          [0.7, dark, 0.06],
          [1, dark, 0],
        ],
        0.2,
      );
      const near = ink.radial(
        x + half * 0.06,
        y + 5,
        half * 1.16 + 12,
        [
          [0, dark, 0.62],
          [0.72, dark, 0.42],
          [0.88, dark, 0.14],
          [1, dark, 0],
        ],
        0.22,
      );
      return fill(whole, far) + fill(whole, near);
    })
    .join('');
}

/** The shadow of something thin or hung, in its own outline. */
export function outlineShadow(studio: Lch, outline: string, reach: number): string {
  const dark = toHex({ l: 0.22, c: 0.03, h: studio.h });
  let markup = '';
  for (let layer = 0; layer < 6; layer++) {
    const width = reach * (0.2 + layer * 0.36);
    const drift = reach * (0.35 + layer * 0.09);
    markup += `<path d="${outline}" transform="translate(${Math.round(drift)} ${Math.round(drift * 1.35)})" fill="${dark}" stroke="${dark}" stroke-width="${Math.round(width)}" stroke-linejoin="round" opacity="${0.075 - layer * 0.006}"/>`;
  }
  return markup;
}
