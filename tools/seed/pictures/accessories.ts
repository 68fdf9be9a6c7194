import { fold, puff, seam, stitches, type Weave, weave, yarn } from './cloth.ts';
import { contrasting, leather, lit, oak, shifted, steel, walnut } from './colour.ts';
import { fill, group, stroke } from './ink.ts';
import { box, curve, ellipse, flipped, n, type Point } from './paths.ts';
import { tube } from './solids.ts';
import { type Brief, ground, type Subject } from './subject.ts';

export function beanie({ ink, tones, rand, view }: Brief): Subject {
  const w = rand.between(285, 315);
  const top = rand.between(330, 400);
  const cuffHigh = rand.between(150, 210);
  const crown = curve([
    [600 - w + 10, ground - cuffHigh + 30, 1],
    [600 - w + 16, 600],
    [600 - w * 0.62, top + 70],
    [600, top],
    [600 + w * 0.62, top + 70],
    [600 + w - 16, 600],
    [600 + w - 10, ground - cuffHigh + 30, 1],
  ]);
  const cuff = curve([
    [600 - w - 4, ground - cuffHigh],
    [600, ground - cuffHigh + 36],
    [600 + w + 4, ground - cuffHigh],
    [600 + w + 12, ground - cuffHigh * 0.5],
    [600 + w - 2, ground - 26],
    [600, ground + 14],
    [600 - w + 2, ground - 26],
    [600 - w - 12, ground - cuffHigh * 0.5],
  ]);
  const size = view === 'detail' ? 8 : rand.pick([11, 14]);
  const knit = weave(ink, tones, rand.chance(0.6) ? 'knit' : 'rib', size);
  const rib = weave(ink, tones, 'rib', size * 1.1);
  const trim = contrasting(tones);
  const stripes = rand.chance(0.35)
    ? `<path d="M280 560Q600 610 920 560V620Q600 670 280 620Z" fill="${trim.base}" opacity=".85"/>`
    : '';
  const gathers = [-0.6, -0.25, 0.15, 0.5]
    .map((at) =>
      fold(
        tones,
        [600 + w * at * 0.15, top + 12],
        [600 + w * at * 0.8, top + 90],
        [600 + w * at, top + 260],
        18,
      ),
    )
    .join('');
  const pom = rand.chance(0.45)
    ? fill(ellipse(600, top - 34, 96, 92), tones.shade) +
      stroke(
        Array.from({ length: 60 }, (_, index) => {
          const a = index * 2.4;
          const far = 30 + (index % 7) * 11;
          return `M${n(600 + Math.cos(a) * far * 0.6)} ${n(top - 34 + Math.sin(a) * far * 0.6)}L${n(600 + Math.cos(a) * (far + 12))} ${n(top - 34 + Math.sin(a) * (far + 10))}`;
        }).join(''),
        tones.light,
        7,
        0.8,
      ) +
      fill(
        ellipse(575, top - 60, 60, 54),
        ink.radial(575, top - 60, 60, [
          [0, tones.pale, 0.6],
          [1, tones.pale, 0],
        ]),
      )
    : '';
  const label =
    fill(box(560, ground - cuffHigh * 0.62, 80, 54, 6), leather.base) +
    stitches(box(565, ground - cuffHigh * 0.62 + 5, 70, 44, 4), leather, true, 5);
  const light = ink.radial(480, 560, 380, [
    [0, tones.pale, 0.45],
    [0.6, tones.pale, 0],
    [1, tones.deep, 0.3],
  ]);
  return {
    art:
      pom +
      puff(ink, crown, tones, 1.4, fill(crown, knit) + stripes + gathers + fill(crown, light)) +
      group(fill(cuff, tones.deep, 0.3), 'translate(0 -14)') +
      puff(ink, cuff, tones, 1.2, fill(cuff, rib) + fill(cuff, light)) +
      (rand.chance(0.6) ? label : ''),
    stance: 'table',
    focus: [660, ground - cuffHigh - 40, 1.9],
    feet: [[600, ground - 4, w * 0.96]],
  };
}

export function scarf({ ink, tones, rand, view }: Brief): Subject {
  const trim = contrasting(tones);
  const w = rand.between(76, 92);
  const texture = rand.pick<Weave>(['knit', 'twill', 'rib', 'plain']);
  const cloth = weave(ink, tones, texture, view === 'detail' ? 8 : 11);
  const motif = rand.whole(0, 3);
  const pattern =
    motif === 0
      ? yarn(ink, trim.base, 'check', 84)
      : motif === 1
        ? yarn(ink, trim.base, 'stripe', 96)
        : motif === 2
          ? yarn(ink, trim.base, 'grid', 62)
          : undefined;
  const ends = rand.pick([
    [960, 900],
    [900, 980],
    [940, 840],
  ]);
  const strip = (x: number, end: number, lean: number): Point[] => [
    [x - w, 380, 1],
    [x + w, 380, 1],
    [x + w + lean * 0.5, 640],
    [x + w + lean, end, 1],
    [x - w + lean, end + 8, 1],
    [x - w + lean * 0.5, 640],
  ];
  const dress = (path: string) => fill(path, cloth) + (pattern ? fill(path, pattern, 0.85) : '');
  const fringe = (x: number, y: number) =>
    stroke(
      Array.from(
        { length: 12 },
        (_, index) =>
          `M${n(x - w + 8 + (index * (w * 2 - 16)) / 11)} ${y - 4}q${rand.whole(-6, 6)} 30 ${rand.whole(-5, 5)} ${rand.whole(58, 72)}`,
      ).join(''),
      tones.base,
      9,
    );
  const one = (points: Point[], x: number, end: number, lean: number) => {
    const path = curve(points);
    return (
      fringe(x + lean, end) +
      puff(
        ink,
        path,
        tones,
        0.9,
        dress(path) +
          fold(tones, [x - 20, 420], [x - 10 + lean * 0.5, 640], [x - 14 + lean, end - 20], 24) +
          fold(tones, [x + 34, 400], [x + 40 + lean * 0.5, 600], [x + 36 + lean, end - 120], 18),
      )
    );
  };
  const loop = curve([
    [600, 190],
    [770, 220],
    [850, 330],
    [812, 440],
    [690, 500],
    [600, 512],
    [510, 500],
    [388, 440],
    [350, 330],
    [430, 220],
  ]);
  const hole = curve([
    [600, 246],
    [700, 262],
    [756, 320],
    [716, 362],
    [600, 384],
    [484, 362],
    [444, 320],
    [500, 262],
  ]);
  const [end1 = 940, end2 = 860] = ends;
  const loopFolds =
    fold(tones, [400, 330], [450, 450], [600, 470], 26) +
    fold(tones, [800, 330], [750, 450], [610, 430], 26) +
    fold(tones, [440, 280], [600, 200], [760, 280], 18);
  return {
    art:
      one(strip(680, end2, 34), 680, end2, 34) +
      one(strip(540, end1, -26), 540, end1, -26) +
      puff(ink, loop, tones, 1.2, dress(loop) + loopFolds) +
      fill(hole, lit(tones.lch, 0.22)) +
      fill(hole, cloth, 0.5) +
      stroke(hole, tones.deep, 10, 0.2),
    stance: 'flat',
    focus: [590, 480, 1.8],
    outline: loop + curve(strip(680, end2, 34)) + curve(strip(540, end1, -26)),
  };
}

export function socks({ ink, tones, rand, view }: Brief): Subject {
  const trim = contrasting(tones);
  const w = rand.between(82, 96);
  const long = rand.between(0, 60);
  const top = 260 - long;
  const sock: Point[] = [
    [470 - w, top, 1],
    [470 + w, top, 1],
    [470 + w + 4, 560],
    [470 + w + 12, 720],
    [470 + w + 90, 800],
    [470 + w + 200, 860],
    [470 + w + 222, 940],
    [470 + w + 150, 990],
    [470 + w - 20, 976],
    [470 - w + 40, 930],
    [470 - w - 8, 820],
    [470 - w + 4, 560],
  ];
  const path = curve(sock);
  const knit = weave(ink, tones, 'knit', view === 'detail' ? 6 : 8);
  const rib = weave(ink, tones, 'rib', 8);
  const motif = rand.whole(0, 3);
  const accent = rand.chance(0.5) ? trim : shifted(tones, tones.lch.l > 0.5 ? -0.16 : 0.16);
  const pattern =
    motif === 0
      ? fill(path, yarn(ink, trim.base, 'stripe', rand.between(50, 80)))
      : motif === 1
        ? fill(path, yarn(ink, trim.base, 'dash', 50))
        : motif === 2
          ? stroke(`M340 ${top + 130}H620M340 ${top + 166}H620`, trim.base, 16)
          : '';
  const heel = fill(ellipse(410, 880, 110, 96), accent.base) + fill(ellipse(800, 930, 112, 110), accent.base);
  const band =
    fill(`M360 ${top - 10}H600V${top + 92}H360Z`, motif === 3 ? accent.base : tones.base) +
    fill(`M360 ${top - 10}H600V${top + 92}H360Z`, rib);
  const solo =
    puff(
      ink,
      path,
      tones,
      1,
      pattern +
        heel +
        fill(path, knit) +
        band +
        fold(tones, [430, 760], [520, 790], [590, 760], 22) +
        fold(tones, [420, 800], [520, 840], [620, 800], 18),
    ) + seam(`M${470 - w} ${top + 92}H${470 + w}`, tones);
  return {
    art:
      group(solo, 'translate(1080 36) scale(-1 1) rotate(-7 470 600) translate(-130 0)') +
      group(
        `<path d="${path}" fill="#1d1916" opacity=".1" transform="translate(14 20)"/><path d="${path}" fill="#1d1916" opacity=".1" transform="translate(8 10)"/>${solo}`,
        'translate(-20 10) rotate(4 470 600)',
      ),
    stance: 'flat',
    focus: [460, 420, 1.9],
    outline: `${curve(sock.map(([x, y, corner]): Point => (corner ? [x - 20, y + 10, 1] : [x - 20, y + 10])))}${curve(flipped(sock, 606).map(([x, y, corner]): Point => (corner ? [x + 70, y + 30, 1] : [x + 70, y + 30])))}`,
  };
}

export function umbrella({ ink, tones, rand }: Brief): Subject {
  const r = rand.between(400, 430);
  const top = rand.between(250, 300);
  const rim = top + r * rand.between(0.78, 0.9);
  const wood = rand.pick([walnut, oak, steel]);
  const trim = contrasting(tones);
  const panels = 6;
  const xs = Array.from({ length: panels + 1 }, (_, index) => 600 - r * Math.cos((Math.PI * index) / panels));
  const motif = rand.whole(0, 2);
  let canopy = '';
  for (let index = 0; index < panels; index++) {
    const [x1 = 0, x2 = 0] = [xs[index], xs[index + 1]];
    const bend = (x: number) => `${n(600 + (x - 600) * 0.92)} ${n(top + (rim - top) * 0.28)}`;
    const panel = `M600 ${top}Q${bend(x1)} ${n(x1)} ${rim}Q${n((x1 + x2) / 2)} ${rim - 58} ${n(x2)} ${rim}Q${bend(x2)} 600 ${top}Z`;
    const bright = [0.7, 0.84, 0.72, 0.6, 0.46, 0.34][index] ?? 0.5;
    const colour = motif === 1 && index % 2 ? trim : tones;
    canopy +=
      fill(
        panel,
        ink.linear(x1, top, x2, rim, [
          [0, lit(colour.lch, bright + 0.1)],
          [0.5, lit(colour.lch, bright)],
          [1, lit(colour.lch, bright - 0.14)],
        ]),
      ) + stroke(`M600 ${top}Q${bend(x2)} ${n(x2)} ${rim}`, tones.deep, 3, index < panels - 1 ? 0.35 : 0);
    if (motif === 2)
      canopy += stroke(
        `M${n(x1 + 6)} ${rim - 26}Q${n((x1 + x2) / 2)} ${rim - 84} ${n(x2 - 6)} ${rim - 26}`,
        trim.base,
        16,
        0.85,
      );
  }
  const under = `M${600 - r} ${rim}${xs
    .slice(0, -1)
    .map((x, index) => `Q${n((x + (xs[index + 1] ?? x)) / 2)} ${rim - 58} ${n(xs[index + 1] ?? x)} ${rim}`)
    .join('')}Q600 ${rim + 20} ${600 - r} ${rim}Z`;
  const hook = curve(
    [
      [600, 940],
      [600, 990],
      [570, 1036],
      [524, 1030],
      [510, 986],
    ],
    false,
  );
  const ribs = stroke(
    xs
      .slice(1, -1)
      .map((x) => `M600 ${rim + 90}L${n(x)} ${rim - 4}`)
      .join(''),
    '#8d8a86',
    4,
    0.8,
  );
  return {
    art:
      fill(under, lit(tones.lch, 0.2)) +
      ribs +
      tube(`M600 ${top - 54}V940`, 13, steel, 0.9) +
      tube(`M600 860V950`, 30, wood, 0.4) +
      tube(hook, 30, wood, 0.4) +
      canopy +
      tube(`M600 ${top - 50}V${top + 6}`, 15, wood, 0.6),
    stance: 'wall',
    focus: [560, top + 160, 1.7],
    outline: `M600 ${top}Q${600 - r * 0.92} ${top + (rim - top) * 0.28} ${600 - r} ${rim}H${600 + r}Q${600 + r * 0.92} ${top + (rim - top) * 0.28} 600 ${top}Z`,
  };
}
