import { fold, puff, seam, stitches, type Weave, weave, yarn } from './cloth.ts';
import { brass, contrasting, iron, leather, linen, lit, shifted, steel, walnut } from './colour.ts';
import { fill, group, stroke } from './ink.ts';
import { box, curve, ellipse, type Point, rounded } from './paths.ts';
import { tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';

export function tote({ ink, tones, rand, view }: Brief): Subject {
  const w = rand.between(265, 310);
  const top = ground - rand.between(480, 540);
  const trim = contrasting(tones);
  const outline = curve([
    [600 - w, top + 6, 1],
    [600 - w * 0.4, top - 8],
    [600 + w * 0.4, top + 8],
    [600 + w, top, 1],
    [600 + w + 14, top + 260],
    [600 + w - 4, ground - 40],
    [600 + w - 40, ground, 1],
    [600, ground + 6],
    [600 - w + 40, ground, 1],
    [600 - w + 4, ground - 40],
    [600 - w - 14, top + 260],
  ]);
  const cloth = weave(ink, tones, rand.pick<Weave>(['plain', 'twill']), view === 'detail' ? 7 : 9);
  const strap = rand.pick([tones, leather, trim]);
  const [x1, x2] = [600 - w * 0.46, 600 + w * 0.46];
  const arch = rand.between(230, 300);
  const handle = (lift: number) =>
    curve(
      [
        [x1, top + 70],
        [x1 + 4, top - arch * 0.5 + lift],
        [600, top - arch + lift],
        [x2 - 4, top - arch * 0.5 + lift],
        [x2, top + 70],
      ],
      false,
    );
  const motif = rand.whole(0, 4);
  const pattern =
    motif === 0
      ? fill(`M200 ${ground - 170}H1000V${ground + 20}H200Z`, trim.base, 0.9)
      : motif === 1
        ? fill(outline, yarn(ink, trim.base, 'stripe', 100, 90), 0.8)
        : motif === 2
          ? fill(ellipse(600, top + 290, 110, 110), trim.base, 0.9) +
            fill(ellipse(640, top + 262, 88, 88), tones.base)
          : motif === 3
            ? fill(
                rounded(
                  [
                    [600 - 130, top + 200],
                    [600 + 130, top + 200],
                    [600 + 130, top + 400],
                    [600 - 130, top + 400],
                  ],
                  12,
                ),
                tones.light,
                0.35,
              ) +
              seam(
                rounded(
                  [
                    [470, top + 200],
                    [730, top + 200],
                    [730, top + 400],
                    [470, top + 400],
                  ],
                  12,
                ),
                tones,
                4,
              )
            : '';
  const folds =
    fold(tones, [x1 + 10, top + 80], [600 - w * 0.3, top + 300], [600 - w * 0.7, ground - 60], 34) +
    fold(tones, [x2 - 10, top + 80], [600 + w * 0.4, top + 260], [600 + w * 0.2, ground - 80], 30) +
    fold(tones, [600 - w + 20, ground - 50], [600, ground - 90], [600 + w - 40, ground - 40], 22, 0.7);
  const patch = (x: number) => {
    const p = box(x - 24, top + 30, 48, 62, 6);
    return fill(p, strap.base) + stitches(box(x - 18, top + 36, 36, 50, 3), strap, strap.lch.l < 0.6, 6);
  };
  return {
    art:
      group(stroke(handle(-26), lit(strap.lch, 0.34), 34), 'translate(10 0)') +
      fill(
        curve([
          [600 - w, top + 6, 1],
          [600, top - 34],
          [600 + w, top, 1],
          [600, top + 20],
        ]),
        lit(tones.lch, 0.22),
      ) +
      puff(ink, outline, tones, 1.1, fill(outline, cloth) + pattern + folds) +
      stitches(`M${600 - w + 4} ${top + 34}Q600 ${top + 30} ${600 + w - 4} ${top + 30}`, tones) +
      stroke(handle(0), lit(strap.lch, 0.4), 40) +
      stroke(handle(0), strap.base, 34) +
      stitches(handle(0), strap, false, 9) +
      patch(x1) +
      patch(x2),
    stance: 'table',
    focus: [700, top + 110, 1.8],
    feet: [[600, ground, w * 0.92]],
  };
}

export function backpack({ ink, tones, rand, view }: Brief): Subject {
  const w = rand.between(245, 275);
  const top = rand.between(250, 300);
  const second = rand.chance(0.5) ? shifted(tones, tones.lch.l > 0.5 ? -0.1 : 0.1) : tones;
  const hide = rand.pick([leather, walnut, iron]);
  const metal = rand.pick([brass, steel]);
  const form = rand.whole(0, 2);
  const cloth = weave(ink, tones, rand.pick<Weave>(['plain', 'twill']), view === 'detail' ? 7 : 9);
  const body = curve([
    [600, top],
    [600 + w * 0.7, top + 14],
    [600 + w, top + 150],
    [600 + w + 14, 640],
    [600 + w, ground - 60],
    [600 + w - 50, ground],
    [600, ground + 4],
    [600 - w + 50, ground],
    [600 - w, ground - 60],
    [600 - w - 14, 640],
    [600 - w, top + 150],
    [600 - w * 0.7, top + 14],
  ]);
  const pocketTop = rand.between(650, 690);
  const pocket = curve([
    [600 - w * 0.74, pocketTop, 1],
    [600, pocketTop - 8],
    [600 + w * 0.74, pocketTop, 1],
    [600 + w * 0.8, ground - 120],
    [600 + w * 0.72, ground - 44],
    [600, ground - 34],
    [600 - w * 0.72, ground - 44],
    [600 - w * 0.8, ground - 120],
  ]);
  const flap: Point[] = [
    [600, top - 8],
    [600 + w * 0.72, top + 8],
    [600 + w + 6, top + 130],
    [600 + w - 2, 560],
    [600 + w * 0.7, 612],
    [600, 624],
    [600 - w * 0.7, 612],
    [600 - w + 2, 560],
    [600 - w - 6, top + 130],
    [600 - w * 0.72, top + 8],
  ];
  const flapPath = curve(flap);
  const straps = [-1, 1]
    .map((side) =>
      tube(
        curve(
          [
            [600 + side * (w - 40), top + 120],
            [600 + side * (w + 70), top + 260],
            [600 + side * (w + 60), ground - 190],
            [600 + side * (w - 10), ground - 60],
          ],
          false,
        ),
        44,
        second,
        0,
      ),
    )
    .join('');
  const handle = tube(
    curve(
      [
        [540, top + 20],
        [548, top - 66],
        [652, top - 66],
        [660, top + 20],
      ],
      false,
    ),
    28,
    hide,
    0.3,
  );
  const buckle = (x: number) => {
    const p = rounded(
      [
        [x - 20, 470],
        [x + 20, 470],
        [x + 16, 690],
        [x, 706],
        [x - 16, 690],
      ],
      8,
    );
    return (
      fill(
        p,
        ink.linear(x - 20, 0, x + 20, 0, [
          [0, hide.light],
          [0.5, hide.base],
          [1, hide.dark],
        ]),
      ) +
      stitches(`M${x - 12} 480V680M${x + 12} 480V680`, hide, true, 6) +
      stroke(box(x - 26, 610, 52, 44, 8), metal.base, 9) +
      stroke(box(x - 27, 608, 52, 44, 8), metal.pale, 3)
    );
  };
  const front =
    form === 0
      ? group(fill(flapPath, tones.deep, 0.3), 'translate(4 16)') +
        puff(ink, flapPath, second, 1, fill(flapPath, cloth)) +
        stitches(
          curve(flap.map(([x, y]): Point => [600 + (x - 600) * 0.95, top + 280 + (y - top - 280) * 0.95])),
          second,
        ) +
        buckle(600 - w * 0.42) +
        buckle(600 + w * 0.42)
      : form === 1
        ? stroke(
            `M${600 - w + 6} 480C${600 - w + 20} ${top + 80} ${600 + w - 20} ${top + 80} ${600 + w - 6} 480`,
            lit(tones.lch, 0.2),
            16,
          ) +
          stroke(
            `M${600 - w + 6} 480C${600 - w + 20} ${top + 80} ${600 + w - 20} ${top + 80} ${600 + w - 6} 480`,
            metal.base,
            6,
            1,
            'stroke-dasharray="5 6"',
          ) +
          fill(box(568, 480, 64, 64, 8), hide.base) +
          stitches(box(574, 486, 52, 52, 5), hide, true, 6)
        : puff(
            ink,
            curve([
              [600 - w * 0.8, top + 60, 1],
              [600 - w * 0.7, top - 80],
              [600, top - 96],
              [600 + w * 0.7, top - 80],
              [600 + w * 0.8, top + 60, 1],
              [600, top + 84],
            ]),
            second,
            1,
            '',
          ) +
          stitches(`M${600 - w * 0.7} ${top - 30}Q600 ${top - 44} ${600 + w * 0.7} ${top - 30}`, second) +
          buckle(600);
  return {
    art:
      straps +
      (form === 2 ? '' : handle) +
      puff(
        ink,
        body,
        tones,
        1.5,
        fill(body, cloth) +
          fill(`M200 ${ground - 50}H1000V1000H200Z`, hide.base, form === 1 ? 0.9 : 0) +
          fold(tones, [600 - w + 30, 520], [600 - w + 60, 700], [600 - w + 30, 860], 22),
      ) +
      group(fill(pocket, tones.deep, 0.3), 'translate(4 8)') +
      puff(ink, pocket, second, 0.9, fill(pocket, cloth)) +
      seam(pocket, tones) +
      stitches(
        `M${600 - w * 0.7} ${pocketTop + 26}Q600 ${pocketTop + 18} ${600 + w * 0.7} ${pocketTop + 26}`,
        second,
      ) +
      front +
      fill(box(640, ground - 130, 60, 34, 4), linen.base, 0.9),
    stance: 'table',
    focus: [680, 600, 1.7],
    feet: [[600, ground, w]],
  };
}

export function sneaker({ ink, tones, rand, view }: Brief): Subject {
  const sole = rand.pick([linen, shifted(linen, -0.06, 2), iron]);
  const accent = rand.chance(0.6) ? contrasting(tones) : shifted(tones, tones.lch.l > 0.5 ? -0.15 : 0.15);
  const high = rand.chance(0.35) ? 120 : 0;
  const y = ground - 70;
  const upper: Point[] = [
    [250, y + 10, 1],
    [232, y - 120],
    [240, y - 250 - high, 1],
    [300, y - 272 - high],
    [392, y - 262 - high * 1.06, 1],
    [470, y - 236 - high * 0.3],
    [600, y - 176],
    [740, y - 130],
    [900, y - 104],
    [974, y - 40],
    [978, y + 10, 1],
  ];
  const path = curve(upper);
  const cloth = weave(ink, tones, rand.pick<Weave>(['plain', 'twill', 'waffle']), view === 'detail' ? 6 : 8);
  const solePath = curve([
    [222, y - 24, 1],
    [400, y + 2],
    [640, y + 10],
    [860, y - 6],
    [986, y - 44],
    [1006, y + 20],
    [980, y + 66],
    [600, y + 72],
    [250, y + 72],
    [216, y + 40],
  ]);
  const toe = curve([
    [790, y - 122, 1],
    [830, y - 70],
    [826, y + 20, 1],
    [990, y + 20, 1],
    [986, y - 50],
    [900, y - 106],
  ]);
  const heel = curve([
    [228, y - 190, 1],
    [300, y - 170],
    [340, y - 60],
    [334, y + 20, 1],
    [244, y + 20, 1],
    [234, y - 90],
  ]);
  const motif = rand.whole(0, 3);
  const flash =
    motif === 0
      ? stroke(`M430 ${y - 10}L520 ${y - 190}M500 ${y - 4}L590 ${y - 164}`, accent.base, 26)
      : motif === 1
        ? fill(
            curve([
              [350, y - 40],
              [500, y - 90],
              [720, y - 130, 1],
              [560, y - 30],
              [400, y - 2],
            ]),
            accent.base,
          )
        : motif === 2
          ? fill(ellipse(360, y - 190, 44, 44), accent.base) + fill(ellipse(360, y - 190, 28, 28), tones.base)
          : '';
  const tongue = curve([
    [330, y - 250 - high, 1],
    [350, y - 330 - high],
    [430, y - 340 - high],
    [500, y - 250 - high * 0.5],
    [700, y - 150, 1],
    [520, y - 180],
  ]);
  const laces = Array.from({ length: 6 }, (_, index) => {
    const t = index / 5;
    const [x, ly] = [432 + t * 262 - (high ? 30 * (1 - t) : 0), y - 250 - high * (0.86 - t * 0.8) + t * 104];
    return { x, y: ly };
  });
  const laceArt = laces
    .map(
      ({ x, y: ly }) =>
        tube(`M${x - 44} ${ly + 48}Q${x - 14} ${ly + 4} ${x + 26} ${ly - 14}`, 15, linen, 0.2) +
        fill(ellipse(x - 46, ly + 50, 8, 8), lit(tones.lch, 0.12)),
    )
    .join('');
  const bow = tube(
    curve(
      [
        [400, y - 250 - high],
        [350, y - 300 - high],
        [380, y - 330 - high],
        [420, y - 262 - high],
        [480, y - 320 - high],
        [500, y - 280 - high],
        [420, y - 256 - high],
      ],
      false,
    ),
    12,
    linen,
    0.2,
  );
  return {
    art:
      fill(
        curve([
          [246, y - 240 - high, 1],
          [300, y - 300 - high],
          [390, y - 290 - high],
          [400, y - 250 - high, 1],
          [320, y - 230 - high],
        ]),
        lit(tones.lch, 0.16),
      ) +
      puff(ink, tongue, accent, 0.5, fill(tongue, cloth)) +
      puff(
        ink,
        path,
        tones,
        1.2,
        fill(path, cloth) +
          flash +
          fold(tones, [560, y - 150], [620, y - 100], [700, y - 20], 26) +
          fold(tones, [620, y - 150], [690, y - 90], [770, y - 30], 20),
      ) +
      puff(ink, heel, accent, 0.6, '') +
      puff(ink, toe, motif === 3 ? linen : tones, 0.6, '') +
      seam(toe, tones) +
      stitches(
        curve(
          [
            [776, y - 118],
            [814, y - 66],
            [810, y - 6],
          ],
          false,
        ),
        tones,
      ) +
      seam(
        curve(
          [
            [262, y - 190],
            [312, y - 168],
            [352, y - 60],
            [346, y - 10],
          ],
          false,
        ),
        tones,
      ) +
      stitches(
        curve(
          [
            [398, y - 226 - high],
            [470, y - 190 - high * 0.3],
            [690, y - 96],
          ],
          false,
        ),
        tones,
      ) +
      laceArt +
      bow +
      fill(
        solePath,
        ink.linear(0, y - 40, 0, y + 72, [
          [0, sole.pale],
          [0.5, sole.base],
          [1, sole.dark],
        ]),
      ) +
      stroke(
        curve(
          [
            [226, y + 12],
            [600, y + 38],
            [1000, y - 6],
          ],
          false,
        ),
        sole.dark,
        4,
        0.4,
      ) +
      stroke(`M222 ${y + 58}Q600 ${y + 64} 984 ${y + 56}`, iron.base, 14, 0.5),
    stance: 'table',
    focus: [620, y - 150, 1.8],
    feet: [[612, ground, 370]],
  };
}
