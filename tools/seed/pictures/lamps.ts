import { brass, iron, lit, oak, steel, type Tones, walnut } from './colour.ts';
import { fill, group, type Ink, stroke } from './ink.ts';
import { curve, ellipse } from './paths.ts';
import { tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';
import { arc, flutes, type Profile, type Turned, turned, walls } from './turned.ts';

const metals = [brass, iron, steel, walnut, oak] as const;

/** Warm light around a lit shade. */
function halo(ink: Ink, x: number, y: number, reach: number, strength = 0.5): string {
  return fill(
    'M0 0H1200V1200H0Z',
    ink.radial(x, y, reach, [
      [0, '#ffe3ae', strength],
      [0.4, '#ffe0aa', strength * 0.4],
      [1, '#ffe0aa', 0],
    ]),
  );
}

/** The lit inside that shows below the edge of a shade. */
function glowUnder(ink: Ink, solid: Turned): string {
  const r = solid.radius(solid.bottom) - 5;
  return fill(
    ellipse(solid.cx, solid.bottom, r, r * solid.tilt),
    ink.radial(
      solid.cx,
      solid.bottom,
      r,
      [
        [0, '#fffdf2'],
        [0.4, '#ffeec2'],
        [1, '#e9b873'],
      ],
      solid.tilt,
    ),
  );
}

/** Light that comes through the shade from inside. */
function throughShade(ink: Ink, solid: Turned, tones: Tones): string {
  const wide = solid.radius(solid.bottom);
  const strength = tones.lch.l < 0.45 ? 0.12 : 0.4;
  return fill(
    `M${solid.cx - wide} ${solid.top - 20}H${solid.cx + wide}V${solid.bottom + wide * solid.tilt}H${solid.cx - wide}Z`,
    ink.radial(
      solid.cx,
      solid.bottom - (solid.bottom - solid.top) * 0.2,
      wide * 0.86,
      [
        [0, '#fff0c8', strength],
        [1, '#fff0c8', 0],
      ],
      0.8,
    ),
  );
}

function shadeOf(
  { ink, tones, rand }: Brief,
  cx: number,
  top: number,
  r: number,
): { art: string; solid: Turned } {
  const h = r * rand.between(0.95, 1.3);
  const form = rand.whole(0, 3);
  const profile: Profile =
    (
      [
        [
          [top, r * 0.56, 1],
          [top + h, r],
        ],
        [
          [top, r * 0.84, 1],
          [top + h * 0.9, r * 0.96],
        ],
        [
          [top, r * 0.16],
          [top + h * 0.1, r * 0.5],
          [top + h * 0.4, r * 0.86],
          [top + h * 0.86, r, 1],
          [top + h * 0.9, r],
        ],
        [
          [top, r * 0.4, 1],
          [top + h * 0.5, r * 0.62],
          [top + h, r * 1.06],
        ],
      ] satisfies Profile[]
    )[form] ?? [];
  const solid = turned(cx, profile, 0.15);
  const pleats = form !== 2 && rand.chance(0.5) ? flutes(solid, tones, 52, solid.top, solid.bottom, 3) : '';
  const trim =
    stroke(arc(solid, solid.bottom), tones.dark, 7, 0.7) +
    (form === 2 ? '' : stroke(arc(solid, solid.top), tones.pale, 5, 0.8));
  const lid =
    solid.radius(top) > 60
      ? fill(
          ellipse(cx, top, solid.radius(top), solid.radius(top) * 0.15),
          ink.radial(
            cx,
            top,
            solid.radius(top),
            [
              [0, '#fff4d4'],
              [1, lit(tones.lch, 0.66)],
            ],
            0.15,
          ),
        )
      : '';
  return {
    art:
      glowUnder(ink, solid) +
      lid +
      walls(ink, solid, tones, { gloss: form === 2 ? 0.5 : 0 }) +
      pleats +
      throughShade(ink, solid, tones) +
      trim,
    solid,
  };
}

export function tableLamp(brief: Brief): Subject {
  const { ink, rand, tones } = brief;
  const r = rand.between(230, 275);
  const { art, solid } = shadeOf(brief, 600, rand.between(230, 270), r);
  const metal = rand.pick([...metals, tones]);
  const at = solid.bottom;
  const y = (part: number) => at + (ground - at) * part;
  const base = turned(
    600,
    rand.pick<Profile>([
      [
        [at - 30, 22],
        [y(0.1), 24],
        [y(0.24), 110],
        [y(0.55), 150],
        [y(0.86), 96],
        [ground, 90],
      ],
      [
        [at - 30, 14],
        [y(0.82), 14, 1],
        [y(0.84), 120],
        [y(0.92), 140, 1],
        [ground, 140],
      ],
      [
        [at - 30, 30],
        [y(0.2), 32],
        [y(0.3), 84],
        [y(0.42), 32],
        [y(0.58), 110],
        [y(0.74), 42],
        [y(0.9), 132],
        [ground, 130],
      ],
      [
        [at - 30, 40],
        [y(0.3), 52],
        [y(0.7), 90],
        [ground, 128],
      ],
    ]),
    0.17,
  );
  return {
    art:
      halo(ink, 600, at, 460, 0.34) +
      walls(ink, base, metal, { gloss: 0.7, metal: metal === brass || metal === steel }) +
      fill(ellipse(600, at + 10, 60, 14), '#ffe9b8', 0.5) +
      art,
    stance: 'table',
    focus: [640, at - 40, 1.7],
    feet: [[600, ground, base.radius(ground) * 1.06]],
  };
}

export function pendantLamp(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(290, 350);
  const top = rand.between(430, 480);
  const form = rand.whole(0, 4);
  const metal = rand.pick([brass, iron, oak]);
  const h = r * 1.1;
  const solid = turned(
    600,
    (
      [
        [
          [top, 34],
          [top + h * 0.08, r * 0.34],
          [top + h * 0.34, r * 0.8],
          [top + h * 0.66, r, 1],
          [top + h * 0.68, r],
        ],
        [
          [top, 44],
          [top + h * 0.3, r * 0.22],
          [top + h * 0.42, r * 0.5],
          [top + h * 0.6, r * 1.04],
        ],
        [
          [top, 30],
          [top + h * 0.12, r * 0.5],
          [top + h * 0.5, r * 0.92],
          [top + h * 0.9, r * 0.62],
          [top + h * 0.98, r * 0.4],
        ],
        [
          [top, r * 0.24, 1],
          [top + h * 0.16, r * 0.26, 1],
          [top + h * 0.62, r * 0.98, 1],
          [top + h * 0.68, r],
        ],
        [
          [top, r * 0.44, 1],
          [top + h * 0.1, r * 0.54],
          [top + h * 0.86, r * 0.6],
        ],
      ] satisfies Profile[]
    )[form] ?? [],
    0.16,
  );
  const cap = turned(
    600,
    [
      [top - 74, 22, 1],
      [top - 20, 30],
      [top + 12, 40],
    ],
    0.16,
  );
  const glow = form === 2 ? '' : glowUnder(ink, solid) + halo(ink, 600, solid.bottom + 70, 420, 0.5);
  const ribs = rand.chance(0.4) ? flutes(solid, tones, 44, top + 20, solid.bottom - 6, 3.4) : '';
  const bulb =
    form === 2
      ? ''
      : fill(
          ellipse(600, solid.bottom + r * 0.02, 56, 40),
          ink.radial(600, solid.bottom, 60, [
            [0, '#fff'],
            [1, '#fff3cf', 0.6],
          ]),
        );
  return {
    art:
      tube(`M600 -20V${top - 60}`, 9, iron, 0.2) +
      glow +
      bulb +
      walls(ink, solid, tones, { gloss: rand.between(0.2, 0.9) }) +
      ribs +
      (form === 2 ? throughShade(ink, solid, tones) : stroke(arc(solid, solid.bottom), tones.light, 6)) +
      walls(ink, cap, metal, { gloss: 0.5, metal: true }),
    stance: 'ceiling',
    focus: [620, top + 90, 1.8],
  };
}

export function floorLamp(brief: Brief): Subject {
  const { ink, rand } = brief;
  const floor = 1050;
  const form = rand.whole(0, 2);
  const metal = rand.pick([brass, iron, walnut]);
  const cx = form === 1 ? 690 : 600;
  const { art, solid } = shadeOf({ ...brief }, cx, 170, rand.between(165, 200));
  const at = solid.bottom;
  const disc = turned(
    600,
    [
      [floor - 26, 118, 1],
      [floor - 8, 130],
      [floor, 128],
    ],
    0.2,
  );
  const plate =
    walls(ink, disc, metal, { gloss: 0.3, metal: metal !== walnut }) +
    fill(ellipse(600, floor - 26, 118, 23), metal.light);
  const stand =
    form === 0
      ? plate + tube(`M600 ${at - 40}V${floor - 26}`, 16, metal, 0.8)
      : form === 1
        ? group(plate, 'translate(-90 0)') +
          tube(
            curve(
              [
                [510, floor - 26],
                [510, 420],
                [530, 180],
                [600, 110],
                [672, 118],
                [690, 175],
              ],
              false,
            ),
            15,
            metal,
            0.8,
          )
        : tube(`M600 ${at + 60}L540 ${floor - 40}`, 20, metal, 0.5) +
          tube(`M596 ${at + 40}L430 ${floor}`, 24, metal, 0.5) +
          tube(`M604 ${at + 40}L770 ${floor}`, 24, metal, 0.5) +
          tube(`M600 ${at - 30}V${at + 60}`, 26, metal, 0.5);
  const feet: Subject['feet'] =
    form === 2
      ? [
          [430, floor, 22],
          [770, floor, 22],
          [540, floor - 36, 18],
        ]
      : [[form === 1 ? 510 : 600, floor, 136]];
  return {
    art: halo(ink, cx, at, 420, 0.36) + stand + art,
    stance: 'room',
    focus: [cx + 20, at - 60, 2],
    feet,
  };
}
