import { brass, iron, lit, oak, shifted, steel, walnut } from './colour.ts';
import { fill, group, stroke } from './ink.ts';
import { box, curve, ellipse, rounded } from './paths.ts';
import { face, grain, sheet, tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';
import { arc, mouth, type Profile, turned, walls } from './turned.ts';

export function pan({ ink, tones, rand }: Brief): Subject {
  const r = rand.between(270, 310);
  const cx = 510;
  const deep = rand.chance(0.5);
  const top = ground - (deep ? rand.between(230, 290) : rand.between(120, 150));
  const solid = turned(
    cx,
    deep
      ? [
          [top, r],
          [ground - 40, r * 0.98, 1],
          [ground, r * 0.9],
        ]
      : [
          [top, r],
          [ground - 30, r * 0.86],
          [ground, r * 0.76],
        ],
    0.26,
  );
  const grip = rand.pick([walnut, oak, iron, steel]);
  const y = top + 20;
  const x = cx + r - 16;
  const long = rand.between(330, 370);
  const handle = rounded(
    [
      [x, y - 12],
      [x + 80, y - 34],
      [x + long, y - 104],
      [x + long + 26, y - 78],
      [x + long + 12, y - 52],
      [x + 90, y + 14],
      [x, y + 30],
    ],
    24,
  );
  const rivets = fill(ellipse(x + 24, y + 2, 9, 9) + ellipse(x + 54, y - 6, 9, 9), steel.pale);
  const floor = ink.radial(
    cx - 60,
    top + 30,
    r,
    [
      [0, lit(steel.lch, 0.7)],
      [1, lit(iron.lch, 0.5)],
    ],
    0.3,
  );
  const lid = deep && rand.chance(0.6);
  const dome = turned(
    cx,
    [
      [top - 86, 20],
      [top - 78, r * 0.4],
      [top - 48, r * 0.78],
      [top - 16, r * 0.98, 1],
      [top, r * 1.01],
    ],
    0.26,
  );
  const knob = turned(
    cx,
    [
      [top - 150, 26],
      [top - 132, 40],
      [top - 108, 30],
      [top - 86, 24],
    ],
    0.26,
  );
  const inside =
    mouth(ink, solid, tones, 12) +
    fill(ellipse(cx, top + 26, r - 46, (r - 46) * 0.25), floor, rand.chance(0.5) ? 0.5 : 0.1);
  return {
    art:
      walls(ink, solid, tones, { gloss: 0.7 }) +
      stroke(arc(solid, ground - 26), tones.deep, 4, 0.25) +
      fill(
        handle,
        ink.linear(x, y - 60, x + 30, y + 40, [
          [0, grip.pale],
          [0.4, grip.base],
          [1, grip.dark],
        ]),
      ) +
      rivets +
      (lid
        ? walls(ink, dome, tones, { gloss: 0.5 }) +
          walls(ink, knob, brass, { gloss: 0.9, metal: true }) +
          fill(ellipse(cx, top - 150, 26, 7), brass.pale)
        : inside),
    stance: 'table',
    focus: [700, top + 60, 1.7],
    feet: [[cx, ground, r * 0.92]],
  };
}

export function kettle({ ink, tones, rand }: Brief): Subject {
  const r = rand.between(215, 250);
  const top = ground - rand.between(330, 390);
  const at = (part: number) => top + (ground - top) * part;
  const solid = turned(
    580,
    rand.pick<Profile>([
      [
        [top, r * 0.5],
        [at(0.12), r * 0.74],
        [at(0.5), r * 1.0],
        [at(0.84), r * 1.02],
        [ground, r * 0.86],
      ],
      [
        [top, r * 0.52],
        [at(0.4), r * 0.74],
        [at(0.94), r * 1.04, 1],
        [ground, r],
      ],
      [
        [top, r * 0.46],
        [at(0.1), r * 0.82],
        [at(0.4), r * 1.06],
        [at(0.75), r * 0.96],
        [ground, r * 0.7],
      ],
    ]),
    0.18,
  );
  const metal = rand.pick([brass, steel, iron]);
  const grip = rand.pick([walnut, oak, iron]);
  const y = at(0.52);
  const edge = 580 - solid.radius(y);
  const goose = rand.chance(0.5);
  const spout = goose
    ? tube(
        curve(
          [
            [edge + 20, at(0.78)],
            [edge - 74, at(0.66)],
            [edge - 70, at(0.28)],
            [edge - 120, at(0.02)],
            [edge - 160, at(0)],
          ],
          false,
        ),
        34,
        tones,
        0.8,
      )
    : fill(
        curve([
          [edge + 40, at(0.34), 1],
          [edge - 60, at(0.2)],
          [edge - 130, at(-0.02), 1],
          [edge - 168, at(0.08), 1],
          [edge - 96, at(0.42)],
          [edge + 20, at(0.76), 1],
        ]),
        ink.linear(edge - 130, at(0), edge, at(0.6), [
          [0, tones.pale],
          [0.4, tones.base],
          [1, tones.dark],
        ]),
      );
  const lid = turned(
    580,
    [
      [top - 40, 16],
      [top - 36, r * 0.26],
      [top - 14, r * 0.48],
      [top + 4, r * 0.52],
    ],
    0.18,
  );
  const knob = turned(
    580,
    [
      [top - 92, 14],
      [top - 78, 28],
      [top - 60, 24],
      [top - 40, 14],
    ],
    0.18,
  );
  const over = rand.chance(0.5);
  const bow = over
    ? tube(
        curve(
          [
            [580 - r * 0.78, at(0.2)],
            [580 - r * 0.8, top - 150],
            [580, top - 230],
            [580 + r * 0.8, top - 150],
            [580 + r * 0.78, at(0.2)],
          ],
          false,
        ),
        18,
        metal,
        0.8,
      ) +
      tube(
        curve(
          [
            [580 - r * 0.52, top - 196],
            [580, top - 230],
            [580 + r * 0.52, top - 196],
          ],
          false,
        ),
        36,
        grip,
        0.3,
      )
    : tube(
        curve(
          [
            [580 + r * 0.6, at(0.1)],
            [580 + r * 1.3, top + 6],
            [580 + r * 1.55, at(0.3)],
            [580 + r * 1.4, at(0.78)],
          ],
          false,
        ),
        36,
        grip,
        0.3,
      );
  return {
    art:
      spout +
      bow +
      walls(ink, solid, tones, { gloss: 1, metal: rand.chance(0.3) }) +
      walls(ink, lid, tones, { gloss: 0.4 }) +
      stroke(arc(lid, top + 4), tones.deep, 4, 0.35) +
      walls(ink, knob, grip, { gloss: 0.4 }),
    stance: 'table',
    focus: [520, at(0.25), 1.7],
    feet: [[580, ground, solid.radius(ground) * 1.06]],
  };
}

export function knife({ ink, tones, rand, view }: Brief): Subject {
  const long = rand.between(520, 600);
  const tall = rand.between(96, 150);
  const x = 420;
  const form = rand.whole(0, 2);
  const edge =
    [
      curve([
        [x, 540, 1],
        [x + long * 0.6, 540],
        [x + long, 560 + tall * 0.7, 1],
        [x + long * 0.7, 530 + tall],
        [x + 60, 540 + tall],
        [x, 540 + tall, 1],
      ]),
      curve([
        [x, 540, 1],
        [x + long * 0.72, 540],
        [x + long * 0.93, 566],
        [x + long, 540 + tall, 1],
        [x + long * 0.6, 542 + tall],
        [x, 540 + tall, 1],
      ]),
      curve([
        [x, 540, 1],
        [x + long, 540, 1],
        [x + long * 0.98, 540 + tall * 1.1, 1],
        [x, 540 + tall * 1.1, 1],
      ]),
    ][form] ?? '';
  const bevel = group(
    fill(
      `M${x} ${540 + tall * 0.74}C${x + long * 0.5} ${540 + tall * 0.78} ${x + long * 0.8} ${540 + tall * 0.7} ${x + long} ${545 + tall * 0.6}V800H${x}Z`,
      '#fff',
      0.4,
    ),
    '',
    `clip-path="${ink.clip(edge)}"`,
  );
  const handle = rand.pick([
    curve([
      [x + 6, 536, 1],
      [x - 120, 530],
      [x - 300, 540],
      [x - 330, 590],
      [x - 290, 606],
      [x - 150, 594],
      [x - 20, 600],
      [x + 6, 606, 1],
    ]),
    rounded(
      [
        [x + 6, 534],
        [x - 310, 528],
        [x - 330, 570],
        [x - 310, 608],
        [x - 40, 604],
        [x + 6, 596],
      ],
      22,
    ),
  ]);
  const rivets = rand.chance(0.7)
    ? ellipse(x - 70, 566, 11, 11) + ellipse(x - 165, 565, 11, 11) + ellipse(x - 258, 568, 11, 11)
    : '';
  const bolster = box(x - 6, 534, 30, 76, 6);
  const brushed =
    view === 'detail'
      ? Array.from({ length: 26 }, (_, index) => `M${x + 20} ${548 + index * 5}h${long * 0.8}`).join('')
      : '';
  const art =
    sheet(ink, edge, steel, x, x + long) +
    bevel +
    stroke(brushed, '#fff', 1, 0.25) +
    fill(
      handle,
      ink.linear(0, 528, 0, 612, [
        [0, tones.pale],
        [0.25, tones.light],
        [0.6, tones.base],
        [1, tones.dark],
      ]),
    ) +
    group(
      grain(tones, rand, { x: x - 340, y: 530, width: 350, height: 80 }, 9),
      '',
      `clip-path="${ink.clip(handle)}"`,
    ) +
    sheet(ink, bolster, steel, x - 40, x + 40) +
    fill(rivets, brass.light) +
    stroke(rivets, brass.dark, 2, 0.6);
  const turn = `translate(600 600) rotate(${-38 + rand.whole(-4, 4)}) translate(-560 -590)`;
  return {
    art: group(
      `<path d="${edge}${handle}" fill="#201a18" opacity=".16" transform="translate(4 26)"/><path d="${edge}${handle}" fill="#201a18" opacity=".2" transform="translate(0 12)"/>${art}`,
      turn,
    ),
    stance: 'flat',
    focus: [500, 680, 1.8],
  };
}

export function board({ ink, tones, rand, view }: Brief): Subject {
  const form = rand.whole(0, 2);
  const [w, h] = [rand.between(250, 290), rand.between(540, 600)];
  const [top, bottom] = [ground - h, ground];
  const grip = rand.between(60, 80);
  const outline =
    form === 0
      ? rounded(
          [
            [600 - w, top],
            [600 - grip, top],
            [600 - grip * 0.8, top - 190],
            [600 + grip * 0.8, top - 190],
            [600 + grip, top],
            [600 + w, top],
            [600 + w, bottom],
            [600 - w, bottom],
          ],
          46,
        )
      : form === 1
        ? box(600 - w, top - 60, w * 2, h + 60, 60)
        : curve([
            [600 - 50, top - 190],
            [600 + 50, top - 190],
            [600 + 64, top - 60],
            [600 + w * 1.05, top + 130],
            [600 + w * 1.12, bottom - 200],
            [600 + w * 0.7, bottom - 10],
            [600, bottom],
            [600 - w * 0.7, bottom - 10],
            [600 - w * 1.12, bottom - 200],
            [600 - w * 1.05, top + 130],
            [600 - 64, top - 60],
          ]);
  const hole = form === 1 ? ellipse(600, top + 10, 30, 30) : ellipse(600, top - 142, 24, 24);
  const clip = ink.clip(outline);
  const lines = grain(
    tones,
    rand,
    { x: -1000, y: -340, width: 1000, height: 700 },
    view === 'detail' ? 70 : 40,
  );
  const second = shifted(tones, tones.lch.l > 0.5 ? -0.16 : 0.14);
  const stripes = rand.chance(0.35)
    ? group(fill(box(600 + w * 0.3, top - 60, 60, h + 80), second.base), '', `clip-path="${clip}"`)
    : '';
  const groove =
    rand.chance(0.4) && form === 1
      ? stroke(box(600 - w + 40, top + 60, w * 2 - 80, h - 100, 36), tones.dark, 12, 0.5) +
        stroke(box(600 - w + 43, top + 64, w * 2 - 80, h - 100, 36), tones.pale, 4, 0.7)
      : '';
  return {
    art:
      group(fill(outline, tones.dark), 'translate(14 2)') +
      face(ink, outline, tones, [300, 300, 900, 960]) +
      stripes +
      group(group(lines, 'translate(600 0) rotate(-90) translate(0 0)'), '', `clip-path="${clip}"`) +
      groove +
      stroke(outline, tones.pale, 4, 0.5) +
      fill(hole, tones.deep) +
      stroke(hole, tones.light, 4, 0.7),
    stance: 'table',
    focus: [640, top + 140, 1.9],
    feet: [[606, bottom, w * 0.98]],
    outline,
  };
}
