import { weave } from './cloth.ts';
import { ash, iron, lit, oak, shifted, type Tones, walnut } from './colour.ts';
import { fill, type Ink, stroke } from './ink.ts';
import { curve, ellipse, type Point, rounded } from './paths.ts';
import { face, tube } from './solids.ts';
import type { Brief, Subject } from './subject.ts';
import { type Profile, turned, walls } from './turned.ts';

const floor = 1020;

/** A leg that tapers to its foot, lit from the left. */
function leg(
  ink: Ink,
  tones: Tones,
  from: readonly [number, number],
  to: readonly [number, number],
  wide = 34,
  narrow = 22,
  back = false,
): string {
  const outline = rounded(
    [
      [from[0] - wide / 2, from[1]],
      [from[0] + wide / 2, from[1]],
      [to[0] + narrow / 2, to[1]],
      [to[0] - narrow / 2, to[1]],
    ],
    6,
  );
  const x = Math.min(from[0], to[0]);
  const span = Math.abs(from[0] - to[0]) + wide;
  const drop = back ? -0.14 : 0;
  return fill(
    outline,
    ink.linear(x - wide / 2, 0, x + span, 40, [
      [0, lit(tones.lch, 0.86 + drop)],
      [0.4, lit(tones.lch, 0.6 + drop)],
      [1, lit(tones.lch, 0.34 + drop)],
    ]),
  );
}

function slab(ink: Ink, tones: Tones, top: readonly Point[], thickness: number): string {
  const path = curve(top);
  const layers = [thickness, thickness * 0.66, thickness * 0.33]
    .map(
      (drop, index) =>
        `<path d="${path}" transform="translate(0 ${Math.round(drop)})" fill="${lit(tones.lch, 0.3 + index * 0.06)}"/>`,
    )
    .join('');
  const xs = top.map(([x]) => x);
  return layers + face(ink, path, tones, [Math.min(...xs), 500, Math.max(...xs), 820], 0.12);
}

export function chair({ ink, tones, rand, view }: Brief): Subject {
  const form = rand.whole(0, 2);
  const seatY = 690;
  const spread = rand.between(0, 34);
  const seatColour = rand.chance(0.4) ? shifted(rand.pick([oak, walnut, ash]), 0) : tones;
  const wood = form === 1 ? rand.pick([oak, walnut, ash]) : tones;
  const seat: Point[] = [
    [430, seatY - 50],
    [600, seatY - 62],
    [770, seatY - 50],
    [800, seatY + 20],
    [790, seatY + 48],
    [600, seatY + 62],
    [410, seatY + 48],
    [400, seatY + 20],
  ];
  const legs =
    leg(ink, wood, [462, seatY], [452 - spread, floor - 64], 28, 20, true) +
    leg(ink, wood, [738, seatY], [748 + spread, floor - 64], 28, 20, true) +
    leg(ink, wood, [430, seatY + 40], [404 - spread, floor], 34, 24) +
    leg(ink, wood, [770, seatY + 40], [796 + spread, floor], 34, 24);
  const lift = rand.between(0, 40);
  const topY = 250 - lift;
  let back = '';
  if (form === 0) {
    const count = rand.whole(4, 6);
    for (let index = 0; index < count; index++) {
      const x = 480 + (240 * index) / (count - 1);
      back += tube(
        `M${x} ${seatY - 30}Q${x} ${seatY - 220} ${600 + (x - 600) * 1.25} ${topY + 60}`,
        17,
        tones,
        0.3,
      );
    }
    const rail = curve([
      [400, topY + 50],
      [420, topY + 2],
      [600, topY - 24],
      [780, topY + 2],
      [800, topY + 50],
      [780, topY + 84],
      [600, topY + 62],
      [420, topY + 84],
    ]);
    back +=
      tube(`M446 ${seatY - 30}Q424 ${seatY - 200} 430 ${topY + 60}`, 30, tones, 0.3) +
      tube(`M754 ${seatY - 30}Q776 ${seatY - 200} 770 ${topY + 60}`, 30, tones, 0.3) +
      face(ink, rail, tones, [400, topY, 820, topY + 130], 0.06);
  } else if (form === 1) {
    const shell = curve([
      [440, seatY - 24, 1],
      [412, 520],
      [420, topY + 90],
      [480, topY + 12],
      [600, topY],
      [720, topY + 12],
      [780, topY + 90],
      [788, 520],
      [760, seatY - 24, 1],
      [600, seatY - 34],
    ]);
    back =
      face(ink, shell, tones, [400, topY, 820, seatY + 40]) +
      fill(
        shell,
        ink.radial(540, 420, 320, [
          [0, tones.pale, 0.5],
          [1, tones.pale, 0],
        ]),
      ) +
      stroke(shell, tones.pale, 5, 0.4) +
      fill(shell, weave(ink, tones, 'boucle', view === 'detail' ? 8 : 12), rand.chance(0.6) ? 0.8 : 0);
  } else {
    const hoop = curve(
      [
        [436, seatY - 24],
        [416, 470],
        [440, topY + 80],
        [600, topY],
        [760, topY + 80],
        [784, 470],
        [764, seatY - 24],
      ],
      false,
    );
    const splat = rounded(
      [
        [560, seatY - 40],
        [552, topY + 30],
        [648, topY + 30],
        [640, seatY - 40],
      ],
      20,
    );
    back =
      tube(hoop, 32, tones, 0.4) +
      face(ink, splat, tones, [540, topY, 700, seatY]) +
      tube(`M426 ${seatY - 190}Q600 ${seatY - 240} 774 ${seatY - 190}`, 22, tones, 0.3);
  }
  const cushion =
    form === 1
      ? slab(ink, tones, seat, 44) + fill(curve(seat), weave(ink, tones, 'boucle', 12), 0.5)
      : slab(ink, seatColour, seat, 34);
  const stretcher = rand.chance(0.5)
    ? tube(`M${424 - spread * 0.6} ${860}H${776 + spread * 0.6}`, 17, wood, 0.3)
    : '';
  return {
    art: legs + stretcher + back + cushion,
    stance: 'room',
    focus: [640, seatY - 190, 1.8],
    feet: [
      [404 - spread, floor, 20],
      [796 + spread, floor, 20],
      [452 - spread, floor - 62, 16],
      [748 + spread, floor - 62, 16],
      [600, floor - 20, 230],
    ],
  };
}

export function stool({ ink, tones, rand, view }: Brief): Subject {
  const seatY = rand.between(470, 580);
  const r = rand.between(200, 235);
  const round = rand.chance(0.6);
  const thick = rand.between(34, 84);
  const wood = rand.chance(0.5) ? tones : rand.pick([oak, walnut, ash, iron]);
  const solid = turned(
    600,
    [
      [seatY, r * 0.94],
      [seatY + 10, r, 1],
      [seatY + thick, r * 0.99, 1],
      [seatY + thick + 10, r * 0.94],
    ],
    0.24,
  );
  const splay = rand.between(20, 60);
  const foot = seatY + thick;
  const legs =
    leg(ink, wood, [600 - r * 0.5, foot], [600 - r * 0.52 - splay * 0.5, floor - 66], 30, 22, true) +
    leg(ink, wood, [600 + r * 0.5, foot], [600 + r * 0.52 + splay * 0.5, floor - 66], 30, 22, true) +
    leg(ink, wood, [600 - r * 0.68, foot + 20], [600 - r * 0.72 - splay, floor], 38, 26) +
    leg(ink, wood, [600 + r * 0.68, foot + 20], [600 + r * 0.72 + splay, floor], 38, 26);
  const rungY = foot + (floor - foot) * 0.6;
  const rung =
    tube(`M${600 - r * 0.7 - splay * 0.55} ${rungY}H${600 + r * 0.7 + splay * 0.55}`, 20, wood, 0.3) +
    tube(`M${600 - r * 0.52} ${rungY - 60}H${600 + r * 0.52}`, 16, wood, 0.2);
  const topFace = ellipse(600, seatY, r * 0.97, r * 0.235);
  const flat = rounded(
    [
      [600 - r * 0.9, seatY - 54],
      [600 + r * 0.9, seatY - 54],
      [600 + r * 1.16, seatY + 44],
      [600 - r * 1.16, seatY + 44],
    ],
    30,
  );
  const seat = round
    ? walls(ink, solid, tones, { gloss: 0 }) +
      face(ink, topFace, tones, [380, seatY - 60, 820, seatY + 60], 0.14) +
      fill(topFace, weave(ink, tones, 'plain', 9), thick > 55 ? 0.9 : 0) +
      fill(ellipse(560, seatY - 8, r * 0.6, r * 0.12), tones.pale, 0.2)
    : `<path d="${flat}" transform="translate(0 ${thick * 0.7})" fill="${lit(tones.lch, 0.34)}"/><path d="${flat}" transform="translate(0 ${thick * 0.35})" fill="${lit(tones.lch, 0.42)}"/>${face(ink, flat, tones, [360, seatY - 60, 860, seatY + 60], 0.12)}${fill(flat, weave(ink, tones, 'rib', view === 'detail' ? 7 : 9, 90), 0.8)}`;
  return {
    art: legs + rung + seat,
    stance: 'room',
    focus: [680, seatY + 40, 1.9],
    feet: [
      [600 - r * 0.72 - splay, floor, 22],
      [600 + r * 0.72 + splay, floor, 22],
      [600, floor - 16, r * 0.9],
    ],
  };
}

export function sideTable({ ink, tones, rand }: Brief): Subject {
  const form = rand.whole(0, 2);
  const topY = rand.between(480, 540);
  const r = rand.between(250, 290);
  const top = turned(
    600,
    [
      [topY, r, 1],
      [topY + rand.between(20, 34), r, 1],
      [topY + 40, r * 0.97],
    ],
    0.24,
  );
  const surface = ellipse(600, topY, r - 2, r * 0.237);
  const wood = rand.chance(0.5) ? tones : rand.pick([oak, walnut, iron]);
  const y = (part: number) => topY + 40 + (floor - topY - 40) * part;
  const stem = turned(
    600,
    (form === 0
      ? [
          [topY + 36, 40],
          [y(0.2), 30],
          [y(0.8), 34],
          [y(0.94), 150, 1],
          [floor, 156],
        ]
      : [
          [topY + 36, 150],
          [y(0.3), 90],
          [y(0.62), 70],
          [y(0.9), 150],
          [floor, 176],
        ]) as Profile,
    0.22,
  );
  const under =
    form === 2
      ? leg(ink, wood, [600, topY + 40], [600, floor - 70], 34, 24, true) +
        leg(ink, wood, [600 - r * 0.6, topY + 40], [600 - r * 0.78, floor], 42, 28) +
        leg(ink, wood, [600 + r * 0.6, topY + 40], [600 + r * 0.78, floor], 42, 28)
      : walls(ink, stem, wood, { gloss: 0.3 });
  const shine = fill(
    surface,
    ink.linear(600 - r, topY - 60, 600 + r, topY + 60, [
      [0, '#fff', 0.35],
      [0.45, '#fff', 0.05],
      [1, '#000', 0.08],
    ]),
  );
  return {
    art:
      under +
      fill(ellipse(600, topY + 52, r * 0.6, 30), '#000', 0.12) +
      walls(ink, top, tones, { gloss: 0.2 }) +
      face(ink, surface, tones, [340, topY - 60, 860, topY + 60], 0.1) +
      shine +
      stroke(surface, tones.pale, 4, 0.6),
    stance: 'room',
    focus: [680, topY + 40, 1.8],
    feet:
      form === 2
        ? [
            [600 - r * 0.78, floor, 24],
            [600 + r * 0.78, floor, 24],
            [600, floor - 66, 22],
          ]
        : [[600, floor, form === 0 ? 164 : 184]],
  };
}
