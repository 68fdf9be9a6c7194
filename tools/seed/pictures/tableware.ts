import { potSurface } from './ceramics.ts';
import { lit, type Tones } from './colour.ts';
import { glazeFor } from './glaze.ts';
import { fill, type Ink, stroke } from './ink.ts';
import { ellipse, n } from './paths.ts';
import { type Brief, ground, type Subject } from './subject.ts';
import { gleam, mouth, type Profile, turned, walls } from './turned.ts';

/** A plate seen from above, leaning to the camera: rim, slope and well, each lit its own way. */
function disc(
  ink: Ink,
  cx: number,
  cy: number,
  radius: number,
  tones: Tones,
  from: number,
  to: number,
): string {
  return fill(
    ellipse(cx, cy, radius, radius),
    ink.linear(cx - radius * 0.7, cy - radius * 0.7, cx + radius * 0.7, cy + radius * 0.7, [
      [0, lit(tones.lch, from)],
      [0.5, lit(tones.lch, (from + to) / 2)],
      [1, lit(tones.lch, to)],
    ]),
  );
}

export function plate({ ink, tones, rand, view }: Brief): Subject {
  const radius = rand.between(400, 440);
  const paint = glazeFor(rand, tones, 0, 100);
  const well = radius * rand.between(0.58, 0.76);
  const [cx, cy] = [600, 600];
  const outer = paint(4);
  const raised = rand.chance(0.4);
  let lines = '';
  if (rand.chance(0.4)) {
    for (let index = 0; index < 96; index++) {
      const angle = (index / 96) * Math.PI * 2;
      lines += `M${n(cx + Math.cos(angle) * (well + 14))} ${n(cy + Math.sin(angle) * (well + 14))}L${n(cx + Math.cos(angle) * (radius - 12))} ${n(cy + Math.sin(angle) * (radius - 12))}`;
    }
  }
  let specks = '';
  const count = rand.chance(0.6) ? (view === 'detail' ? 240 : 130) : 0;
  for (let index = 0; index < count; index++) {
    const [angle, far] = [rand.next() * Math.PI * 2, Math.sqrt(rand.next()) * (radius - 10)];
    const size = rand.between(1, 3.6);
    specks += ellipse(cx + Math.cos(angle) * far, cy + Math.sin(angle) * far, size, size);
  }
  const rings = Array.from({ length: raised ? 5 : 0 }, (_, index) =>
    ellipse(cx, cy, well * (0.16 + index * 0.17), well * (0.16 + index * 0.17)),
  ).join('');
  const band =
    paint(30) === tones ? '' : stroke(ellipse(cx, cy, radius - 26, radius - 26), paint(30).base, 14);
  return {
    art:
      disc(ink, cx, cy, radius, outer, 0.95, 0.5) +
      disc(ink, cx, cy, radius - 7, outer, 0.58, 0.74) +
      band +
      stroke(lines, tones.deep, 4, 0.16) +
      stroke(lines, tones.pale, 3, 0.3, 'transform="translate(2.5 2.5)"') +
      disc(ink, cx, cy, well + 26, tones, 0.66, 0.5) +
      disc(ink, cx, cy, well + 10, tones, 0.42, 0.9) +
      disc(ink, cx, cy, well - 14, paint(60), 0.56, 0.7) +
      stroke(rings, tones.deep, 3, 0.12) +
      stroke(rings, tones.pale, 2.4, 0.35, 'transform="translate(2 2.5)"') +
      fill(specks, tones.lch.l < 0.4 ? tones.pale : tones.deep, 0.42) +
      stroke(
        `M${cx - radius * 0.9} ${cy - radius * 0.32}A${radius * 0.955} ${radius * 0.955} 0 0 1 ${cx - radius * 0.32} ${cy - radius * 0.9}`,
        '#fff',
        12,
        0.45,
      ) +
      fill(
        ellipse(cx - well * 0.3, cy - well * 0.34, well * 0.5, well * 0.46),
        ink.radial(cx - well * 0.3, cy - well * 0.34, well * 0.5, [
          [0, '#fff', 0.34],
          [1, '#fff', 0],
        ]),
      ),
    stance: 'flat',
    focus: [760, 760, 1.9],
    outline: ellipse(cx, cy, radius - 4, radius - 4),
  };
}

export function bowl(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(300, 360);
  const top = ground - rand.between(250, 330);
  const at = (part: number) => top + (ground - top) * part;
  const solid = turned(
    600,
    rand.pick<Profile>([
      [
        [top, r],
        [at(0.3), r * 0.94],
        [at(0.6), r * 0.76],
        [at(0.84), r * 0.48],
        [at(0.87), r * 0.42, 1],
        [ground, r * 0.4],
      ],
      [
        [top, r * 0.9],
        [at(0.35), r * 0.98],
        [at(0.7), r * 0.84],
        [at(0.93), r * 0.54, 1],
        [ground, r * 0.5],
      ],
      [
        [top, r * 1.04],
        [at(0.4), r * 0.82],
        [at(0.78), r * 0.5],
        [at(0.82), r * 0.44, 1],
        [ground, r * 0.5],
      ],
      [
        [top, r * 0.92],
        [at(0.6), r * 0.9, 1],
        [at(0.92), r * 0.6],
        [ground, r * 0.56],
      ],
    ]),
    0.24,
  );
  const paint = glazeFor(rand, tones, top, ground);
  return {
    art:
      walls(ink, solid, tones, { gloss: 0, paint }) +
      potSurface(brief, solid) +
      gleam(ink, solid, rand.between(0.2, 0.9), 0.08, 0.6) +
      mouth(ink, solid, paint(top), 10),
    stance: 'table',
    focus: [680, top + 40, 1.8],
    feet: [[600, ground, solid.radius(ground) * 1.25]],
  };
}
