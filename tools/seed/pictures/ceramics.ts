import { shifted } from './colour.ts';
import { glazeFor, speckles } from './glaze.ts';
import { fill, stroke } from './ink.ts';
import { blade, curve } from './paths.ts';
import { tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';
import { arc, flutes, mouth, type Profile, turned, walls } from './turned.ts';

/** Throwing marks, flutes or specks: what the hand left on a pot. */
export function potSurface({ tones, rand, view }: Brief, solid: ReturnType<typeof turned>): string {
  const mark = rand.whole(0, 3);
  if (mark === 0) return flutes(solid, tones, rand.pick([28, 36, 44]), solid.top + 12, solid.bottom - 8, 3.4);
  if (mark === 1) return speckles(solid, tones, rand, view === 'detail' ? 260 : 150);
  if (mark === 2) {
    const lines = Array.from({ length: 16 }, (_, index) =>
      arc(solid, solid.top + 16 + ((solid.bottom - solid.top - 30) * (index + rand.next() * 0.5)) / 16),
    );
    return (
      stroke(lines.join(''), tones.deep, 2, 0.16) +
      stroke(lines.join(''), tones.pale, 1.4, 0.2, 'transform="translate(0 2.5)"')
    );
  }
  return view === 'detail' ? speckles(solid, tones, rand, 60) : '';
}

export function mug(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const cx = 560;
  const r = rand.between(180, 225);
  const top = ground - rand.between(380, 480);
  const shape: Profile = rand.pick<Profile>([
    [
      [top, r],
      [top + 60, r * 0.99],
      [ground - 40, r * 0.97, 1],
      [ground - 14, r * 0.93],
      [ground, r * 0.84],
    ],
    [
      [top, r * 1.06],
      [top + 130, r * 0.99],
      [ground - 110, r * 0.86],
      [ground - 26, r * 0.7],
      [ground, r * 0.64],
    ],
    [
      [top, r * 0.88],
      [top + 90, r * 0.96],
      [ground - 160, r * 1.1],
      [ground - 40, r * 0.92],
      [ground, r * 0.72],
    ],
    [
      [top, r],
      [ground - 150, r * 0.99],
      [ground - 70, r * 0.94],
      [ground - 26, r * 0.66, 1],
      [ground, r * 0.68],
    ],
  ]);
  const solid = turned(cx, shape);
  const [h1, h2] = [
    top + (ground - top) * rand.between(0.16, 0.22),
    ground - (ground - top) * rand.between(0.2, 0.32),
  ];
  const [x1, x2] = [cx + solid.radius(h1) - 10, cx + solid.radius(h2) - 10];
  const reach = rand.between(130, 165);
  const handle = rand.pick([
    curve(
      [
        [x1, h1 + 20],
        [x1 + reach * 0.7, h1 + 14],
        [x1 + reach, (h1 + h2) / 2 - 10],
        [x2 + reach * 0.72, h2 + 16],
        [x2, h2 + 26],
      ],
      false,
    ),
    curve(
      [
        [x1, h1 + 8],
        [x1 + reach * 0.9, h1 + 6, 1],
        [x1 + reach * 0.86, h1 + 80],
        [x2 + 50, h2 + 34],
        [x2, h2 + 40],
      ],
      false,
    ),
    curve(
      [
        [x1, h1],
        [x1 + reach * 0.6, h1 - 12],
        [x1 + reach * 0.98, h1 + 56],
        [x1 + reach * 0.62, h1 + 138],
        [x1 - 4, h1 + 156],
      ],
      false,
    ),
  ]);
  const paint = glazeFor(rand, tones, top, ground);
  return {
    art:
      tube(handle, rand.between(36, 46), tones, 0.7) +
      walls(ink, solid, tones, { gloss: rand.between(0.35, 1), paint }) +
      potSurface(brief, solid) +
      mouth(ink, solid, paint(top), 9),
    stance: 'table',
    focus: [cx + 80, top + 130, 1.9],
    feet: [[cx, ground, solid.radius(ground) * 1.08]],
  };
}

export function vase(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(170, 225);
  const tall = rand.between(520, 640);
  const top = ground - tall;
  const at = (part: number) => top + tall * part;
  const shape = rand.pick<Profile>([
    [
      [top, r * 0.42],
      [at(0.06), r * 0.36],
      [at(0.22), r * 0.42],
      [at(0.5), r],
      [at(0.78), r * 0.92],
      [at(0.96), r * 0.56, 1],
      [ground, r * 0.55],
    ],
    [
      [top, r * 0.56],
      [at(0.1), r * 0.5],
      [at(0.32), r * 1.02],
      [at(0.55), r * 0.94],
      [at(0.85), r * 0.56],
      [ground, r * 0.46],
    ],
    [
      [top, r * 0.36],
      [at(0.3), r * 0.31],
      [at(0.44), r * 0.46],
      [at(0.68), r * 1.14],
      [at(0.9), r * 0.92],
      [ground, r * 0.6],
    ],
    [
      [top, r * 0.78],
      [at(0.2), r * 0.7],
      [at(0.6), r * 0.66],
      [at(0.92), r * 0.74],
      [ground, r * 0.66],
    ],
    [
      [top, r * 0.5],
      [at(0.08), r * 0.4],
      [at(0.2), r * 0.62],
      [at(0.34), r * 0.74],
      [at(0.46), r * 0.54],
      [at(0.72), r * 1.02],
      [at(0.92), r * 0.7],
      [ground, r * 0.56],
    ],
  ]);
  const solid = turned(600, shape);
  const paint = glazeFor(rand, tones, top, ground);
  const ears = rand.chance(0.25)
    ? [-1, 1].map((side) => {
        const [y1, y2] = [at(0.14), at(0.4)];
        return tube(
          curve(
            [
              [600 + side * (solid.radius(y1) - 6), y1],
              [600 + side * (solid.radius(y1) + 84), y1 + 20],
              [600 + side * (solid.radius(y2) + 30), y2 - 50],
              [600 + side * (solid.radius(y2) - 8), y2],
            ],
            false,
          ),
          26,
          tones,
          0.5,
        );
      })
    : [];
  const stem = rand.chance(0.55) ? dryStems(brief, solid.top) : '';
  return {
    art: `${mouth(ink, solid, paint(top), 7)}${stem}${frontLip(brief, solid)}${ears.join('')}${walls(ink, solid, tones, { gloss: rand.between(0.1, 0.85), paint })}${potSurface(brief, solid)}`,
    stance: 'table',
    focus: [640, at(0.5), 1.9],
    feet: [[600, ground, solid.radius(ground) * 1.1]],
  };
}

/** The near edge of a mouth, drawn over what stands in it. */
function frontLip({ tones }: Brief, solid: ReturnType<typeof turned>): string {
  return stroke(arc(solid, solid.top), tones.light, 7);
}

function dryStems({ rand }: Brief, top: number): string {
  const stems = [-1, -0.2, 0.7].map((lean) => {
    const [x, y] = [600 + lean * 110 + rand.between(-30, 30), top - rand.between(170, 270)];
    let leaves = '';
    for (let index = 0; index < 7; index++) {
      const t = 0.35 + index * 0.1;
      const [lx, ly] = [600 + (x - 600) * t * t, top + (y - top) * t];
      leaves += blade(lx, ly, -Math.PI / 2 + (index % 2 ? 0.85 : -0.85) + lean * 0.3, 62 - index * 4, 13);
    }
    return (
      stroke(`M600 ${top + 12}Q${600 + lean * 14} ${(top + y) / 2} ${x} ${y}`, '#8a7d5c', 4) +
      fill(leaves, '#a39a72', 0.95) +
      fill(leaves, '#6f6d4c', 0.25)
    );
  });
  return stems.join('');
}

export function planter(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(215, 265);
  const legs = rand.chance(0.3);
  const foot = legs ? ground - 90 : ground;
  const top = foot - rand.between(330, 400);
  const shape = rand.pick<Profile>([
    [
      [top, r],
      [foot - 120, r * 0.92],
      [foot - 20, r * 0.8],
      [foot, r * 0.74],
    ],
    [
      [top, r * 0.9],
      [top + 130, r * 1.06],
      [foot - 90, r * 0.88],
      [foot, r * 0.6],
    ],
    [
      [top, r * 1.04, 1],
      [top + 74, r * 1.02, 1],
      [top + 75, r * 0.94, 1],
      [foot, r * 0.7],
    ],
    [
      [top, r],
      [foot - 30, r, 1],
      [foot - 8, r * 0.97],
      [foot, r * 0.93],
    ],
  ]);
  const solid = turned(600, shape);
  const paint = glazeFor(rand, tones, top, foot);
  const stand = legs
    ? [-0.78, 0.78, 0.1].map((side) =>
        tube(
          `M${600 + side * r * 0.72} ${foot - 10}L${600 + side * r * 0.86} ${ground}`,
          24,
          shifted(tones, -0.25, 0.4),
          0.2,
        ),
      )
    : [];
  return {
    art: `${stand.join('')}${mouth(ink, solid, tones, 12)}${plant(brief, top)}${stroke(arc(solid, top), tones.light, 12)}${walls(ink, solid, tones, { gloss: rand.between(0, 0.6), paint })}${potSurface(brief, solid)}`,
    stance: 'table',
    focus: [640, top + 120, 1.8],
    feet: legs
      ? [
          [600 - r * 0.67, ground, 24],
          [600 + r * 0.67, ground, 24],
          [600 + r * 0.09, ground + 6, 24],
          [600, ground, r * 0.6],
        ]
      : [[600, ground, solid.radius(foot) * 1.08]],
  };
}

/** What grows in the planter: sword leaves, broad leaves or a fern. */
export function plant({ ink, rand }: Pick<Brief, 'ink' | 'rand'>, top: number, x = 600, size = 1): string {
  const kind = rand.whole(0, 2);
  const count = [9, 8, 13][kind] ?? 9;
  const leaves = Array.from({ length: count }, (_, index) => {
    const turn = (index * 0.618 + rand.next() * 0.06) % 1;
    const angle = -Math.PI / 2 + (turn - 0.5) * (kind === 0 ? 1.1 : 2.3);
    const length = size * (kind === 0 ? rand.between(250, 390) : rand.between(190, 310));
    const [hue, light] = [rand.between(128, 150), rand.between(0.42, 0.62)];
    const [tipX, tipY] = [x + Math.cos(angle) * length, top + Math.sin(angle) * length];
    const [low, high] = [
      shifted({ ...leafTones, lch: { l: light, c: 0.07, h: hue } }, -0.12),
      shifted({ ...leafTones, lch: { l: light, c: 0.075, h: hue } }, 0.06),
    ];
    const paint = ink.linear(x, top, tipX, tipY, [
      [0, low.dark],
      [0.5, high.base],
      [1, high.light],
    ]);
    const rootX = x + (turn - 0.5) * 110 * size;
    if (kind === 1) {
      const [bx, by] = [x + Math.cos(angle) * length * 0.55, top + Math.sin(angle) * length * 0.55];
      return (
        stroke(`M${rootX} ${top + 20}Q${x} ${by + 40} ${bx} ${by}`, low.base, 7 * size) +
        fill(blade(bx, by, angle, length * 0.62, 74 * size), paint) +
        stroke(
          `M${bx} ${by}L${bx + Math.cos(angle) * length * 0.5} ${by + Math.sin(angle) * length * 0.5}`,
          low.dark,
          3,
          0.5,
        )
      );
    }
    const wide = kind === 0 ? 34 : 20;
    return (
      fill(blade(rootX, top + 20, angle, length, wide * size), paint) +
      stroke(
        `M${rootX} ${top + 20}L${rootX + Math.cos(angle) * length * 0.85} ${top + 20 + Math.sin(angle) * length * 0.85}`,
        high.pale,
        2.4,
        0.5,
      )
    );
  });
  return leaves.join('');
}

const leafTones = { deep: '', dark: '', shade: '', base: '', light: '', pale: '' };

export function candle(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const r = rand.between(150, 200);
  const top = ground - rand.between(300, 400);
  const shape = rand.pick<Profile>([
    [
      [top, r],
      [ground - 24, r, 1],
      [ground - 6, r * 0.97],
      [ground, r * 0.92],
    ],
    [
      [top, r * 0.92],
      [top + 120, r * 1.08],
      [ground - 60, r * 0.9],
      [ground, r * 0.66],
    ],
    [
      [top, r * 1.05],
      [ground - 120, r * 0.98],
      [ground - 40, r * 0.7],
      [ground - 22, r * 0.52, 1],
      [ground, r * 0.62],
    ],
  ]);
  const solid = turned(600, shape);
  const wax = shifted({ ...tones, lch: { l: 0.93, c: 0.025, h: 85 } }, 0);
  const pool = r - 14;
  const mouthArt = mouth(ink, solid, tones, 8);
  const waxY = top + 10;
  const tilt = solid.tilt;
  const waxArt = fill(
    `M${600 - pool} ${waxY}A${pool} ${pool * tilt} 0 0 1 ${600 + pool} ${waxY}A${pool} ${pool * tilt} 0 0 1 ${600 - pool} ${waxY}Z`,
    ink.radial(
      600,
      waxY,
      pool,
      [
        [0, '#fff6dd'],
        [0.5, wax.light],
        [1, wax.shade],
      ],
      tilt,
    ),
  );
  const flame = curve([
    [600, waxY - 128, 1],
    [618, waxY - 84],
    [620, waxY - 54],
    [600, waxY - 36],
    [580, waxY - 54],
    [583, waxY - 84],
  ]);
  const fire =
    fill(
      'M0 0H1200V1200H0Z',
      ink.radial(600, waxY - 76, 250, [
        [0, '#ffdf9a', 0.55],
        [0.4, '#ffd98c', 0.2],
        [1, '#ffd98c', 0],
      ]),
    ) +
    stroke(`M600 ${waxY + 2}Q597 ${waxY - 20} 602 ${waxY - 46}`, '#4a3a30', 5) +
    fill(
      flame,
      ink.linear(0, waxY - 130, 0, waxY - 30, [
        [0, '#ffd27a'],
        [0.5, '#fff3c9'],
        [0.85, '#ffb65c'],
        [1, '#8fa2c9', 0.7],
      ]),
    );
  const [ly, lh] = [top + (ground - top) * 0.42, (ground - top) * 0.34];
  const label = paperLabel(brief, 600 - r * 0.3, ly, r * 0.62, lh, tilt * r * 0.9);
  return {
    art:
      walls(ink, solid, tones, { gloss: rand.between(0.2, 1) }) +
      (rand.chance(0.35) ? flutes(solid, tones, 40, top + 14, ground - 12, 3.4) : label) +
      mouthArt +
      waxArt +
      fire,
    stance: 'table',
    focus: [620, top + 70, 1.9],
    feet: [[600, ground, solid.radius(ground) * 1.08]],
  };
}

/** A small label with believable marks on a round vessel. */
export function paperLabel(
  { tones }: Pick<Brief, 'tones'>,
  x: number,
  y: number,
  width: number,
  height: number,
  sag = 20,
): string {
  const dark = tones.lch.l > 0.82 ? '#8d8274' : '#f5f0e6';
  const ink = tones.lch.l > 0.82 ? '#f7f3ea' : '#6b6258';
  const outline = `M${x} ${y + sag * 0.9}Q${x + width / 2} ${y + sag * 1.14} ${x + width} ${y + sag * 0.98}V${y + height + sag * 0.98}Q${x + width / 2} ${y + height + sag * 1.14} ${x} ${y + height + sag * 0.9}Z`;
  const line = (part: number, inset: number) =>
    `M${x + width * inset} ${y + sag + height * part}Q${x + width / 2} ${y + sag * 1.15 + height * part} ${x + width * (1 - inset)} ${y + sag * 1.02 + height * part}`;
  return (
    fill(outline, dark, 0.94) +
    stroke(line(0.34, 0.3), ink, 6, 0.85) +
    stroke(line(0.56, 0.22) + line(0.68, 0.3), ink, 2.4, 0.6) +
    stroke(line(0.84, 0.42), ink, 2.4, 0.6)
  );
}
