import { contrasting, linen, shifted, type Tones, tonesOf } from './colour.ts';
import { fill } from './ink.ts';
import { ellipse } from './paths.ts';
import type { Rand } from './prng.ts';
import type { Turned } from './turned.ts';

const clay = tonesOf({ l: 0.7, c: 0.055, h: 62 });
const darkClay = tonesOf({ l: 0.42, c: 0.035, h: 50 });

/** How a potter decorated a piece: which tones at which height. The colour of the product always leads. */
export function glazeFor(rand: Rand, tones: Tones, top: number, bottom: number): (y: number) => Tones {
  const height = bottom - top;
  const second = rand.chance(0.5) ? shifted(tones, tones.lch.l > 0.55 ? -0.13 : 0.13) : contrasting(tones);
  const body = rand.pick([clay, darkClay, linen]);
  const line = rand.between(0.16, 0.34);
  switch (rand.whole(0, 4)) {
    case 0:
      return () => tones;
    case 1: // dipped: the raw clay shows at the foot
      return (y) => (y > bottom - height * (line * 0.7 + 0.04) ? body : tones);
    case 2: // one band below the rim
      return (y) => (y > top + height * line && y < top + height * (line + 0.1) ? second : tones);
    case 3: // fine rings
      return (y) => {
        const at = (y - top) / height;
        return at > 0.3 && at < 0.72 && ((at - 0.3) * 100) % 14 < 4 ? second : tones;
      };
    default: // a second glaze over the top
      return (y) => (y < top + height * line ? second : tones);
  }
}

/** Specks of iron in the clay. */
export function speckles(solid: Turned, tones: Tones, rand: Rand, count: number): string {
  let path = '';
  for (let index = 0; index < count; index++) {
    const y = rand.between(solid.top + 8, solid.bottom - 6);
    const across = Math.sin(rand.between(-1.35, 1.35));
    const r = solid.radius(y);
    const size = rand.between(1, 3.4);
    path += ellipse(
      solid.cx + r * across,
      y + r * solid.tilt * Math.sqrt(1 - across * across),
      size * Math.sqrt(1.05 - across * across),
      size * 0.9,
    );
  }
  return fill(path, tones.lch.l < 0.4 ? tones.pale : tones.deep, 0.45);
}
