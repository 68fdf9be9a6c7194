import type { Shape } from './model.ts';
import { blob, box, ellipse, line, lying, shape, turned } from './sheet.ts';
import { tone } from './tone.ts';

/** A notebook: with a band, with a label, or bound by a wire. */
export const notebook: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 250 * girth;
  const path = `M${500 - w} 220h${2 * w - 24}q24 0 24 24v530q0 24 -24 24h${-(2 * w - 24)}Z`;
  return [
    '<g transform="rotate(-7 500 510)">',
    lying(path),
    box(506 - w, 232, 2 * w + 6, 574, 18, '#efe9dc'),
    line(`M${510 - w} 796h${2 * w - 30}M${510 - w} 790h${2 * w - 30}`, '#c9c0ae', 2),
    shape(path, sheet.flat(main)),
    box(500 - w, 220, 40, 578, 0, tone(main, -0.14)),
    form % 3 === 0 ? line(`M${500 + w - 70} 222V796`, tone(accent, -0.1), 17) : '',
    form % 3 === 1
      ? box(500 - w * 0.42, 330, w, 140, 8, '#f3eee2') +
        line(`M${500 - w * 0.26} 380h${w * 0.68}M${500 - w * 0.26} 416h${w * 0.46}`, tone(accent, -0.2), 7)
      : '',
    form % 3 === 2
      ? Array.from(
          { length: 13 },
          (_, index) =>
            line(`M${488 - w} ${256 + index * 42}h40`, '#8b8f92', 9) +
            line(`M${488 - w} ${253 + index * 42}h40`, '#e2e5e6', 3),
        ).join('')
      : '',
    line('M600 798l0 62l-18 -18l-18 18l0 -62', tone(accent, 0), 3, form % 3 === 0 ? 1 : 0),
    '</g>',
  ].join('');
};

/** A pen, a fountain pen, or a few pencils. */
export const pen: Shape = (sheet, { main, accent, form }) => {
  const barrel = sheet.gradient('linear', 'x1="0" x2="0" y1="0" y2="1"', [
    [0, tone(main, 0.1)],
    [0.25, tone(main, 0.35)],
    [0.5, main],
    [1, tone(main, -0.35)],
  ]);
  const metal = sheet.gradient('linear', 'x1="0" x2="0" y1="0" y2="1"', [
    [0, tone(accent, 0.1)],
    [0.3, tone(accent, 0.5)],
    [1, tone(accent, -0.3)],
  ]);
  const pencil = (y: number, colour: string) =>
    [
      lying(`M170 ${y}h520v42H170Z`),
      box(170, y, 500, 14, 0, tone(colour, 0.18)),
      box(170, y + 14, 500, 14, 0, colour),
      box(170, y + 28, 500, 14, 0, tone(colour, -0.2)),
      shape(`M670 ${y}L768 ${y + 21}L670 ${y + 42}Z`, '#e4c79c'),
      shape(`M738 ${y + 14.5}L768 ${y + 21}L738 ${y + 27.5}Z`, '#3a3532'),
      box(150, y, 30, 42, 6, metal),
      box(118, y + 2, 36, 38, 8, '#d9968c'),
    ].join('');
  const body = 'M190 500Q180 530 190 560L690 566L690 494Z';
  return form % 3 === 2
    ? `<g transform="rotate(-32 480 520)">${pencil(400, main)}${pencil(500, tone(main, 0.35))}${pencil(600, accent)}</g>`
    : [
        '<g transform="rotate(-34 500 530)">',
        lying(body),
        lying('M690 500L800 524L800 536L690 560Z'),
        shape('M690 498L804 526L804 534L690 562Z', metal),
        form % 3 === 1
          ? shape('M700 506L830 530L700 554Z', metal) + line('M730 530h86', tone(accent, -0.5), 3)
          : '',
        shape(body, barrel),
        box(430, 492, 22, 76, 3, metal),
        line('M214 500L400 486', tone(accent, -0.1), 13),
        '</g>',
      ].join('');
};

/** A tray, a pot for pens, or a stand. */
export const organiser: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 260 * girth;
  if (form % 3 === 0) {
    const sticks = [
      [-60, -130, '#c6a15a'],
      [-16, -190, '#41566f'],
      [30, -150, '#b5553d'],
      [66, -110, '#6f7a52'],
    ] as const;
    return [
      sheet.shadow(510, 806, 240, 40),
      ...sticks.map(
        ([x, up, colour]) =>
          line(`M${500 + x * 0.7} 560L${500 + x * 1.3} ${500 + up}`, colour, 19) +
          line(`M${500 + x * 1.3} ${500 + up}L${500 + x * 1.32} ${500 + up - 16}`, '#3a3532', 10),
      ),
      shape(
        turned(
          500,
          [
            [140 * girth, 500],
            [140 * girth, 780],
            [134 * girth, 800],
          ],
          0.13,
        ),
        sheet.round(main),
      ),
      ellipse(500, 500, 140 * girth, 25, tone(main, 0.2)),
      ...sticks.map(([x, up, colour]) =>
        line(`M${500 + x * 0.8} 512L${500 + x * 1.1} ${500 + up * 0.5}`, colour, 19),
      ),
      line(`M${500 - 140 * girth} 660Q500 690 ${500 + 140 * girth} 660`, accent, 12, 0.8),
    ].join('');
  }
  if (form % 3 === 1) {
    const tray = `M${500 - w} 560L${500 + w} 560L${500 + w + 40} 780L${500 - w - 40} 780Z`;
    return [
      sheet.shadow(505, 806, w * 1.4, 42),
      shape(tray, sheet.flat(tone(main, -0.08))),
      box(500 - w - 40, 770, 2 * w + 80, 36, 8, sheet.flat(tone(main, -0.24))),
      shape(`M${520 - w} 576L${480 + w} 576L${508 + w} 762L${492 - w} 762Z`, tone(main, -0.3)),
      line(`M500 576L500 762M${500 - w * 0.5} 576L${500 - w * 0.55} 762`, tone(main, 0.14), 12),
      box(540, 640, 130, 70, 8, accent),
      line(`M${500 - w * 0.4} 620L${500 - w * 0.1} 720`, '#41566f', 17),
      ellipse(500 - w * 0.78, 680, 44, 30, sheet.ball('#c6a15a')),
    ].join('');
  }
  return [
    sheet.shadow(505, 810, w * 1.2, 40),
    box(500 - w, 420, 26, 390, 6, sheet.flat(tone(main, -0.1))),
    box(474 + w, 420, 26, 390, 6, sheet.flat(tone(main, -0.2))),
    ...[460, 590, 720].map(
      (y, index) =>
        box(500 - w, y, 2 * w, 26, 6, sheet.flat(tone(main, 0.08))) +
        box(
          520 - w + index * 40,
          y - 44,
          170,
          44,
          4,
          [accent, '#f2ece0', tone(accent, 0.4)][index] ?? accent,
        ) +
        box(560 + index * 16, y - 26, 120, 26, 4, '#e4dac6'),
    ),
  ].join('');
};

/** A soft animal: bear, hare, or cat. */
export const softToy: Shape = (sheet, { main, accent, form }) => {
  const fur = sheet.ball(main);
  const inner = tone(accent, 0.2);
  const ears = [
    ellipse(390, 262, 62, 60, fur) +
      ellipse(610, 262, 62, 60, fur) +
      ellipse(390, 268, 34, 32, inner) +
      ellipse(610, 268, 34, 32, inner),
    shape(
      blob([
        [430, 290],
        [388, 180],
        [400, 50],
        [452, 60],
        [470, 190],
      ]),
      fur,
    ) +
      shape(
        blob([
          [530, 190],
          [548, 60],
          [600, 50],
          [612, 180],
          [570, 290],
        ]),
        fur,
      ) +
      line('M428 110Q424 180 440 240M572 110Q576 180 560 240', inner, 24, 0.8),
    shape('M366 330L372 196L470 262Z', fur) +
      shape('M634 330L628 196L530 262Z', fur) +
      shape('M390 300L392 232L442 268Z', inner) +
      shape('M610 300L608 232L558 268Z', inner),
  ][form % 3];
  return [
    sheet.shadow(505, 812, 260, 44),
    ellipse(352, 610, 60, 104, fur),
    ellipse(648, 610, 60, 104, fur),
    shape(
      blob([
        [500, 470],
        [640, 560],
        [660, 720],
        [500, 800],
        [340, 720],
        [360, 560],
      ]),
      fur,
    ),
    ellipse(500, 670, 92, 100, tone(main, 0.3)),
    ellipse(394, 776, 82, 56, fur) + ellipse(606, 776, 82, 56, fur),
    ellipse(386, 782, 40, 30, inner) + ellipse(614, 782, 40, 30, inner),
    ears ?? '',
    ellipse(500, 370, 158, 142, fur),
    ellipse(500, 420, 76, 56, tone(main, 0.34)),
    ellipse(438, 362, 13, 15, '#2c2522') +
      ellipse(562, 362, 13, 15, '#2c2522') +
      ellipse(434, 357, 4, 4, '#ffffff') +
      ellipse(558, 357, 4, 4, '#ffffff'),
    ellipse(500, 398, 23, 16, '#4b3630'),
    line('M500 414L500 432Q478 452 458 440M500 432Q522 452 542 440', '#4b3630', 6),
    shape('M400 490Q500 552 600 490L604 522Q500 588 396 522Z', accent),
  ].join('');
};

/** Of wood: a rainbow, a train, or stacked rings. */
export const woodenToy: Shape = (sheet, { main, accent, form }) => {
  const paints = [main, accent, tone(main, 0.4), tone(accent, 0.36), '#e3c79d'];
  if (form % 3 === 0) {
    return (
      sheet.shadow(505, 806, 340, 40) +
      paints
        .map((colour, index) => {
          const outer = 310 - index * 56;
          return (
            shape(
              `M${500 - outer} 800A${outer} ${outer} 0 0 1 ${500 + outer} 800L${500 + outer - 48} 800A${outer - 48} ${outer - 48} 0 0 0 ${500 - outer + 48} 800Z`,
              sheet.flat(colour),
            ) +
            line(
              `M${500 - outer + 5} 800A${outer - 5} ${outer - 5} 0 0 1 ${500 + outer * 0.3} ${800 - outer * 0.94}`,
              '#ffffff',
              6,
              0.3,
            )
          );
        })
        .join('')
    );
  }
  if (form % 3 === 1) {
    const wheel = (x: number, r: number) =>
      ellipse(x, 800 - r, r, r, sheet.ball('#caa06c')) + ellipse(x, 800 - r, r * 0.34, r * 0.34, accent);
    return [
      sheet.shadow(500, 806, 400, 40),
      box(190, 690, 620, 48, 12, sheet.flat('#d9b98a')),
      box(560, 480, 210, 214, 18, sheet.flat(main)),
      box(600, 520, 130, 90, 12, tone(main, 0.6)),
      box(536, 446, 258, 44, 18, sheet.flat(accent)),
      box(230, 560, 340, 134, 66, sheet.flat(tone(main, 0.12))),
      shape('M280 566L268 470L360 470L348 566Z', sheet.round(accent)),
      ellipse(314, 470, 46, 13, tone(accent, 0.3)),
      ellipse(440, 560, 34, 34, sheet.ball('#d9b98a')),
      wheel(290, 62),
      wheel(440, 62),
      wheel(670, 84),
    ].join('');
  }
  return [
    sheet.shadow(505, 806, 260, 40),
    box(484, 280, 32, 500, 16, sheet.round('#d9b98a')),
    ...[
      [210, 740],
      [180, 656],
      [150, 576],
      [122, 500],
      [94, 428],
    ].map(([r = 100, y = 500], index) =>
      shape(
        `M${500 - r} ${y + 8}a42 42 0 0 1 42 -42h${2 * r - 84}a42 42 0 0 1 0 84h${-(2 * r - 84)}a42 42 0 0 1 -42 -42Z`,
        sheet.round(paints[index] ?? main),
      ),
    ),
    ellipse(500, 352, 56, 54, sheet.ball(accent)),
  ].join('');
};
