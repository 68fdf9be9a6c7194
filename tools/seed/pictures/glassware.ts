import { paperLabel } from './ceramics.ts';
import { brass, iron, lit, oak, shifted, steel, type Tones, walnut } from './colour.ts';
import { fill, type Ink, stroke } from './ink.ts';
import { box, curve, ellipse, n, rounded } from './paths.ts';
import { tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';
import { arc, flutes, gleam, type Profile, type Turned, turned, walls } from './turned.ts';

function silhouette(solid: Turned): string {
  const side = solid.samples.map(({ y, r }) => `${n(solid.cx + r)} ${n(y)}`);
  const other = solid.samples.map(({ y, r }) => `${n(solid.cx - r)} ${n(y)}`).reverse();
  const first = solid.samples[0]?.r ?? 0;
  const last = solid.samples.at(-1)?.r ?? 0;
  return `M${n(solid.cx - first)} ${n(solid.top)}A${n(first)} ${n(first * solid.tilt)} 0 0 1 ${side.join('L')}A${n(last)} ${n(last * solid.tilt)} 0 0 1 ${other.join('L')}Z`;
}

/** A see-through wall: dense where the glass is seen edge on, clear in the middle. */
function glassBody(
  ink: Ink,
  solid: Turned,
  tones: Tones,
  drink: { tones: Tones; from: number } | undefined,
): string {
  const wide = Math.max(...solid.samples.map(({ r }) => r));
  const [x1, x2] = [solid.cx - wide, solid.cx + wide];
  const tint = lit(tones.lch, 0.5);
  const body = ink.linear(x1, 0, x2, 0, [
    [0, lit(tones.lch, 0.2), 0.85],
    [0.05, tint, 0.7],
    [0.16, tones.base, 0.5],
    [0.5, tones.light, 0.38],
    [0.84, tones.base, 0.55],
    [0.95, tint, 0.72],
    [1, lit(tones.lch, 0.2), 0.9],
  ]);
  const shape = silhouette(solid);
  const r = solid.radius(solid.top);
  const rim = ellipse(solid.cx, solid.top, r, r * solid.tilt);
  let inside = '';
  if (drink) {
    const level = solid.radius(drink.from) - 10;
    const liquid = `M${n(solid.cx - level)} ${n(drink.from)}${solid.samples
      .filter(({ y }) => y > drink.from && y < solid.bottom - 26)
      .map(({ y, r: at }) => `L${n(solid.cx - at + 10)} ${n(y)}`)
      .join(
        '',
      )}A${n(solid.radius(solid.bottom - 26))} 26 0 0 0 ${n(solid.cx + solid.radius(solid.bottom - 26) - 10)} ${n(solid.bottom - 30)}${solid.samples
      .filter(({ y }) => y > drink.from && y < solid.bottom - 26)
      .reverse()
      .map(({ y, r: at }) => `L${n(solid.cx + at - 10)} ${n(y)}`)
      .join('')}Z`;
    inside =
      fill(
        liquid,
        ink.linear(x1, 0, x2, 0, [
          [0, drink.tones.shade, 0.7],
          [0.3, drink.tones.light, 0.45],
          [1, drink.tones.shade, 0.7],
        ]),
      ) + fill(ellipse(solid.cx, drink.from, level, level * solid.tilt), drink.tones.pale, 0.6);
  }
  const base = solid.radius(solid.bottom);
  return (
    fill(rim, tones.shade, 0.22) +
    inside +
    fill(shape, body) +
    fill(ellipse(solid.cx, solid.bottom - 12, base * 0.86, base * 0.86 * solid.tilt), tones.dark, 0.42) +
    stroke(arc(solid, solid.bottom - 4, 0.93), '#fff', 5, 0.5) +
    gleam(ink, solid, 1, 0.05, 0.86) +
    stroke(rim, tones.dark, 5, 0.45) +
    stroke(rim, '#fff', 3, 0.7, 'transform="translate(0 -1.5)"') +
    stroke(
      `M${n(solid.cx + solid.radius(solid.top + 60) * 0.8)} ${n(solid.top + 70)}L${n(solid.cx + solid.radius(solid.bottom - 90) * 0.8)} ${n(solid.bottom - 80)}`,
      '#fff',
      5,
      0.4,
    )
  );
}

const water: Tones = shifted(steel, 0.14, 2);

export function glass(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(150, 190);
  const form = rand.whole(0, 3);
  const top = ground - (form === 2 ? rand.between(590, 640) : rand.between(420, 500));
  const shapes: readonly Profile[] = [
    [
      [top, r],
      [ground - 20, r * 0.82, 1],
      [ground, r * 0.76],
    ],
    [
      [top, r * 0.94],
      [top + 120, r * 0.98],
      [ground - 90, r * 0.9],
      [ground, r * 0.62],
    ],
    [
      [top, r * 0.86],
      [top + 130, r * 1.06],
      [top + 260, r * 0.8],
      [top + 330, 20],
      [ground - 60, 16],
      [ground - 16, r * 0.5],
      [ground, r * 0.86],
    ],
    [
      [top, r * 0.92],
      [top + 170, r * 0.9],
      [top + 190, r * 0.8],
      [ground - 20, r * 0.7],
      [ground, r * 0.66],
    ],
  ];
  const solid = turned(600, shapes[form] ?? [], 0.15);
  const ribs = form !== 2 && rand.chance(0.5) ? flutes(solid, tones, 32, top + 70, ground - 20, 4) : '';
  return {
    art:
      glassBody(
        ink,
        solid,
        tones,
        form === 2 || rand.chance(0.3) ? undefined : { tones: water, from: top + rand.between(120, 200) },
      ) + ribs,
    stance: 'table',
    focus: [620, top + 110, 1.9],
    feet: [[600, ground, solid.radius(ground) * 1.05]],
  };
}

export function carafe(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(165, 200);
  const top = ground - rand.between(590, 650);
  const solid = turned(
    600,
    rand.pick<Profile>([
      [
        [top, r * 0.5],
        [top + 60, r * 0.4],
        [top + 200, r * 0.42],
        [ground - 230, r],
        [ground - 60, r * 1.04],
        [ground, r * 0.84],
      ],
      [
        [top, r * 0.54],
        [top + 150, r * 0.46],
        [top + 250, r * 0.76],
        [top + 330, r * 0.9, 1],
        [ground - 20, r * 0.9, 1],
        [ground, r * 0.84],
      ],
      [
        [top, r * 0.62],
        [top + 110, r * 0.4],
        [top + 240, r * 0.62],
        [ground - 40, r * 1.1],
        [ground, r * 1.02],
      ],
    ]),
    0.15,
  );
  const stopper = rand.chance(0.6);
  const neck = solid.radius(top);
  const cork = turned(
    600,
    [
      [top - 60, neck * 0.92, 1],
      [top - 6, neck * 0.96, 1],
      [top + 10, neck * 0.8],
    ],
    0.15,
  );
  const ball = turned(
    600,
    [
      [top - 118, 4],
      [top - 104, 44],
      [top - 66, 62],
      [top - 28, 46],
      [top - 6, 30],
    ],
    0.15,
  );
  const round = rand.chance(0.5);
  const lid = !stopper
    ? ''
    : round
      ? walls(ink, ball, oak, { gloss: 0.2 })
      : walls(ink, cork, oak, { gloss: 0 }) +
        fill(ellipse(600, top - 60, neck * 0.92, neck * 0.14), oak.light);
  const handle = rand.chance(0.4)
    ? tube(
        curve(
          [
            [600 + neck * 0.8, top + 60],
            [800, top + 80],
            [820, top + 240],
            [600 + solid.radius(ground - 200) - 14, ground - 220],
          ],
          false,
        ),
        28,
        tones,
        1,
      )
    : '';
  return {
    art: handle + glassBody(ink, solid, tones, { tones: water, from: ground - rand.between(200, 300) }) + lid,
    stance: 'table',
    focus: [620, top + 170, 1.8],
    feet: [[600, ground, solid.radius(ground) * 1.05]],
  };
}

export function bottle(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(120, 145);
  const top = ground - rand.between(520, 560);
  const form = rand.whole(0, 2);
  const solid = turned(
    600,
    (
      [
        [
          [top, r * 0.62],
          [top + 26, r * 0.64],
          [top + 110, r * 0.98],
          [top + 130, r, 1],
          [ground - 26, r, 1],
          [ground - 6, r * 0.96],
          [ground, r * 0.9],
        ],
        [
          [top, r * 0.74],
          [top + 30, r * 0.78],
          [top + 150, r * 1.06],
          [ground - 140, r * 1.02],
          [ground - 20, r * 0.86],
          [ground, r * 0.8],
        ],
        [
          [top, r * 0.9, 1],
          [top + 40, r * 0.98],
          [ground - 30, r * 0.98, 1],
          [ground, r * 0.9],
        ],
      ] satisfies Profile[]
    )[form] ?? [],
    0.14,
  );
  const capTones = rand.pick([steel, oak, iron, shifted(tones, tones.lch.l > 0.5 ? -0.2 : 0.2)]);
  const neck = solid.radius(top);
  const cap = turned(
    600,
    [
      [top - rand.between(84, 120), neck * 0.9, 1],
      [top - 78, neck * 0.98, 1],
      [top - 6, neck * 0.98, 1],
      [top, neck * 0.9],
    ],
    0.14,
  );
  const lidTop = fill(ellipse(600, cap.top, cap.radius(cap.top), cap.radius(cap.top) * 0.14), capTones.light);
  const loop = rand.chance(0.6)
    ? tube(
        curve(
          [
            [600 - neck * 0.7, cap.top + 10],
            [600 - neck * 0.76, cap.top - 70],
            [600, cap.top - 104],
            [600 + neck * 0.76, cap.top - 70],
            [600 + neck * 0.7, cap.top + 10],
          ],
          false,
        ),
        22,
        capTones,
        0.3,
      )
    : '';
  const foot = rand.chance(0.5)
    ? walls(
        ink,
        turned(
          600,
          [
            [ground - 52, r * 1.02, 1],
            [ground - 6, r * 0.99],
            [ground, r * 0.92],
          ],
          0.14,
        ),
        shifted(tones, tones.lch.l > 0.5 ? -0.16 : 0.16),
        { gloss: 0 },
      )
    : '';
  const ring = stroke(arc(solid, top + 30), tones.deep, 4, 0.3);
  const mark = fill(
    rounded(
      [
        [600 - 8, ground - 200],
        [618, ground - 190],
        [592, ground - 160],
      ],
      8,
    ),
    tones.lch.l > 0.6 ? tones.dark : tones.pale,
    0.8,
  );
  return {
    art:
      loop +
      walls(ink, solid, tones, { gloss: rand.between(0.3, 0.9) }) +
      ring +
      mark +
      foot +
      walls(ink, cap, capTones, { gloss: 0.4, metal: capTones === steel }) +
      lidTop +
      stroke(arc(cap, top - 2), '#000', 4, 0.25),
    stance: 'table',
    focus: [610, top + 90, 1.9],
    feet: [[600, ground, solid.radius(ground) * 1.1]],
  };
}

export function dispenser(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(135, 165);
  const top = ground - rand.between(340, 420);
  const solid = turned(
    600,
    rand.pick<Profile>([
      [
        [top, r * 0.36],
        [top + 20, r * 0.4],
        [top + 50, r * 0.8],
        [top + 86, r],
        [ground - 20, r, 1],
        [ground, r * 0.93],
      ],
      [
        [top, r * 0.34],
        [top + 60, r * 0.7],
        [ground - 140, r * 1.06],
        [ground - 40, r * 0.96],
        [ground, r * 0.8],
      ],
      [
        [top, r * 0.94, 1],
        [top + 16, r, 1],
        [ground - 20, r, 1],
        [ground, r * 0.92],
      ],
    ]),
    0.16,
  );
  const metal = rand.pick([brass, iron, steel, walnut]);
  const neck = Math.min(58, solid.radius(top) * 0.9);
  const collar = turned(
    600,
    [
      [top - 36, neck, 1],
      [top + 4, neck],
    ],
    0.16,
  );
  const head = turned(
    600,
    [
      [top - 150, 34, 1],
      [top - 104, 36],
    ],
    0.16,
  );
  const spout = curve(
    [
      [600, top - 132],
      [500, top - 134],
      [436, top - 124],
      [424, top - 92],
    ],
    false,
  );
  const lidTop =
    solid.radius(top) > 100
      ? fill(ellipse(600, top, solid.radius(top), solid.radius(top) * 0.16), tones.light)
      : '';
  const surface = rand.chance(0.4)
    ? flutes(solid, tones, 36, top + 60, ground - 10)
    : paperLabel(
        brief,
        600 - r * 0.36,
        top + (ground - top) * 0.4,
        r * 0.74,
        (ground - top) * 0.34,
        r * 0.15,
      );
  return {
    art:
      walls(ink, solid, tones, { gloss: rand.between(0.4, 1) }) +
      surface +
      lidTop +
      walls(ink, collar, metal, { gloss: 0.4, metal: true }) +
      fill(ellipse(600, top - 36, neck, neck * 0.16), metal.light) +
      tube(`M600 ${top - 40}V${top - 110}`, 22, metal, 0.6, true) +
      tube(spout, 26, metal, 0.9) +
      walls(ink, head, metal, { gloss: 0.4, metal: true }) +
      fill(ellipse(600, top - 150, 34, 6), metal.pale),
    stance: 'table',
    focus: [590, top + 30, 2],
    feet: [[600, ground, solid.radius(ground) * 1.08]],
  };
}

export function soap(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const dish = rand.pick([walnut, oak, iron]);
  const [w, h] = [rand.between(250, 285), rand.between(110, 140)];
  const y = 850;
  const tray = box(600 - w - 70, y + 8, (w + 70) * 2, 70, 34);
  const topFace = curve([
    [600, y - h - 96],
    [600 + w * 0.8, y - h - 90],
    [600 + w, y - h - 48],
    [600 + w * 0.86, y - h + 4],
    [600, y - h + 16],
    [600 - w * 0.86, y - h + 4],
    [600 - w, y - h - 48],
    [600 - w * 0.8, y - h - 90],
  ]);
  const body = curve([
    [600 - w, y - h - 48],
    [600 - w * 0.99, y - 36],
    [600 - w * 0.86, y + 10],
    [600, y + 24],
    [600 + w * 0.86, y + 10],
    [600 + w * 0.99, y - 36],
    [600 + w, y - h - 48],
    [600, y - h + 10],
  ]);
  const motif = rand.whole(0, 2);
  const inset = curve([
    [600, y - h - 78],
    [600 + w * 0.6, y - h - 72],
    [600 + w * 0.74, y - h - 44],
    [600 + w * 0.6, y - h - 14],
    [600, y - h - 6],
    [600 - w * 0.6, y - h - 14],
    [600 - w * 0.74, y - h - 44],
    [600 - w * 0.6, y - h - 72],
  ]);
  const marks = Array.from(
    { length: motif === 1 ? 9 : 0 },
    (_, index) => `M${600 - w * 0.5 + index * w * 0.125} ${y - h - 60}l-8 32`,
  ).join('');
  const bands =
    motif === 2
      ? stroke(`M${600 - w * 0.98} ${y - 60}Q600 ${y - 4} ${600 + w * 0.98} ${y - 62}`, tones.pale, 26, 0.4)
      : '';
  return {
    art:
      fill(
        tray,
        ink.linear(0, y, 0, y + 80, [
          [0, dish.light],
          [0.3, dish.base],
          [1, dish.dark],
        ]),
      ) +
      fill(ellipse(600, y + 16, w + 60, 30), dish.dark, 0.5) +
      fill(
        body,
        ink.linear(600 - w, 0, 600 + w, 120, [
          [0, tones.light],
          [0.35, tones.base],
          [1, tones.dark],
        ]),
      ) +
      bands +
      fill(
        topFace,
        ink.linear(600 - w, y - h - 90, 600 + w, y - h, [
          [0, tones.pale],
          [0.6, tones.light],
          [1, tones.base],
        ]),
      ) +
      stroke(inset, tones.shade, 6, 0.7) +
      stroke(inset, tones.pale, 3, 0.9, 'transform="translate(3 4)"') +
      stroke(marks, tones.shade, 6, 0.8),
    stance: 'table',
    focus: [620, y - h, 1.8],
    feet: [[600, y + 72, w + 60]],
  };
}
