import { fold, puff, seam, type Weave, weave, yarn } from './cloth.ts';
import { contrasting, leather, linen, lit, oak, shifted } from './colour.ts';
import { fill, stroke } from './ink.ts';
import { box, curve, mirrored, n, type Point, rounded } from './paths.ts';
import { type Brief, ground, type Subject } from './subject.ts';

export function cushion({ ink, tones, rand, view }: Brief): Subject {
  const [w, h] = rand.pick([
    [330, 310],
    [310, 310],
    [370, 260],
  ]);
  const cy = ground - h + 6;
  const pull = rand.between(20, 44);
  const outline = curve([
    [600 - w, cy - h, 1],
    [600 - w * 0.5, cy - h + pull * 0.72],
    [600, cy - h + pull * 0.55],
    [600 + w * 0.5, cy - h + pull * 0.72],
    [600 + w, cy - h, 1],
    [600 + w - pull * 0.8, cy - h * 0.5],
    [600 + w - pull * 0.6, cy],
    [600 + w - pull * 0.8, cy + h * 0.5],
    [600 + w, cy + h, 1],
    [600 + w * 0.5, cy + h - pull * 0.3],
    [600, cy + h],
    [600 - w * 0.5, cy + h - pull * 0.3],
    [600 - w, cy + h, 1],
    [600 - w + pull * 0.8, cy + h * 0.5],
    [600 - w + pull * 0.6, cy],
    [600 - w + pull * 0.8, cy - h * 0.5],
  ]);
  const trim = contrasting(tones);
  const motif = rand.whole(0, 5);
  const texture = rand.pick<Weave>(['plain', 'boucle', 'twill', 'waffle', 'rib']);
  const pattern =
    motif === 0
      ? fill(outline, yarn(ink, trim.base, 'stripe', rand.between(56, 90), 90), 0.9)
      : motif === 1
        ? fill(outline, yarn(ink, trim.base, 'grid', rand.between(80, 130)))
        : motif === 2
          ? fill(outline, yarn(ink, trim.base, 'pinstripe', rand.between(40, 60), 90))
          : motif === 3
            ? stroke(`M${600 - w} ${cy}H${600 + w}M600 ${cy - h}V${cy + h}`, trim.base, 10, 0.8)
            : '';
  const folds = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ]
    .map(([sx = 1, sy = 1]) =>
      fold(
        tones,
        [600 + sx * w * 0.92, cy + sy * h * 0.9],
        [600 + sx * w * 0.62, cy + sy * h * 0.72],
        [600 + sx * w * 0.42, cy + sy * h * 0.4],
        26,
      ),
    )
    .join('');
  const belly = fill(
    outline,
    ink.radial(530, cy - 90, w * 1.2, [
      [0, tones.pale, 0.5],
      [0.55, tones.pale, 0],
      [1, tones.deep, 0.45],
    ]),
  );
  const tufts = rand.chance(0.4)
    ? [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ]
        .map(([sx = 1, sy = 1]) => tassel(600 + sx * w, cy + sy * h, sx, tones.shade))
        .join('')
    : '';
  return {
    art:
      tufts +
      puff(
        ink,
        outline,
        tones,
        1.3,
        fill(outline, weave(ink, tones, texture, view === 'detail' ? 8 : 11)) + pattern + belly + folds,
      ) +
      seam(outline, tones, 4),
    stance: 'table',
    focus: [770, cy - h * 0.4, 1.8],
    feet: [[600, ground, w * 0.94]],
  };
}

function tassel(x: number, y: number, side: number, colour: string): string {
  return stroke(
    [-12, -4, 4, 12]
      .map((lean) => `M${n(x)} ${n(y)}q${n(side * 14 + lean)} 26 ${n(side * 10 + lean * 1.6)} 62`)
      .join(''),
    colour,
    8,
  );
}

/** Cloth folded into a soft block: rounded folds at the left, edges at the right, the top seen a little. */
function foldedStack(
  { ink, tones, rand, view }: Brief,
  layers: number,
  width: number,
  thick: number,
  texture: Weave,
): { art: string; top: number } {
  let art = '';
  const fillTexture = weave(ink, tones, texture, view === 'detail' ? 8 : 10);
  for (let index = 0; index < layers; index++) {
    const bottom = ground - index * thick;
    const slack = rand.between(-12, 12);
    const [left, right] = [600 - width + slack, 600 + width + slack * 0.6];
    const bulge = rand.between(4, 12);
    const outline = curve([
      [left + 30, bottom - thick],
      [600, bottom - thick - bulge * 0.5],
      [right - 26, bottom - thick + 3],
      [right + 2, bottom - thick * 0.76],
      [right, bottom - thick * 0.2],
      [right - 24, bottom],
      [600, bottom + 2],
      [left + 30, bottom],
      [left, bottom - thick * 0.5],
    ]);
    const body = ink.linear(0, bottom - thick, 0, bottom, [
      [0, tones.light],
      [0.3, tones.base],
      [0.75, tones.shade],
      [1, tones.dark],
    ]);
    const side = ink.linear(left, 0, right, 0, [
      [0, lit(tones.lch, 0.3), 0.5],
      [0.07, tones.pale, 0.35],
      [0.3, tones.pale, 0],
      [0.9, tones.deep, 0],
      [1, tones.deep, 0.4],
    ]);
    const inner = `M${right - 6} ${bottom - thick * 0.62}Q600 ${bottom - thick * 0.5} ${left + 34} ${bottom - thick * 0.48}M${right - 8} ${bottom - thick * 0.3}Q600 ${bottom - thick * 0.26} ${left + 60} ${bottom - thick * 0.42}`;
    art +=
      fill(outline, body) +
      fill(outline, fillTexture) +
      fill(outline, side) +
      stroke(inner, tones.deep, 4, 0.32) +
      stroke(inner, tones.pale, 3, 0.3, 'transform="translate(0 4)"');
  }
  const top = ground - layers * thick;
  const face = curve([
    [600 - width + 30, top + 6],
    [600 - width + 110, top - 74, 1],
    [600, top - 82],
    [600 + width - 100, top - 76, 1],
    [600 + width - 20, top + 6],
    [600, top + 14],
  ]);
  art +=
    fill(
      face,
      ink.linear(300, top - 80, 900, top + 20, [
        [0, tones.pale],
        [0.6, tones.light],
        [1, tones.base],
      ]),
    ) + fill(face, fillTexture);
  return { art, top };
}

export function blanket(brief: Brief): Subject {
  const { ink, tones, rand } = brief;
  const trim = contrasting(tones);
  const width = rand.between(330, 360);
  const { art, top } = foldedStack(
    brief,
    4,
    width,
    rand.between(78, 92),
    rand.pick<Weave>(['twill', 'boucle', 'waffle', 'knit']),
  );
  const strap = rand.chance(0.5) ? leather : linen;
  const x = 600 + rand.between(-70, 90);
  const band = `M${x} ${top - 78}L${x - 8} ${top + 10}V${ground - 2}H${x + 92}V${top + 10}L${x + 84} ${top - 78}Z`;
  const label = fill(
    rounded(
      [
        [x + 18, top + 120],
        [x + 66, top + 120],
        [x + 66, top + 186],
        [x + 18, top + 186],
      ],
      4,
    ),
    strap === linen ? '#6f655a' : '#e9ddc8',
    0.8,
  );
  const blanketStitch = Array.from(
    { length: 22 },
    (_, index) => `M${600 - width + 44 + index * ((width * 2 - 90) / 22)} ${top - 6}v20`,
  ).join('');
  return {
    art:
      art +
      (rand.chance(0.6)
        ? stroke(blanketStitch, trim.base, 5) +
          stroke(
            `M${600 - width + 34} ${top + 8}Q600 ${top + 18} ${600 + width - 24} ${top + 8}`,
            trim.base,
            5,
          )
        : '') +
      fill(
        band,
        ink.linear(x, 0, x + 92, 0, [
          [0, strap.light],
          [0.6, strap.base],
          [1, strap.shade],
        ]),
      ) +
      label,
    stance: 'table',
    focus: [700, top + 110, 1.8],
    feet: [[600, ground, width * 0.98]],
  };
}

/** Hung over a rail: front panel, and the back one a little longer. */
export function throwBlanket(brief: Brief): Subject {
  const { ink, tones, rand, view } = brief;
  const trim = contrasting(tones);
  const w = rand.between(250, 290);
  const [top, hem] = [300, rand.between(860, 930)];
  const back = curve([
    [600 - w + 36, top, 1],
    [600 + w + 26, top, 1],
    [600 + w + 34, hem - 170, 1],
    [600, hem - 150],
    [600 - w + 30, hem - 160, 1],
  ]);
  const front = curve([
    [600 - w, top + 6],
    [600 - w * 0.5, top - 16],
    [600, top - 18],
    [600 + w * 0.6, top - 16],
    [600 + w, top + 6, 1],
    [600 + w + 8, 600],
    [600 + w + 14, hem, 1],
    [600 + w * 0.66, hem + 14],
    [600 + w * 0.3, hem - 8],
    [600 - w * 0.1, hem + 14],
    [600 - w * 0.5, hem - 6],
    [600 - w - 10, hem + 8, 1],
    [600 - w - 5, 600],
  ]);
  const motif = rand.whole(0, 3);
  const bands = rand.pick([
    [0.62, 0.7, 0.78],
    [0.1, 0.16, 0.84, 0.9],
    [0.3, 0.34, 0.38, 0.72],
  ]);
  const pattern =
    motif === 0
      ? bands
          .map((at, index) =>
            stroke(
              `M${600 - w - 20} ${top + (hem - top) * at}q${w} 22 ${w * 2 + 40} 0`,
              trim.base,
              14 + (index % 2) * 12,
              0.75,
            ),
          )
          .join('')
      : motif === 1
        ? fill(front, yarn(ink, trim.base, 'check', rand.between(110, 170)))
        : motif === 2
          ? fill(front, yarn(ink, trim.base, 'grid', rand.between(70, 110)))
          : fill(front, yarn(ink, trim.base, 'dash', 60));
  const folds = [-0.62, -0.2, 0.16, 0.62]
    .map((at) =>
      fold(
        tones,
        [600 + w * at * 0.9, top + 10],
        [600 + w * at + 10, 600],
        [600 + w * at * 1.06, hem - 4],
        30,
      ),
    )
    .join('');
  const fringe = (y: number, left: number, right: number, colour: string) =>
    stroke(
      Array.from(
        { length: 34 },
        (_, index) =>
          `M${n(left + ((right - left) * index) / 33)} ${y}q${rand.between(-6, 6).toFixed(1)} 26 ${rand.between(-4, 4).toFixed(1)} ${rand.between(46, 62).toFixed(1)}`,
      ).join(''),
      colour,
      6,
    );
  return {
    art:
      fringe(hem - 165, 600 - w + 36, 600 + w + 30, tones.dark) +
      fill(back, tones.dark) +
      fringe(hem - 4, 600 - w - 4, 600 + w + 10, tones.base) +
      railBehind(top) +
      puff(
        ink,
        front,
        tones,
        1,
        fill(
          front,
          weave(ink, tones, rand.pick<Weave>(['plain', 'twill', 'boucle']), view === 'detail' ? 8 : 10),
        ) +
          pattern +
          folds +
          fill(
            front,
            ink.linear(0, top - 20, 0, top + 90, [
              [0, tones.pale, 0.6],
              [0.4, tones.pale, 0.2],
              [1, tones.pale, 0],
            ]),
          ),
      ),
    stance: 'wall',
    focus: [700, hem - 160, 1.8],
    outline: box(600 - w, top, w * 2 + 20, hem - top, 20),
  };
}

function railBehind(y: number): string {
  return `<path d="M190 ${y}H1010" stroke="${oak.shade}" stroke-width="26" stroke-linecap="round"/><path d="M190 ${y - 4}H1010" stroke="${oak.light}" stroke-width="10" stroke-linecap="round"/>`;
}

export function towel(brief: Brief): Subject {
  const { ink, tones, rand, view } = brief;
  const w = rand.between(190, 225);
  const hem = rand.between(920, 980);
  const trim = contrasting(tones);
  const half: Point[] = [
    [600, 236],
    [620, 250],
    [648, 330],
    [600 + w * 0.62, 470],
    [600 + w * 0.9, 680],
    [600 + w, hem, 1],
    [600 + w * 0.62, hem + 20],
    [600 + w * 0.24, hem - 8],
    [600, hem + 12],
  ];
  const outline = curve(mirrored(half));
  const borders = rand
    .pick([[0.72, 0.78], [0.8], [0.64, 0.76, 0.88], [0.86, 0.9]])
    .map((at) => {
      const y = 240 + (hem - 240) * at;
      return stroke(
        `M340 ${y - 6}Q600 ${y + 26} 860 ${y - 6}`,
        rand.chance(0.5) ? trim.base : shifted(tones, -0.12).base,
        rand.between(16, 34),
        0.85,
      );
    })
    .join('');
  const folds = [-0.7, -0.36, 0, 0.34, 0.68]
    .map((at) => fold(tones, [600 + at * 30, 262], [600 + w * at * 0.5, 560], [600 + w * at, hem], 26, 1.1))
    .join('');
  const hook =
    stroke('M600 170v40a20 20 0 0 0 20 20', '#3d3a36', 12) +
    `<circle cx="600" cy="164" r="26" fill="${oak.base}"/><circle cx="594" cy="158" r="15" fill="${oak.pale}" opacity=".7"/>`;
  return {
    art:
      stroke('M600 246Q586 214 600 196Q614 214 606 246', tones.shade, 8) +
      puff(
        ink,
        outline,
        tones,
        1,
        fill(
          outline,
          weave(ink, tones, rand.pick<Weave>(['waffle', 'boucle', 'rib']), view === 'detail' ? 8 : 11),
        ) +
          borders +
          folds,
      ) +
      seam(`M${600 - w + 4} ${hem - 22}Q600 ${hem + 8} ${600 + w - 4} ${hem - 22}`, tones) +
      hook,
    stance: 'wall',
    focus: [640, hem - 190, 1.8],
    outline,
  };
}
