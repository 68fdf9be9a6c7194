import { weave } from './cloth.ts';
import {
  brass,
  contrasting,
  iron,
  linen,
  lit,
  oak,
  shifted,
  steel,
  type Tones,
  tonesOf,
  walnut,
} from './colour.ts';
import { fill, group, type Ink, stroke } from './ink.ts';
import { box, curve, ellipse, n, rounded } from './paths.ts';
import { face, grain, tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';

export function notebook({ ink, tones, rand, view }: Brief): Subject {
  const [w, h] = rand.pick([
    [290, 400],
    [270, 370],
    [310, 400],
  ]);
  const trim = contrasting(tones);
  const cover = box(600 - w, 600 - h, w * 2, h * 2, 26);
  const pages = box(600 - w + 10, 600 - h + 12, w * 2 + 6, h * 2 - 4, 14);
  const form = rand.whole(0, 2);
  const texture = weave(ink, tones, rand.chance(0.5) ? 'plain' : 'boucle', view === 'detail' ? 6 : 8);
  const spine =
    form === 1
      ? fill(
          `M${600 - w + 26} ${600 - h}H${600 - w + 110}V${600 + h}H${600 - w + 26}Q${600 - w} ${600 + h} ${600 - w} ${600 + h - 26}V${600 - h + 26}Q${600 - w} ${600 - h} ${600 - w + 26} ${600 - h}Z`,
          trim.base,
        )
      : '';
  const rings =
    form === 2
      ? Array.from({ length: 16 }, (_, index) => {
          const y = 600 - h + 40 + (index * (h * 2 - 80)) / 15;
          return (
            fill(ellipse(600 - w + 34, y, 9, 9), lit(tones.lch, 0.1)) +
            stroke(`M${600 - w + 34} ${n(y)}q-34 -16 -50 2`, steel.shade, 8) +
            stroke(`M${600 - w + 34} ${n(y - 2)}q-34 -16 -50 2`, steel.pale, 3)
          );
        }).join('')
      : '';
  const band =
    form === 0
      ? fill(
          box(600 + w - 84, 600 - h - 2, 22, h * 2 + 6, 0),
          ink.linear(600 + w - 84, 0, 600 + w - 62, 0, [
            [0, trim.light],
            [1, trim.dark],
          ]),
        )
      : '';
  const hinge =
    form === 2
      ? ''
      : stroke(`M${600 - w + 56} ${600 - h + 4}V${600 + h - 4}`, tones.deep, 5, 0.25) +
        stroke(`M${600 - w + 61} ${600 - h + 4}V${600 + h - 4}`, tones.pale, 4, 0.35);
  const ribbon = form === 2 ? '' : fill(`M${620} ${600 + h - 6}h22l4 74l-14 -14l-14 14Z`, trim.shade);
  const label = rand.chance(0.6)
    ? fill(box(600 - 86 + 20, 600 - h * 0.5, 172, 110, 6), linen.light) +
      stroke(
        box(600 - 76 + 20, 600 - h * 0.5 + 10, 152, 90, 3),
        tones.lch.l > 0.8 ? '#8d8274' : tones.base,
        2.5,
        0.7,
      ) +
      stroke(`M574 ${600 - h * 0.5 + 46}h92M590 ${600 - h * 0.5 + 68}h60`, '#6b6258', 4, 0.7)
    : stroke(`M560 ${600 - h * 0.4}h100`, tones.lch.l > 0.6 ? tones.dark : brass.base, 8, 0.8);
  const pageLines = stroke(
    Array.from(
      { length: 5 },
      (_, index) => `M${600 - w + 30} ${600 + h + 1 + index * 2}H${600 + w + 10}`,
    ).join(''),
    '#b8ac98',
    1,
    0.7,
  );
  const art = group(
    ribbon +
      fill(pages, '#f4ede0') +
      pageLines +
      face(ink, cover, tones, [600 - w, 600 - h, 600 + w, 600 + h], 0.02) +
      fill(cover, texture, 0.8) +
      spine +
      hinge +
      stroke(cover, tones.pale, 3, 0.5) +
      label +
      band +
      rings,
    `rotate(${rand.pick([-9, -6, 7])} 600 600)`,
  );
  return { art, stance: 'flat', focus: [480, 480, 1.8], outline: cover };
}

export function pen({ ink, tones, rand }: Brief): Subject {
  const w = rand.between(30, 38);
  const metal = rand.pick([brass, steel, iron]);
  const form = rand.whole(0, 2);
  const volume = (material: Tones) =>
    ink.linear(0, 600 - w, 0, 600 + w, [
      [0, lit(material.lch, 0.5)],
      [0.2, material.pale],
      [0.34, material.light],
      [0.6, material.base],
      [0.88, material.dark],
      [1, material.shade],
    ]);
  const body = curve([
    [240, 600 - w * 0.86, 1],
    [500, 600 - w],
    [800, 600 - w * 0.94, 1],
    [800, 600 + w * 0.94, 1],
    [500, 600 + w],
    [240, 600 + w * 0.86, 1],
  ]);
  const cap = rounded(
    [
      [150, 600 - w * 0.9],
      [520, 600 - w * 1.12],
      [520, 600 + w * 1.12],
      [150, 600 + w * 0.9],
    ],
    22,
  );
  const tip = curve([
    [800, 600 - w * 0.9, 1],
    [900, 600 - w * 0.6],
    [990, 596, 1],
    [990, 604, 1],
    [900, 600 + w * 0.6],
    [800, 600 + w * 0.9, 1],
  ]);
  const nib = curve([
    [850, 600 - w * 0.62, 1],
    [920, 600 - w * 0.76],
    [1040, 600, 1],
    [920, 600 + w * 0.76],
    [850, 600 + w * 0.62, 1],
  ]);
  const grip = curve([
    [800, 600 - w * 0.9, 1],
    [860, 600 - w * 0.66, 1],
    [860, 600 + w * 0.66, 1],
    [800, 600 + w * 0.9, 1],
  ]);
  const clip = rounded(
    [
      [176, 600 - w * 1.1],
      [440, 600 - w * 1.24],
      [452, 600 - w * 0.86],
      [190, 600 - w * 0.72],
    ],
    10,
  );
  const ring = (x: number) => fill(box(x, 600 - w * 1.08, 16, w * 2.16, 5), volume(metal));
  const hex =
    form === 1
      ? fill(`M170 ${600 - w * 0.4}H800V${600 + w * 0.3}H170Z`, tones.pale, 0.28) +
        stroke(`M170 ${600 - w * 0.4}H800M170 ${600 + w * 0.34}H800`, tones.deep, 2, 0.3)
      : '';
  const art =
    fill(body, volume(tones)) +
    (form === 2
      ? fill(grip, volume(iron)) +
        fill(
          nib,
          ink.linear(0, 580, 0, 622, [
            [0, metal.pale],
            [0.5, metal.base],
            [1, metal.dark],
          ]),
        ) +
        stroke('M930 600H1034', iron.dark, 3) +
        fill(ellipse(926, 600, 6, 6), iron.deep)
      : fill(tip, volume(metal)) + fill('M986 595L1016 600L986 605Z', iron.base)) +
    fill(cap, volume(tones)) +
    hex +
    ring(514) +
    ring(160) +
    (form === 1
      ? fill(
          rounded(
            [
              [110, 588],
              [160, 584],
              [160, 616],
              [110, 612],
            ],
            8,
          ),
          volume(metal),
        )
      : '') +
    fill(
      clip,
      ink.linear(0, 600 - w * 1.2, 0, 600 - w * 0.7, [
        [0, metal.pale],
        [0.5, metal.base],
        [1, metal.dark],
      ]),
    );
  const shadow = `<path d="${body}${cap}${tip}" fill="#1d1916" opacity=".13" transform="translate(-4 40)" stroke="#1d1916" stroke-width="16"/><path d="${body}${cap}${tip}" fill="#1d1916" opacity=".22" transform="translate(0 20)"/>`;
  return {
    art: group(
      shadow + art,
      `translate(600 600) rotate(${rand.pick([-36, -42, -30])}) scale(1.05) translate(-580 -600)`,
    ),
    stance: 'flat',
    focus: [520, 640, 2],
  };
}

export function clock({ ink, tones, rand }: Brief): Subject {
  const r = rand.between(340, 390);
  const form = rand.whole(0, 2);
  const rim = form === 1 ? rand.pick([oak, walnut, brass]) : tones;
  const dial = form === 0 ? tonesOf({ l: 0.95, c: 0.012, h: 85 }) : tones;
  const ringed = (radius: number, material: Tones, from: number, to: number) =>
    fill(
      ellipse(600, 600, radius, radius),
      ink.linear(600 - radius, 600 - radius, 600 + radius, 600 + radius, [
        [0.12, lit(material.lch, from)],
        [0.88, lit(material.lch, to)],
      ]),
    );
  const mark = contrasting(dial);
  const colour = dial.lch.l > 0.62 ? '#37322d' : mark.light;
  const ticks = rand.whole(0, 2);
  let marks = '';
  for (let index = 0; index < (ticks === 2 ? 60 : 12); index++) {
    const angle = (index * Math.PI * 2) / (ticks === 2 ? 60 : 12);
    const main = ticks === 2 ? index % 5 === 0 : index % 3 === 0;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const [a, b] = [r * (main ? 0.7 : 0.77), r * 0.82];
    marks +=
      ticks === 0
        ? fill(ellipse(600 + c * b, 600 + s * b, main ? 14 : 8, main ? 14 : 8), colour)
        : stroke(
            `M${n(600 + c * a)} ${n(600 + s * a)}L${n(600 + c * b)} ${n(600 + s * b)}`,
            colour,
            main ? 13 : 5,
          );
  }
  const [hour, minute] = [
    -Math.PI / 2 + (10 / 12) * Math.PI * 2 + 0.08,
    -Math.PI / 2 + (9.2 / 60) * Math.PI * 2,
  ];
  const hand = (angle: number, length: number, width: number, paint: string) => {
    const line = `M${n(600 - Math.cos(angle) * 50)} ${n(600 - Math.sin(angle) * 50)}L${n(600 + Math.cos(angle) * length)} ${n(600 + Math.sin(angle) * length)}`;
    return group(stroke(line, '#000', width, 0.16), 'translate(8 11)') + stroke(line, paint, width);
  };
  return {
    art:
      ringed(r, rim, 0.95, 0.36) +
      ringed(r - 12, rim, 0.66, 0.6) +
      ringed(r - (form === 2 ? 16 : 38), rim, 0.3, 0.9) +
      ringed(r - (form === 2 ? 22 : 46), dial, 0.58, 0.74) +
      fill(
        ellipse(600, 600, r - 46, r - 46),
        ink.radial(620, 630, r, [
          [0.7, '#000', 0],
          [1, '#000', 0.16],
        ]),
      ) +
      marks +
      hand(hour, r * 0.46, 20, colour) +
      hand(minute, r * 0.68, 13, colour) +
      hand(2.2, r * 0.7, 5, form === 2 ? mark.base : '#b5533c') +
      fill(ellipse(600, 600, 22, 22), colour) +
      fill(ellipse(596, 596, 8, 8), '#fff', 0.5) +
      fill(
        `M${600 - r * 0.8} ${600 - r * 0.2}A${r * 0.82} ${r * 0.82} 0 0 1 ${600 + r * 0.1} ${600 - r * 0.82}Q${600 - r * 0.4} ${600 - r * 0.5} ${600 - r * 0.8} ${600 - r * 0.2}Z`,
        '#fff',
        0.12,
      ),
    stance: 'wall',
    focus: [720, 480, 1.9],
    outline: ellipse(600, 600, r, r),
  };
}

export function woodenToy(brief: Brief): Subject {
  return brief.rand.pick([car, rainbow, animal])(brief);
}

function wheel(ink: Ink, x: number, y: number, r: number, tones: Tones): string {
  return (
    fill(ellipse(x + 6, y, r, r), tones.dark) +
    fill(
      ellipse(x, y, r, r),
      ink.linear(x - r, y - r, x + r, y + r, [
        [0, tones.pale],
        [0.5, tones.base],
        [1, tones.shade],
      ]),
    ) +
    stroke(ellipse(x, y, r * 0.66, r * 0.66), tones.dark, 3, 0.4) +
    fill(ellipse(x, y, r * 0.22, r * 0.22), tones.dark) +
    fill(ellipse(x - 3, y - 3, r * 0.12, r * 0.12), tones.pale)
  );
}

function car({ ink, tones, rand }: Brief): Subject {
  const y = ground - 80;
  const body = rand.chance(0.5)
    ? curve([
        [250, y, 1],
        [244, y - 120],
        [340, y - 170],
        [440, y - 190],
        [520, y - 310],
        [660, y - 320],
        [770, y - 200],
        [890, y - 160],
        [950, y - 90],
        [950, y, 1],
      ])
    : curve([
        [250, y, 1],
        [250, y - 300],
        [300, y - 340],
        [640, y - 340],
        [710, y - 300],
        [740, y - 170, 1],
        [900, y - 150],
        [950, y - 100],
        [950, y, 1],
      ]);
  const window = rounded(
    [
      [540, y - 260],
      [650, y - 266],
      [690, y - 190],
      [510, y - 188],
    ],
    22,
  );
  const wheels = rand.pick([oak, walnut]);
  const clip = ink.clip(body);
  return {
    art: `<path d="${body}" transform="translate(10 4)" fill="${tones.dark}"/>${face(ink, body, tones, [260, y - 330, 940, y + 40])}${group(grain(tones, rand, { x: 240, y: y - 340, width: 720, height: 350 }, 16), '', `clip-path="${clip}"`)}${stroke(body, tones.pale, 5, 0.5)}${fill(window, lit(tones.lch, 0.2))}${fill(window, '#e8dcc6', 0.75)}${wheel(ink, 390, y, 82, wheels)}${wheel(ink, 800, y, 82, wheels)}`,
    stance: 'table',
    focus: [700, y - 90, 1.8],
    feet: [
      [390, ground, 76],
      [800, ground, 76],
      [600, ground - 6, 300],
    ],
  };
}

function rainbow({ ink, tones, rand }: Brief): Subject {
  const count = rand.whole(4, 5);
  const arches = Array.from({ length: count }, (_, index) => {
    const outer = 390 - index * 74;
    const inner = outer - 66;
    const material =
      index === 0
        ? tones
        : index % 2
          ? shifted(tones, (tones.lch.l > 0.6 ? -0.07 : 0.09) * index, 0.9)
          : shifted(tones, (tones.lch.l > 0.6 ? 0.02 : 0.06) * index, 0.6);
    const arch = `M${600 - outer} ${ground}V${ground - 40}A${outer} ${outer} 0 0 1 ${600 + outer} ${ground - 40}V${ground}H${600 + inner}V${ground - 40}A${inner} ${inner} 0 0 0 ${600 - inner} ${ground - 40}V${ground}Z`;
    return `<path d="${arch}" transform="translate(9 3)" fill="${material.dark}"/>${face(ink, arch, material, [600 - outer, ground - outer, 600 + outer, ground], 0.06)}${stroke(arch, material.pale, 3, 0.6)}`;
  });
  const core = `M${600 - 20} ${ground}A20 20 0 0 1 620 ${ground}Z`;
  return {
    art: arches.join('') + fill(core, tones.shade),
    stance: 'table',
    focus: [520, ground - 280, 1.8],
    feet: [[604, ground, 380]],
  };
}

function animal({ ink, tones, rand }: Brief): Subject {
  const y = ground - 50;
  const body = curve([
    [330, y, 1],
    [320, y - 170],
    [372, y - 300],
    [520, y - 340],
    [700, y - 310],
    [748, y - 420],
    [820, y - 470],
    [910, y - 450],
    [950, y - 390],
    [948, y - 340],
    [880, y - 320],
    [852, y - 200],
    [846, y, 1],
    [744, y, 1],
    [730, y - 90],
    [600, y - 124],
    [456, y - 90],
    [440, y, 1],
  ]);
  const ear = curve([
    [780, y - 450],
    [740, y - 540],
    [790, y - 560],
    [840, y - 470],
  ]);
  const clip = ink.clip(body);
  const wheels = rand.pick([oak, walnut]);
  return {
    art:
      tube(`M320 ${y - 220}Q250 ${y - 250} 270 ${y - 160}`, 22, shifted(tones, -0.1), 0.2) +
      `<path d="${body}" transform="translate(10 4)" fill="${tones.dark}"/>` +
      face(ink, body, tones, [330, y - 460, 930, y], 0.02) +
      group(
        grain(tones, rand, { x: 300, y: y - 480, width: 680, height: 490 }, 18),
        '',
        `clip-path="${clip}"`,
      ) +
      stroke(body, tones.pale, 5, 0.5) +
      face(ink, ear, shifted(tones, -0.1), [740, y - 560, 840, y - 450]) +
      fill(ellipse(874, y - 408, 12, 12), '#2d2723') +
      fill(ellipse(871, y - 411, 4, 4), '#fff') +
      wheel(ink, 388, y + 2, 50, wheels) +
      wheel(ink, 796, y + 2, 50, wheels),
    stance: 'table',
    focus: [780, y - 300, 1.8],
    feet: [
      [388, ground, 50],
      [796, ground, 50],
      [600, ground - 4, 260],
    ],
  };
}
