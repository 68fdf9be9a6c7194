import { lit, type Tones } from './colour.ts';
import { fill, group, type Ink, stroke } from './ink.ts';
import type { Rand } from './prng.ts';

/** A round bar along a path (a handle, a leg, a wire): dark edge, body, and a lit line on its upper left. */
export function tube(path: string, width: number, tones: Tones, gloss = 0.4, flat = false): string {
  const line = (colour: string, part: number, opacity: number, shift: number) =>
    group(
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${Math.round(width * part * 10) / 10}" stroke-linecap="${flat ? 'butt' : 'round'}" stroke-linejoin="round" opacity="${opacity}"/>`,
      shift ? `translate(${-width * shift} ${-width * shift * 0.8})` : '',
    );
  return (
    line(lit(tones.lch, 0.3), 1, 1, 0) +
    line(lit(tones.lch, 0.46), 0.84, 1, 0.05) +
    line(tones.base, 0.62, 1, 0.09) +
    line(tones.light, 0.3, 0.8, 0.16) +
    line(tones.pale, 0.12, 0.4 + 0.6 * gloss, 0.2)
  );
}

/** Wood: long wavering lines of growth, to be clipped by the board's outline. */
export function grain(
  tones: Tones,
  rand: Rand,
  area: { x: number; y: number; width: number; height: number },
  lines: number,
): string {
  let dark = '';
  let fine = '';
  for (let index = 0; index < lines; index++) {
    const y = area.y + (area.height * (index + rand.next() * 0.8)) / lines;
    const sway = () => rand.between(-1, 1) * (area.height / lines) * 0.9;
    const path = `M${Math.round(area.x)} ${Math.round(y)}c${Math.round(area.width * 0.3)} ${Math.round(sway())} ${Math.round(area.width * 0.6)} ${Math.round(sway())} ${Math.round(area.width)} ${Math.round(sway())}`;
    if (rand.chance(0.35)) dark += path;
    else fine += path;
  }
  return stroke(dark, tones.dark, 4, 0.3) + stroke(fine, tones.dark, 2, 0.3);
}

/** Brushed or polished sheet metal in an outline, light falling across it. */
export function sheet(ink: Ink, outline: string, tones: Tones, from: number, to: number): string {
  return fill(
    outline,
    ink.linear(from, 0, to, 120, [
      [0, tones.shade],
      [0.18, tones.pale],
      [0.34, tones.base],
      [0.5, tones.light],
      [0.62, tones.shade],
      [0.85, tones.light],
      [1, tones.shade],
    ]),
  );
}

/** A flat painted or wooden face: light at the upper left, shade at the lower right. */
export function face(
  ink: Ink,
  outline: string,
  tones: Tones,
  box: readonly [number, number, number, number],
  lightness = 0,
): string {
  return fill(
    outline,
    ink.linear(box[0], box[1], box[2], box[3], [
      [0, lit(tones.lch, 0.76 + lightness)],
      [0.5, lit(tones.lch, 0.6 + lightness)],
      [1, lit(tones.lch, 0.48 + lightness)],
    ]),
  );
}
