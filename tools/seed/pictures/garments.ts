import { fold, puff, seam, stitches, type Weave, weave, yarn } from './cloth.ts';
import { brass, contrasting, linen, lit, shifted, type Tones, tonesOf } from './colour.ts';
import { fill, group, stroke } from './ink.ts';
import { box, curve, ellipse, flipped, mirrored, n, type Point, rounded } from './paths.ts';
import type { Brief, Subject } from './subject.ts';

const both = (points: readonly Point[], draw: (points: readonly Point[]) => string) =>
  draw(points) + draw(flipped(points));
const line = (points: readonly Point[]) => curve(points, false);

type Cut = { shoulder: number; chest: number; hem: number; sleeve: readonly Point[]; armpit: Point };

/** Body folds that every laid-out top has: from the armpits, and down the front. */
function drape(tones: Tones, { chest, hem, armpit }: Cut): string {
  return (
    both(
      [
        [armpit[0] - 6, armpit[1] + 10],
        [armpit[0] - 70, armpit[1] + 80],
        [600 + chest * 0.4, armpit[1] + 210],
      ],
      ([a = [0, 0], b = [0, 0], c = [0, 0]]) => fold(tones, a, b, c, 22),
    ) +
    fold(tones, [520, hem - 320], [505, hem - 160], [520, hem - 20], 30, 0.8) +
    fold(tones, [690, hem - 260], [706, hem - 130], [690, hem - 16], 26, 0.8) +
    fold(
      tones,
      [600 - chest * 0.8, hem - 240],
      [600 - chest * 0.7, hem - 110],
      [600 - chest * 0.82, hem - 10],
      20,
      0.7,
    )
  );
}

/** Front and sleeves as two outlines: the sleeves lie under the body's seam. */
function topCut({ rand }: Brief, long: boolean, loose = 0): Cut {
  const chest = rand.between(215, 240) + loose;
  const shoulder = 205 + loose * 0.7;
  const hem = rand.between(930, 970);
  const armpit: Point = [600 + chest, 480];
  const sleeve: Point[] = long
    ? [
        [600 + shoulder - 30, 282, 1],
        [600 + shoulder + 60, 350],
        [600 + shoulder + 130, 620],
        [600 + shoulder + 150, 880, 1],
        [600 + shoulder + 64, 896, 1],
        [600 + chest + 30, 640],
        [600 + chest - 6, 478, 1],
      ]
    : [
        [600 + shoulder - 30, 276, 1],
        [600 + shoulder + 50, 310],
        [600 + shoulder + 160, 500, 1],
        [600 + shoulder + 52, 556, 1],
        [600 + chest + 10, 470],
        [600 + chest - 14, 500, 1],
      ];
  return { chest, shoulder, hem, sleeve, armpit };
}

function bodyPath(cut: Cut, neck: number, drop: number, curveHem = 0): string {
  return curve(
    mirrored([
      [600, 262 + drop],
      [600 + neck * 0.7, 250 + drop * 0.66],
      [600 + neck, 236, 1],
      [600 + cut.shoulder * 0.7, 262],
      [600 + cut.shoulder, 292, 1],
      [600 + cut.chest - 14, 390],
      [600 + cut.chest, 486],
      [600 + cut.chest - 4, 700],
      [600 + cut.chest + 2, cut.hem - 8 - curveHem, 1],
      [600 + cut.chest * 0.6, cut.hem + 4],
      [600, cut.hem + 8],
    ]),
  );
}

/** The dark inside of the back, seen through the neck. */
function neckInside(tones: Tones, neck: number, drop: number): string {
  return (
    fill(
      curve(
        mirrored([
          [600, 224],
          [600 + neck * 0.8, 226],
          [600 + neck + 4, 238, 1],
          [600 + neck * 0.7, 262 + drop * 0.7],
          [600, 276 + drop],
        ]),
      ),
      lit(tones.lch, 0.2),
    ) + fill(box(578, 240, 44, 20, 3), '#f3eee4', 0.85)
  );
}

export function tShirt(brief: Brief): Subject {
  const { ink, tones, rand, view } = brief;
  const cut = topCut(brief, false, rand.between(0, 30));
  const [neck, drop] = [rand.between(84, 100), rand.between(44, 60)];
  const body = bodyPath(cut, neck, drop);
  const sleeves = curve(cut.sleeve) + curve(flipped(cut.sleeve));
  const trim = contrasting(tones);
  const motif = rand.whole(0, 4);
  const pattern =
    motif === 0
      ? fill(body, yarn(ink, trim.base, 'stripe', rand.between(44, 66)), 0.95)
      : motif === 1
        ? fill(box(650, 450, 92, 104, 10), trim.base, 0.16) + stitches(box(650, 450, 92, 104, 10), tones)
        : motif === 2
          ? fill(ellipse(600, 500, 70, 70), trim.base, 0.85) +
            fill(box(520, 505, 160, 80), tones.base) +
            stroke('M540 520H660M556 542H644M574 564H626', trim.base, 8, 0.85)
          : motif === 3
            ? fill(
                rounded(
                  [
                    [676, 430],
                    [700, 430],
                    [700, 454],
                    [676, 454],
                  ],
                  4,
                ),
                trim.base,
                0.9,
              )
            : '';
  const stripeSleeves = motif === 0 ? fill(sleeves, yarn(ink, trim.base, 'stripe', 50, 0), 0.95) : '';
  const jersey = weave(ink, tones, 'plain', view === 'detail' ? 5 : 7);
  const collar = (path: string) => stroke(path, tones.shade, 24) + stroke(path, tones.base, 19);
  const half: Point[] = [
    [600, 270 + drop],
    [600 + neck * 0.72, 256 + drop * 0.66],
    [600 + neck + 4, 236, 1],
  ];
  return {
    art:
      neckInside(tones, neck, drop) +
      puff(
        ink,
        sleeves,
        tones,
        0.8,
        fill(sleeves, jersey) +
          stripeSleeves +
          both(
            [
              [600 + cut.shoulder + 20, 330],
              [600 + cut.shoulder + 50, 400],
              [600 + cut.shoulder + 70, 500],
            ],
            ([a = [0, 0], b = [0, 0], c = [0, 0]]) => fold(tones, a, b, c, 18),
          ),
      ) +
      puff(ink, body, tones, 0.9, fill(body, jersey) + pattern + drape(tones, cut)) +
      both(half, (points) => collar(line(points))) +
      both(
        [
          [600 + cut.shoulder, 292],
          [600 + cut.chest - 16, 390],
          [600 + cut.chest - 2, 486],
        ],
        (points) => seam(line(points), tones),
      ) +
      stitches(
        `M${600 - cut.chest + 6} ${cut.hem - 24}Q600 ${cut.hem - 8} ${600 + cut.chest - 6} ${cut.hem - 24}`,
        tones,
      ) +
      both(
        [
          [600 + cut.shoulder + 150, 484],
          [600 + cut.shoulder + 50, 536],
        ],
        (points) => stitches(line(points), tones),
      ),
    stance: 'flat',
    focus: [640, 400, 1.9],
    outline: body + sleeves,
  };
}

export function shirt(brief: Brief): Subject {
  const { ink, tones, rand, view } = brief;
  const cut = topCut(brief, true, rand.between(-4, 16));
  const body = bodyPath(cut, 92, 34, 46);
  const sleeves = curve(cut.sleeve) + curve(flipped(cut.sleeve));
  const trim = contrasting(tones);
  const motif = rand.whole(0, 4);
  const pattern =
    motif === 0
      ? yarn(ink, trim.base, 'pinstripe', rand.between(26, 40), 90)
      : motif === 1
        ? yarn(ink, trim.base, 'check', rand.between(54, 90))
        : motif === 2
          ? yarn(ink, trim.base, 'grid', rand.between(46, 70))
          : undefined;
  const cloth = weave(ink, tones, rand.pick<Weave>(['plain', 'twill']), view === 'detail' ? 5 : 7);
  const dressed = (path: string) => fill(path, cloth) + (pattern ? fill(path, pattern, 0.8) : '');
  const collar: Point[] = [
    [600, 296, 1],
    [640, 226],
    [676, 200, 1],
    [704, 250],
    [690, 352, 1],
    [640, 330],
  ];
  const stand = curve(
    mirrored([
      [600, 208],
      [650, 206],
      [680, 226, 1],
      [640, 280],
      [600, 306],
    ]),
  );
  const collarPath = curve(collar) + curve(flipped(collar));
  const buttons = Array.from({ length: 6 }, (_, index) => ellipse(606, 352 + index * 98, 9, 9)).join('');
  const pocket = rounded(
    [
      [660, 470],
      [762, 470],
      [762, 580],
      [711, 604],
      [660, 580],
    ],
    8,
  );
  return {
    art:
      fill(stand, lit(tones.lch, 0.24)) +
      fill(box(574, 226, 50, 20, 3), '#f3eee4', 0.8) +
      puff(
        ink,
        sleeves,
        tones,
        0.8,
        dressed(sleeves) +
          both(
            [
              [600 + cut.shoulder + 40, 400],
              [600 + cut.shoulder + 60, 560],
              [600 + cut.shoulder + 90, 800],
            ],
            ([a = [0, 0], b = [0, 0], c = [0, 0]]) => fold(tones, a, b, c, 22),
          ),
      ) +
      both(
        [
          [600 + cut.shoulder + 146, 816],
          [600 + cut.shoulder + 52, 832],
        ],
        (points) => seam(line(points), tones),
      ) +
      puff(ink, body, tones, 0.9, dressed(body) + drape(tones, cut)) +
      fill(`M578 300H632V${cut.hem + 8}H578Z`, tones.light, 0.28) +
      seam(`M632 300V${cut.hem + 4}`, tones) +
      stitches(`M580 320V${cut.hem}M624 320V${cut.hem}`, tones, false, 6) +
      (rand.chance(0.6) ? fill(pocket, tones.light, 0.2) + seam(pocket, tones) : '') +
      puff(ink, collarPath, tones, 0.4, dressed(collarPath)) +
      stroke(collarPath, tones.deep, 3, 0.35) +
      group(fill(buttons, tones.deep, 0.5), 'translate(2 3)') +
      fill(buttons, rand.pick(['#f1ebdf', '#6a5140', '#3a3836'])) +
      both(
        [
          [600 + cut.shoulder, 292],
          [600 + cut.chest - 16, 390],
          [600 + cut.chest - 2, 486],
        ],
        (points) => seam(line(points), tones),
      ),
    stance: 'flat',
    focus: [630, 400, 1.9],
    outline: body + sleeves,
  };
}

export function knitwear(brief: Brief): Subject {
  const { ink, tones, rand, view } = brief;
  const cut = topCut(brief, true, rand.between(14, 34));
  const roll = rand.chance(0.3);
  const [neck, drop] = [rand.between(88, 104), roll ? 20 : 44];
  const body = bodyPath(cut, neck, drop);
  const sleeves = curve(cut.sleeve) + curve(flipped(cut.sleeve));
  const trim = contrasting(tones);
  const knit = weave(ink, tones, 'knit', view === 'detail' ? 8 : rand.pick([10, 13]));
  const rib = weave(ink, tones, 'rib', 8);
  const motif = rand.whole(0, 3);
  const cables = (x: number) => {
    const half = (side: number) =>
      Array.from(
        { length: 9 },
        (_, index) =>
          `${index ? 'S' : `M${x} 330C`}${index ? '' : `${x + side * 40} 350 `}${x + (index % 2 ? side : -side) * 40} ${380 + index * 70} ${x} ${400 + index * 70}`,
      ).join('');
    return (
      stroke(half(1), tones.deep, 24, 0.22) +
      stroke(half(1), tones.light, 14, 0.75) +
      stroke(half(-1), tones.deep, 24, 0.22) +
      stroke(half(-1), tones.light, 14, 0.75)
    );
  };
  const pattern =
    motif === 0
      ? cables(500) + cables(700)
      : motif === 1
        ? fill(body, yarn(ink, trim.base, 'stripe', rand.between(100, 150)), 0.9)
        : motif === 2
          ? `<path d="M300 400H900V${rand.whole(470, 520)}H300Z" fill="${trim.base}" opacity=".9"/><path d="M300 540H900V560H300Z" fill="${trim.base}" opacity=".9"/>`
          : '';
  const hemRib = `M300 ${cut.hem - 66}H900V${cut.hem + 30}H300Z`;
  const cuffs: Point[] = [
    [600 + cut.shoulder + 150, 830, 1],
    [600 + cut.shoulder + 152, 884, 1],
    [600 + cut.shoulder + 62, 900, 1],
    [600 + cut.shoulder + 54, 844, 1],
  ];
  const neckHalf: Point[] = [
    [600, 272 + drop],
    [600 + neck * 0.72, 256 + drop * 0.66],
    [600 + neck + 2, 234, 1],
  ];
  const collar = roll
    ? puff(
        ink,
        curve(
          mirrored([
            [600, 168],
            [600 + neck, 172, 1],
            [600 + neck + 14, 250],
            [600 + neck - 10, 290],
            [600, 306],
          ]),
        ),
        tones,
        0.6,
        `<path d="M480 150H720V320H480Z" fill="${rib}"/>`,
      )
    : both(
        neckHalf,
        (points) =>
          stroke(line(points), tones.shade, 36) +
          stroke(line(points), tones.base, 30) +
          stroke(line(points), rib, 30),
      );
  return {
    art:
      (roll ? '' : neckInside(tones, neck, drop)) +
      puff(
        ink,
        sleeves,
        tones,
        1,
        fill(sleeves, knit) +
          both(cuffs, (points) => fill(curve(points), tones.base) + fill(curve(points), rib)) +
          both(
            [
              [600 + cut.shoulder + 40, 400],
              [600 + cut.shoulder + 60, 560],
              [600 + cut.shoulder + 90, 780],
            ],
            ([a = [0, 0], b = [0, 0], c = [0, 0]]) => fold(tones, a, b, c, 26),
          ),
      ) +
      puff(
        ink,
        body,
        tones,
        1.1,
        fill(body, knit) + pattern + drape(tones, cut) + fill(hemRib, tones.base) + fill(hemRib, rib),
      ) +
      seam(
        `M${600 - cut.chest} ${cut.hem - 66}Q600 ${cut.hem - 54} ${600 + cut.chest} ${cut.hem - 66}`,
        tones,
      ) +
      both(
        [
          [600 + cut.shoulder, 292],
          [600 + cut.chest - 16, 390],
          [600 + cut.chest - 2, 486],
        ],
        (points) => seam(line(points), tones, 4),
      ) +
      collar,
    stance: 'flat',
    focus: [640, 420, 1.9],
    outline: body + sleeves,
  };
}

export function jacket(brief: Brief): Subject {
  const { ink, tones, rand, view } = brief;
  const cut = topCut(brief, true, rand.between(18, 34));
  const body = bodyPath(cut, 96, 30);
  const sleeves = curve(cut.sleeve) + curve(flipped(cut.sleeve));
  const cloth = weave(ink, tones, rand.pick<Weave>(['twill', 'plain', 'boucle']), view === 'detail' ? 6 : 8);
  const zip = rand.chance(0.5);
  const lining = rand.pick([linen, shifted(tones, -0.15), tonesOf({ l: 0.6, c: 0.06, h: 60 })]);
  const stand = curve(
    mirrored([
      [600, 204],
      [660, 204],
      [694, 232, 1],
      [640, 300],
      [600, 350],
    ]),
  );
  const collar: Point[] = [
    [612, 330, 1],
    [640, 236],
    [668, 196, 1],
    [716, 244],
    [728, 336],
    [690, 380, 1],
  ];
  const collarPath = curve(collar) + curve(flipped(collar));
  const quilt = rand.chance(0.35)
    ? stroke(
        Array.from(
          { length: 9 },
          (_, index) => `M340 ${400 + index * 62}Q600 ${424 + index * 62} 860 ${400 + index * 62}`,
        ).join(''),
        tones.deep,
        4,
        0.3,
      ) +
      stroke(
        Array.from(
          { length: 9 },
          (_, index) => `M340 ${412 + index * 62}Q600 ${436 + index * 62} 860 ${412 + index * 62}`,
        ).join(''),
        tones.pale,
        12,
        0.26,
      )
    : '';
  const pockets = rand.pick([
    [
      rounded(
        [
          [670, 690],
          [800, 690],
          [800, 840],
          [670, 840],
        ],
        14,
      ),
      rounded(
        [
          [664, 470],
          [780, 470],
          [780, 570],
          [664, 570],
        ],
        10,
      ),
    ],
    [
      rounded(
        [
          [668, 680],
          [802, 680],
          [802, 730],
          [668, 730],
        ],
        10,
      ),
    ],
  ]);
  const pocketArt = pockets
    .map(
      (path) =>
        fill(path, tones.light, 0.16) +
        seam(path, tones, 4) +
        group(fill(path, tones.light, 0.16) + seam(path, tones, 4), 'matrix(-1 0 0 1 1200 0)'),
    )
    .join('');
  const metal = rand.chance(0.5) ? brass : linen;
  const closing = zip
    ? stroke(`M600 320V${cut.hem}`, lit(tones.lch, 0.15), 14) +
      stroke(`M600 330V${cut.hem}`, metal.base, 8, 1, 'stroke-dasharray="5 5" style="stroke-linecap:butt"') +
      fill(
        rounded(
          [
            [592, 350],
            [608, 350],
            [612, 400],
            [588, 400],
          ],
          5,
        ),
        metal.light,
      )
    : seam(`M622 340V${cut.hem + 4}`, tones, 4) +
      stitches(`M576 350V${cut.hem}`, tones) +
      Array.from(
        { length: 5 },
        (_, index) =>
          fill(ellipse(602, 402 + index * 114, 14, 14), tones.deep, 0.5) +
          fill(ellipse(600, 399 + index * 114, 14, 14), metal.base) +
          fill(ellipse(597, 396 + index * 114, 6, 6), metal.pale),
      ).join('');
  return {
    art:
      fill(stand, lining.shade) +
      fill(box(574, 226, 52, 22, 3), '#f3eee4', 0.9) +
      puff(
        ink,
        sleeves,
        tones,
        1,
        fill(sleeves, cloth) +
          both(
            [
              [600 + cut.shoulder + 40, 400],
              [600 + cut.shoulder + 60, 560],
              [600 + cut.shoulder + 90, 800],
            ],
            ([a = [0, 0], b = [0, 0], c = [0, 0]]) => fold(tones, a, b, c, 28),
          ),
      ) +
      both(
        [
          [600 + cut.shoulder + 146, 822],
          [600 + cut.shoulder + 52, 838],
        ],
        (points) => seam(line(points), tones, 4),
      ) +
      puff(ink, body, tones, 1.2, fill(body, cloth) + quilt + drape(tones, cut)) +
      closing +
      pocketArt +
      puff(ink, collarPath, tones, 0.5, fill(collarPath, cloth)) +
      stroke(collarPath, tones.deep, 3, 0.4) +
      seam(
        `M${600 - cut.chest} ${cut.hem - 40}Q600 ${cut.hem - 26} ${600 + cut.chest} ${cut.hem - 40}`,
        tones,
      ) +
      both(
        [
          [600 + cut.shoulder, 292],
          [600 + cut.chest - 16, 390],
          [600 + cut.chest - 2, 486],
        ],
        (points) => seam(line(points), tones, 4),
      ),
    stance: 'flat',
    focus: [640, 420, 1.9],
    outline: body + sleeves,
  };
}

export function trousers({ ink, tones, rand, view }: Brief): Subject {
  const waist = rand.between(150, 168);
  const wide = rand.between(0, 70);
  const hem = rand.between(1020, 1060);
  const outline = curve([
    [600 - waist, 190, 1],
    [600 + waist, 190, 1],
    [600 + waist + 34, 360],
    [600 + waist + 44 + wide * 0.4, 600],
    [600 + 180 + wide, hem, 1],
    [600 + 52, hem + 8, 1],
    [600 + 30, 760],
    [600, 468, 1],
    [600 - 30, 760],
    [600 - 52, hem + 8, 1],
    [600 - 180 - wide, hem, 1],
    [600 - waist - 44 - wide * 0.4, 600],
    [600 - waist - 34, 360],
  ]);
  const cloth = weave(ink, tones, rand.pick<Weave>(['twill', 'plain', 'rib']), view === 'detail' ? 6 : 8);
  const drawn = rand.chance(0.4);
  const band = `M${600 - waist - 2} 190H${600 + waist + 2}L${600 + waist + 8} 240H${600 - waist - 8}Z`;
  const crease = [-1, 1]
    .map((side) =>
      fold(
        tones,
        [600 + side * 96, 330],
        [600 + side * 112, 640],
        [600 + side * (116 + wide * 0.5), hem - 6],
        15,
        1.2,
      ),
    )
    .join('');
  const legs = [-1, 1]
    .map(
      (side) =>
        fold(tones, [600 + side * 20, 480], [600 + side * 90, 560], [600 + side * (waist + 10), 600], 24) +
        fold(tones, [600 + side * 60, 830], [600 + side * 110, 860], [600 + side * 170, 840], 18) +
        fold(tones, [600, 470], [600 + side * 70, 430], [600 + side * 140, 430], 18),
    )
    .join('');
  const loops = [-0.78, -0.36, 0.36, 0.78]
    .map(
      (at) =>
        fill(box(600 + waist * at - 8, 184, 16, 66, 5), tones.light) +
        seam(box(600 + waist * at - 8, 184, 16, 66, 5), tones, 2),
    )
    .join('');
  const cords = stroke(
    'M588 236C570 300 560 340 566 392M612 236C636 290 640 330 630 376',
    lit(linen.lch, 0.6),
    8,
  );
  const pockets = [-1, 1]
    .map((side) =>
      seam(
        `M${600 + side * (waist * 0.5)} 244Q${600 + side * (waist * 0.62)} 330 ${600 + side * (waist + 24)} 356`,
        tones,
        4,
      ),
    )
    .join('');
  return {
    art:
      puff(
        ink,
        outline,
        tones,
        1,
        fill(outline, cloth) +
          crease +
          legs +
          fill(band, tones.light, 0.3) +
          fill(`M600 470L570 ${n(hem)}H630Z`, tones.deep, 0.2),
      ) +
      seam(`M${600 - waist - 8} 240Q600 252 ${600 + waist + 8} 240`, tones, 4) +
      seam('M600 244V468', tones, 3) +
      pockets +
      (drawn
        ? cords
        : `${loops}${seam('M626 250Q634 380 602 420', tones)}${fill(ellipse(600, 216, 13, 13), rand.pick([brass, linen]).base)}`) +
      stitches(
        `M${600 - 176 - wide} ${hem - 26}L${600 - 52} ${hem - 20}M${600 + 176 + wide} ${hem - 26}L${600 + 52} ${hem - 20}`,
        tones,
      ),
    stance: 'flat',
    focus: [660, 330, 1.9],
    outline,
  };
}
