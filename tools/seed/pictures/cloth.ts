import type { Tones } from './colour.ts';
import { fill, group, type Ink, softStroke, stroke } from './ink.ts';
import { type Point, sliver } from './paths.ts';

/** A cloth body: the colour turning from light to shade, with soft round edges. */
export function puff(ink: Ink, outline: string, tones: Tones, depth = 1, extra = ''): string {
  const body = ink.linear(260, 200, 940, 1000, [
    [0, tones.light],
    [0.4, tones.base],
    [1, tones.shade],
  ]);
  const clip = ink.clip(outline);
  const rims =
    group(softStroke(outline, tones.deep, 54 * depth, 0.3, 4), `translate(${-7 * depth} ${-9 * depth})`) +
    group(softStroke(outline, tones.pale, 20 * depth, 0.5, 3), `translate(${4 * depth} ${5 * depth})`);
  return fill(outline, body) + group(extra + rims, '', `clip-path="${clip}"`);
}

/** A fold: a soft dark sliver with the lit ridge beside it. */
export function fold(tones: Tones, from: Point, bend: Point, to: Point, width: number, strength = 1): string {
  const dark = [1, 0.6, 0.28]
    .map((part) => fill(sliver(from, bend, to, width * part), tones.deep, 0.13 * strength))
    .join('');
  const ridge = [0.8, 0.4]
    .map((part) => fill(sliver(from, bend, to, width * part), tones.pale, 0.2 * strength))
    .join('');
  return group(ridge, `translate(${-width * 0.75} ${-width * 0.3})`) + dark;
}

/** A line of small stitches. */
export function stitches(path: string, tones: Tones, bright = false, size = 9): string {
  return stroke(
    path,
    bright ? tones.pale : tones.deep,
    2.4,
    bright ? 0.75 : 0.5,
    `stroke-dasharray="${size} ${size * 0.75}"`,
  );
}

/** A seam: a fine dark line that the light catches on its lower side. */
export function seam(path: string, tones: Tones, width = 3): string {
  return (
    group(stroke(path, tones.pale, width, 0.35), 'translate(2 2.5)') + stroke(path, tones.deep, width, 0.5)
  );
}

export type Weave = 'plain' | 'twill' | 'rib' | 'knit' | 'waffle' | 'boucle';

/** A translucent texture to lay over a cloth's own colour. */
export function weave(ink: Ink, tones: Tones, kind: Weave, size = 10, turn = 0): string {
  const dark = (path: string, width: number, opacity = 0.3) => stroke(path, tones.deep, width, opacity);
  const bright = (path: string, width: number, opacity = 0.3) => stroke(path, tones.pale, width, opacity);
  const s = size;
  const turned = turn ? `rotate(${turn})` : '';
  switch (kind) {
    case 'plain':
      return ink.pattern(
        s,
        s,
        dark(`M0 ${s * 0.5}H${s * 0.42}M${s * 0.5} 0H${s * 0.92}`, s * 0.16, 0.22) +
          bright(`M0 ${s * 0.25}H${s * 0.4}M${s * 0.5} ${s * 0.75}H${s}`, s * 0.16, 0.3),
        turned,
      );
    case 'twill':
      return ink.pattern(
        s,
        s,
        dark(
          `M${-s * 0.5} ${s * 0.5}L${s * 0.5} ${-s * 0.5}M0 ${s}L${s} 0M${s * 0.5} ${s * 1.5}L${s * 1.5} ${s * 0.5}`,
          s * 0.22,
          0.24,
        ),
        turned,
      );
    case 'rib':
      return ink.pattern(
        s * 1.6,
        s * 4,
        dark(`M0 0V${s * 4}M${s * 1.6} 0V${s * 4}`, s * 0.7, 0.3) +
          bright(`M${s * 0.75} 0V${s * 4}`, s * 0.36, 0.3),
        turned,
      );
    case 'knit':
      return ink.pattern(
        s * 2,
        s * 1.5,
        dark(
          `M${s} ${-s * 0.3}L${s * 0.12} ${-s * 1.3}M${s} ${-s * 0.3}L${s * 1.88} ${-s * 1.3}M${s} ${s * 1.2}L${s * 0.12} ${s * 0.2}M${s} ${s * 1.2}L${s * 1.88} ${s * 0.2}M${s} ${s * 2.7}L${s * 0.12} ${s * 1.7}M${s} ${s * 2.7}L${s * 1.88} ${s * 1.7}`,
          s * 0.3,
          0.34,
        ) +
          bright(
            `M${s * 0.72} ${s * 0.55}L${s * 0.22} ${-s * 0.1}M${s * 1.28} ${s * 0.55}L${s * 1.78} ${-s * 0.1}M${s * 0.72} ${s * 2.05}L${s * 0.22} ${s * 1.4}M${s * 1.28} ${s * 2.05}L${s * 1.78} ${s * 1.4}`,
            s * 0.26,
            0.34,
          ),
        turned,
      );
    case 'waffle':
      return ink.pattern(
        s * 2.4,
        s * 2.4,
        dark(`M0 0H${s * 2.4}M0 0V${s * 2.4}`, s * 0.7, 0.22) +
          bright(`M${s * 0.6} ${s * 0.6}H${s * 1.9}M${s * 0.6} ${s * 0.6}V${s * 1.9}`, s * 0.4, 0.35),
        turned,
      );
    case 'boucle':
      return ink.pattern(
        s * 3,
        s * 3,
        dark(
          `M${s * 0.5} ${s * 0.8}q${s * 0.5} ${-s * 0.8} ${s} 0M${s * 1.9} ${s * 1.9}q${s * 0.4} ${s * 0.7} ${s * 0.8} 0M${s * 0.4} ${s * 2.3}q${s * 0.5} ${s * 0.4} ${s * 0.8} ${-s * 0.2}`,
          s * 0.24,
          0.26,
        ) +
          bright(
            `M${s * 0.6} ${s * 0.5}q${s * 0.5} ${-s * 0.7} ${s} 0M${s * 1.8} ${s * 1.3}q${s * 0.5} ${-s * 0.6} ${s * 0.9} 0M${s * 1.2} ${s * 2.6}q${s * 0.4} ${-s * 0.5} ${s * 0.8} ${s * 0.1}`,
            s * 0.28,
            0.4,
          ),
        turned,
      );
  }
}

/** Woven-in decoration: a second yarn in stripes or checks (both translucent, so that they keep the light). */
export function yarn(
  ink: Ink,
  colour: string,
  motif: 'stripe' | 'check' | 'pinstripe' | 'grid' | 'dash',
  size: number,
  turn = 0,
): string {
  const bar = (x: number, y: number, width: number, height: number, opacity: number) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}" opacity="${opacity}"/>`;
  const turned = turn ? `rotate(${turn} 600 600)` : '';
  const s = size;
  switch (motif) {
    case 'stripe':
      return ink.pattern(s, s, bar(0, s * 0.3, s, s * 0.36, 0.85), turned);
    case 'pinstripe':
      return ink.pattern(s, s, bar(0, s * 0.45, s, s * 0.09, 0.8), turned);
    case 'check':
      return ink.pattern(s, s, bar(0, 0, s * 0.5, s, 0.42) + bar(0, 0, s, s * 0.5, 0.42), turned);
    case 'grid':
      return ink.pattern(
        s,
        s,
        bar(s * 0.46, 0, s * 0.07, s, 0.7) + bar(0, s * 0.46, s, s * 0.07, 0.7),
        turned,
      );
    case 'dash':
      return ink.pattern(
        s,
        s,
        bar(s * 0.1, s * 0.2, s * 0.32, s * 0.08, 0.8) + bar(s * 0.6, s * 0.7, s * 0.32, s * 0.08, 0.8),
        turned,
      );
  }
}
