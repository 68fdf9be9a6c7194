import { clamp, type Lch, lit, type Tones } from './colour.ts';
import { fill, type Ink, type Stop, stroke } from './ink.ts';
import { n } from './paths.ts';

/** Heights and radii from top to bottom; a third value marks a sharp edge. */
export type Profile = readonly (readonly [y: number, r: number, corner?: 1])[];

/** A solid of revolution (a pot on a wheel), seen a little from above. */
export type Turned = {
  cx: number;
  top: number;
  bottom: number;
  /** Height of a ring's ellipse for a width of 1. */
  tilt: number;
  samples: readonly { y: number; r: number }[];
  radius(y: number): number;
};

export function turned(cx: number, profile: Profile, tilt = 0.17): Turned {
  const samples: { y: number; r: number }[] = [];
  const at = (index: number) => profile[clamp(index, 0, profile.length - 1)] ?? ([0, 0] as const);
  for (let index = 0; index < profile.length - 1; index++) {
    const from = at(index);
    const to = at(index + 1);
    const before = from[2] ? from : at(index - 1);
    const after = to[2] ? to : at(index + 2);
    const steps = Math.max(2, Math.ceil(Math.max(to[0] - from[0], Math.abs(to[1] - from[1])) / 7));
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      const spline = (p: number, a: number, b: number, q: number) =>
        a + 0.5 * t * (b - p + t * (2 * p - 5 * a + 4 * b - q + t * (3 * (a - b) + q - p)));
      const y = from[0] + (to[0] - from[0]) * t;
      samples.push({ y, r: Math.max(0.5, spline(before[1], from[1], to[1], after[1])) });
    }
  }
  const last = at(profile.length - 1);
  samples.push({ y: last[0], r: last[1] });
  const radius = (y: number) => {
    const next = samples.findIndex((sample) => sample.y >= y);
    const low = samples[Math.max(0, next - 1)];
    const high = next < 0 ? samples.at(-1) : samples[next];
    if (!low || !high) return 0;
    const span = high.y - low.y;
    return span > 0 ? low.r + ((high.r - low.r) * clamp(y - low.y, 0, span)) / span : high.r;
  };
  return { cx, top: at(0)[0], bottom: last[0], tilt, samples, radius };
}

export type Finish = {
  /** 0 is chalk, 1 is polished. */
  gloss: number;
  /** The material at a height, for glaze bands and dipped ends; one material when left out. */
  paint?: (y: number) => Tones;
  /** Metal mirrors the studio: bands of light and dark instead of a soft turn. */
  metal?: boolean;
};

const light = [-0.56, 0.52, 0.64] as const;

/** Light on a point of the wall: `across` is -1 left … 1 right, `slope` the tilt of the wall towards the sky. */
function lightAt(across: number, slope: number, finish: Finish): number {
  const facing = Math.sqrt(Math.max(0, 1 - across * across));
  const flat = Math.sqrt(1 - slope * slope);
  const diffuse = across * flat * light[0] + slope * light[1] + facing * flat * light[2];
  let value = 0.3 + 0.42 * Math.max(0, diffuse) + 0.07 * slope;
  if (across > 0.86) value += (across - 0.86) * 0.9; // light that the wall behind throws back
  if (finish.metal) {
    value +=
      0.2 * Math.exp(-(((across + 0.52) / 0.12) ** 2)) - 0.16 * Math.exp(-(((across + 0.12) / 0.2) ** 2));
    value += 0.14 * Math.exp(-(((across - 0.55) / 0.1) ** 2));
  }
  return value;
}

const places = [-1, -0.96, -0.85, -0.7, -0.56, -0.4, -0.2, 0, 0.25, 0.5, 0.72, 0.88, 0.96, 1] as const;

function stopsOf(base: Lch, slope: number, finish: Finish): Stop[] {
  return places.map((across) => [(across + 1) / 2, lit(base, lightAt(across, slope, finish))] as const);
}

/** The front half of the ring at a height, as an open arc from left to right. */
export function arc(solid: Turned, y: number, scale = 1): string {
  const r = solid.radius(y) * scale;
  return `M${n(solid.cx - r)} ${n(y)}A${n(r)} ${n(r * solid.tilt)} 0 0 0 ${n(solid.cx + r)} ${n(y)}`;
}

/** The lit outside of a solid between two heights (all of it when left out), in thin rings from the bottom up. */
export function walls(ink: Ink, solid: Turned, tones: Tones, finish: Finish): string {
  const { cx, tilt, samples } = solid;
  const paint = finish.paint ?? (() => tones);
  let markup = '';
  let index = samples.length - 1;
  while (index > 0) {
    const low = samples[index];
    const high = samples[index - 1];
    if (!low || !high) break;
    const material = paint((low.y + high.y) / 2);
    // Straight walls of one material are one ring, however tall.
    let upper = high;
    let next = index - 1;
    const lean = (low.r - high.r) / Math.max(0.1, low.y - high.y);
    for (; next > 0; next--) {
      const above = samples[next - 1];
      const here = samples[next];
      if (!above || !here || paint((above.y + here.y) / 2) !== material) break;
      if (
        Math.abs((here.r - above.r) / Math.max(0.1, here.y - above.y) - lean) > 0.012 ||
        Math.abs(low.r - above.r) > 26
      )
        break;
      upper = above;
    }
    index = next;
    if (low.y + low.r * tilt <= upper.y + upper.r * tilt) continue;
    const slope = clamp(lean / Math.hypot(1, lean), -0.98, 0.98);
    const wide = Math.max(low.r, upper.r);
    const shade = ink.linear(cx - wide, 0, cx + wide, 0, stopsOf(material.lch, slope, finish));
    const [r1, r2] = [upper.r, low.r];
    const below = low.y + (index + 1 < samples.length - 1 ? 1 : 0);
    const back =
      lean * tilt > 0.5
        ? `M${n(cx - r2)} ${n(low.y)}A${n(r2)} ${n(r2 * tilt)} 0 0 1 ${n(cx + r2)} ${n(low.y)}A${n(r2)} ${n(r2 * tilt)} 0 0 1 ${n(cx - r2)} ${n(low.y)}Z`
        : '';
    markup += fill(
      `${back}M${n(cx - r1)} ${n(upper.y)}A${n(r1)} ${n(r1 * tilt)} 0 0 0 ${n(cx + r1)} ${n(upper.y)}L${n(cx + r2)} ${n(below)}A${n(r2)} ${n(r2 * tilt)} 0 0 1 ${n(cx - r2)} ${n(below)}Z`,
      shade,
    );
  }
  return markup + (finish.gloss > 0 ? gleam(ink, solid, finish.gloss) : '');
}

/** The reflection of a tall window: a soft strip on the left that follows the outline. */
export function gleam(ink: Ink, solid: Turned, gloss: number, from = 0.1, to = 0.8): string {
  const { cx, top, bottom, tilt } = solid;
  const [y1, y2] = [top + (bottom - top) * from, top + (bottom - top) * to];
  const edge = (across: number) =>
    Array.from({ length: 15 }, (_, step) => {
      const y = y1 + ((y2 - y1) * step) / 14;
      const r = solid.radius(y);
      return `${n(cx + r * across)} ${n(y + r * tilt * Math.sqrt(1 - across * across))}`;
    });
  const paint = ink.linear(0, y1, 0, y2 + 30, [
    [0, '#fff', 0],
    [0.12, '#fff', 0.5 * gloss],
    [0.6, '#fff', 0.3 * gloss],
    [1, '#fff', 0],
  ]);
  const strip = (left: number, right: number, strength: number) =>
    fill(`M${edge(left).join('L')}L${edge(right).reverse().join('L')}Z`, paint, strength);
  return strip(-0.74, -0.46, 0.3) + strip(-0.7, -0.51, 0.45) + strip(-0.66, -0.56, 0.7);
}

/** The open top: a lip, and the inside falling into shade. */
export function mouth(ink: Ink, solid: Turned, tones: Tones, lip = 7, y = solid.top): string {
  const r = solid.radius(y);
  const { cx, tilt } = solid;
  const ring = (radius: number, drop = 0) =>
    `M${n(cx - radius)} ${n(y + drop)}A${n(radius)} ${n(radius * tilt)} 0 0 1 ${n(cx + radius)} ${n(y + drop)}A${n(radius)} ${n(radius * tilt)} 0 0 1 ${n(cx - radius)} ${n(y + drop)}Z`;
  const inside = ink.linear(cx - r, y - r * tilt, cx + r * 0.8, y + r * tilt, [
    [0, lit(tones.lch, 0.08)],
    [0.5, lit(tones.lch, 0.3)],
    [1, lit(tones.lch, 0.56)],
  ]);
  const edge = ink.linear(cx - r, 0, cx + r, 0, [
    [0, tones.light],
    [0.3, tones.pale],
    [1, lit(tones.lch, 0.62)],
  ]);
  return fill(ring(r), edge) + fill(ring(r - lip, lip * 0.12), inside);
}

/** Soft vertical flutes, or the lines of a mould: meridians `count` to the full turn. */
export function flutes(
  solid: Turned,
  tones: Tones,
  count: number,
  from = solid.top,
  to = solid.bottom,
  width = 3,
): string {
  let dark = '';
  let bright = '';
  for (let index = 0; index < count / 2; index++) {
    const azimuth = -Math.PI / 2 + (Math.PI * (index + 0.5)) / (count / 2);
    const [across, depth] = [Math.sin(azimuth), Math.cos(azimuth)];
    const line = (shift: number) =>
      Array.from({ length: 17 }, (_, step) => {
        const y = from + ((to - from) * step) / 16;
        const r = solid.radius(y);
        return `${n(solid.cx + r * across + shift)} ${n(y + r * solid.tilt * depth)}`;
      }).join('L');
    dark += `M${line(0)}`;
    bright += `M${line(width * 1.1)}`;
  }
  return stroke(dark, tones.deep, width, 0.34) + stroke(bright, tones.pale, width * 0.8, 0.32);
}
