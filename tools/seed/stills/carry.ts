import type { Shape } from './model.ts';
import { box, ellipse, line, lying, shape, turned } from './sheet.ts';
import { tone } from './tone.ts';

/** A rucksack: zipped, with a flap, or rolled at the top. */
export const backpack: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 200 * girth;
  const body = `M${500 - w} 420Q${500 - w} 240 500 232Q${500 + w} 240 ${500 + w} 420L${500 + w + 14} 750Q${500 + w + 10} 804 ${500 + w - 40} 806L${500 - w + 40} 806Q${500 - w - 10} 804 ${500 - w - 14} 750Z`;
  const top = [
    line(
      `M${500 - w + 14} 440Q${500 - w + 20} 276 500 268Q${500 + w - 20} 276 ${500 + w - 14} 440`,
      tone(main, -0.4),
      7,
      0.6,
    ),
    shape(
      `M${500 - w - 6} 250Q500 190 ${500 + w + 6} 250L${500 + w + 10} 470Q500 530 ${500 - w - 10} 470Z`,
      sheet.round(tone(main, 0.05)),
    ) +
      box(430, 440, 28, 130, 6, accent) +
      box(542, 440, 28, 130, 6, accent) +
      box(424, 520, 40, 30, 6, tone(accent, 0.35)) +
      box(536, 520, 40, 30, 6, tone(accent, 0.35)),
    box(500 - w * 0.92, 236, w * 1.84, 92, 22, sheet.round(tone(main, -0.06))) +
      line(`M${500 - w * 0.86} 286h${w * 1.72}`, tone(main, -0.4), 5, 0.5) +
      box(484, 230, 32, 210, 6, accent),
  ][form % 3];
  return [
    sheet.shadow(508, 808, w * 1.5, 44),
    line('M440 250Q440 168 500 166Q560 168 560 250', tone(accent, -0.1), 22),
    line(
      `M${500 - w + 10} 400Q${500 - w - 76} 560 ${500 - w - 2} 740M${500 + w - 10} 400Q${500 + w + 76} 560 ${500 + w + 2} 740`,
      tone(accent, -0.14),
      26,
    ),
    shape(body, sheet.round(main)),
    box(500 - w * 0.74, 570, w * 1.48, 190, 30, sheet.round(tone(main, 0.04))),
    line(`M${500 - w * 0.66} 606h${w * 1.32}`, tone(main, -0.42), 8, 0.6),
    ellipse(500 + w * 0.5, 620, 7, 16, tone(accent, 0.3)),
    top ?? '',
    box(462, 664, 76, 46, 6, tone(accent, 0.12)),
  ].join('');
};

/** A tote of canvas; a net for form 2. */
export const tote: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 210 * girth;
  const body = `M${500 - w} 410L${500 + w} 410L${500 + w + 24} 800L${500 - w - 24} 800Z`;
  const net = Array.from(
    { length: 9 },
    (_, index) =>
      line(`M${500 - w + index * (w / 4)} 414l${(index - 4) * 5} 380`, tone(main, -0.35), 4, 0.4) +
      line(`M${500 - w - index} ${440 + index * 40}h${2 * w + index * 2}`, tone(main, -0.35), 4, 0.4),
  );
  return [
    sheet.shadow(508, 804, w * 1.4, 40),
    line('M410 420C410 190 590 190 590 420', tone(accent, -0.3), 26),
    shape(body, sheet.flat(main)),
    form % 3 === 2 ? net.join('') : '',
    form % 3 === 1
      ? shape(
          `M${500 - w - 14} 640L${500 + w + 14} 640L${500 + w + 24} 800L${500 - w - 24} 800Z`,
          sheet.flat(accent),
        )
      : '',
    line(`M${500 - w} 424L${500 + w} 424`, tone(main, -0.3), 6, 0.6),
    line('M384 620L384 430C384 160 616 160 616 430L616 620', accent, 28),
    form % 3 === 0
      ? box(448, 560, 104, 66, 6, tone(accent, 0.1)) + line('M470 593h60', tone(accent, 0.6), 6)
      : '',
    line(`M${500 - w * 0.4} 500Q${500 - w * 0.5} 640 ${500 - w * 0.4} 780`, tone(main, -0.4), 8, 0.14),
  ].join('');
};

/** A wallet, a pouch, or a key fob. */
export const wallet: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 250 * girth;
  if (form % 3 === 1) {
    const pouch = `M${500 - w} 380Q500 350 ${500 + w} 380L${500 + w - 6} 690Q500 730 ${500 - w + 6} 690Z`;
    return (
      lying(pouch) +
      shape(pouch, sheet.flat(main)) +
      line(`M${500 - w + 12} 396Q500 368 ${500 + w - 12} 396`, tone(main, -0.45), 15, 0.8) +
      line(`M${500 - w + 12} 396Q500 368 ${500 + w - 12} 396`, tone(accent, 0.25), 5) +
      line(`M${500 + w - 20} 396l52 70`, tone(accent, -0.05), 18) +
      line(`M${500 - w * 0.8} 640Q500 676 ${500 + w * 0.8} 640`, tone(main, -0.35), 4, 0.5)
    );
  }
  const flap = form % 3 === 2 ? 470 : 560;
  const path = `M${520 - w} 370h${2 * w - 40}q20 0 20 20v290q0 20 -20 20h${-(2 * w - 40)}q-20 0 -20 -20v-290q0 -20 20 -20Z`;
  return [
    `<g transform="rotate(-8 500 540)">`,
    lying(path),
    form % 3 === 0
      ? box(500 - w + 40, 320, 2 * w - 90, 120, 12, tone(accent, 0.2)) +
        box(500 - w + 60, 342, 2 * w - 130, 120, 12, tone(accent, -0.1))
      : '',
    shape(path, sheet.flat(main)),
    shape(
      `M${500 - w} ${flap - 180}H${500 + w}V${flap}Q500 ${flap + 60} ${500 - w} ${flap}Z`,
      sheet.flat(tone(main, 0.07)),
      form % 3 === 2 ? '' : 'opacity="0"',
    ),
    line(`M${516 - w} 386h${2 * w - 32}v298h${-(2 * w - 32)}Z`, tone(main, 0.4), 4, 0.5),
    form % 3 === 2
      ? ellipse(500, flap + 10, 17, 17, sheet.ball(accent))
      : box(470, 600, 60, 34, 5, tone(main, -0.16)),
    '</g>',
  ].join('');
};

/** A bottle for water or for tea. */
export const bottle: Shape = (sheet, { main, accent, form, girth }) => {
  const r = 105 * girth;
  const kinds = [
    [
      [r * 0.62, 300],
      [r * 0.66, 350],
      [r, 430],
      [r, 770],
      [r * 0.92, 800],
    ],
    [
      [r, 330],
      [r * 1.04, 380],
      [r * 1.04, 770],
      [r, 800],
    ],
    [
      [r * 0.4, 300],
      [r * 0.44, 400],
      [r * 0.98, 520],
      [r, 770],
      [r * 0.9, 800],
    ],
  ] as const;
  const profile = kinds[form % 3] ?? kinds[0];
  const [neck, y] = profile[0];
  return [
    sheet.shadow(512, 806, r * 1.9, 36),
    shape(turned(500, profile, 0.14), sheet.round(main)),
    shape(
      turned(
        500,
        [
          [r * 1.01, 690],
          [r * 1.01, 772],
          [r * 0.94, 800],
        ],
        0.14,
      ),
      sheet.round(accent),
      form % 3 === 1 ? '' : 'opacity="0"',
    ),
    shape(
      turned(
        500,
        [
          [neck * 1.06, y - 76],
          [neck * 1.1, y - 6],
          [neck * 1.06, y + 12],
        ],
        0.16,
      ),
      sheet.round(accent),
    ),
    ellipse(500, y - 76, neck * 1.06, neck * 0.2, tone(accent, 0.26)),
    form % 3 === 0
      ? line(
          `M${500 - neck * 0.7} ${y - 80}C${500 - neck} ${y - 170} ${500 + neck} ${y - 170} ${500 + neck * 0.7} ${y - 80}`,
          accent,
          18,
        )
      : '',
    box(484, 560, 32, 84, 16, tone(main, 0.5)),
    line(`M${500 - r * 0.66} 470L${500 - r * 0.66} 740`, '#ffffff', 13, 0.3),
  ].join('');
};

/** A tent with its door open, or a tarp over a line. */
export const tent: Shape = (sheet, { main, accent, form }) => {
  const left = sheet.flat(main);
  return [
    sheet.shadow(500, 808, 440, 50),
    line('M150 800L70 836M850 800L930 836', '#8d8271', 6),
    form % 2 === 0
      ? shape('M500 300L160 806L500 806Z', left) +
        shape('M500 300L840 806L500 806Z', sheet.flat(tone(main, -0.16))) +
        shape('M500 360L388 806L612 806Z', '#3a3029') +
        shape('M500 360L388 806L436 806Q480 600 500 360Z', tone(accent, 0.05)) +
        shape('M500 360L612 806L570 806Q524 600 500 360Z', tone(accent, -0.14))
      : shape('M140 806Q180 360 500 340Q820 360 860 806Z', sheet.round(main)) +
        line('M500 340Q400 560 410 806M500 340Q660 520 690 806', tone(main, -0.4), 7, 0.5) +
        shape('M420 806Q424 560 540 520Q656 560 660 806Z', '#3a3029') +
        shape('M420 806Q424 560 540 520Q500 640 480 806Z', tone(accent, 0)),
    line('M500 300L500 262', tone(accent, -0.3), 8),
    box(440, 790, 130, 30, 8, tone(accent, 0.3)),
  ].join('');
};

/** A lantern with a bow. */
export const lantern: Shape = (sheet, { main, accent, girth }) => {
  const r = 120 * girth;
  const glow = sheet.gradient('radial', 'cx="0.5" cy="0.5" r="0.5"', [
    [0, '#ffe7ac', 0.85],
    [0.5, '#ffe2a0', 0.25],
    [1, '#ffe2a0', 0],
  ]);
  return [
    ellipse(500, 580, 360, 330, glow),
    sheet.shadow(510, 806, r * 1.8, 38),
    line(`M${500 - r} 430C${500 - r * 1.3} 210 ${500 + r * 1.3} 210 ${500 + r} 430`, tone(accent, -0.2), 14),
    shape(
      turned(
        500,
        [
          [50, 360],
          [r, 430],
          [r * 1.06, 456],
        ],
        0.16,
      ),
      sheet.round(main),
    ),
    shape(
      turned(
        500,
        [
          [r * 0.86, 456],
          [r, 560],
          [r * 0.86, 690],
        ],
        0.14,
      ),
      sheet.round('#f3e6c4'),
      'opacity="0.86"',
    ),
    ellipse(500, 590, 40, 70, '#fffbe8'),
    line(
      `M${500 - r * 0.4} 460Q${500 - r * 0.6} 570 ${500 - r * 0.4} 690M${500 + r * 0.4} 460Q${500 + r * 0.6} 570 ${500 + r * 0.4} 690`,
      tone(accent, -0.1),
      7,
    ),
    shape(
      turned(
        500,
        [
          [r * 1.04, 686],
          [r * 1.12, 720],
          [r * 1.12, 780],
          [r * 1.06, 800],
        ],
        0.14,
      ),
      sheet.round(main),
    ),
    ellipse(500, 750, 20, 20, sheet.ball(accent)),
  ].join('');
};

/** A trowel, a hand fork, or secateurs. */
export const trowel: Shape = (sheet, { main, accent, form }) => {
  const steel = sheet.gradient('linear', 'x1="0" x2="1" y1="0" y2="0.2"', [
    [0, tone(main, 0.3)],
    [0.48, tone(main, -0.1)],
    [0.52, tone(main, 0.2)],
    [1, tone(main, -0.25)],
  ]);
  const handle = 'M470 640Q462 780 478 866Q500 890 522 866Q538 780 530 640Z';
  const head =
    [
      'M500 120Q590 230 580 360Q560 440 500 452Q440 440 420 360Q410 230 500 120Z',
      'M410 170Q400 150 424 150L438 330Q470 350 488 340L486 140Q500 124 514 140L512 340Q530 350 562 330L576 150Q600 150 590 170L584 360Q570 440 500 452Q430 440 416 360Z',
      'M460 450Q400 330 452 170Q478 130 500 180L512 300Q540 200 580 190Q600 300 540 450Z',
    ][form % 3] ?? '';
  return [
    '<g transform="rotate(28 500 500)">',
    lying(head),
    lying(handle),
    line('M500 440L500 650', tone(main, -0.2), 26),
    line('M495 440L495 650', tone(main, 0.3), 8),
    shape(head, steel),
    form % 3 === 0 ? line('M500 150L500 430', tone(main, -0.35), 6, 0.4) : '',
    box(474, 620, 52, 40, 6, tone(main, -0.1)),
    shape(handle, sheet.round(accent)),
    line('M490 860Q500 900 510 860', tone(accent, -0.4), 7),
    '</g>',
  ].join('');
};

/** A watering can. */
export const wateringCan: Shape = (sheet, { main, accent, form, girth }) => {
  const r = 165 * girth;
  return [
    sheet.shadow(500, 806, r * 2, 42),
    line(`M${540 - r * 0.8} 740L250 470`, tone(main, -0.25), 44),
    line(`M${540 - r * 0.8} 734L250 466`, tone(main, 0.06), 27),
    `<g transform="rotate(-42 240 456)">${form % 2 === 0 ? shape('M206 470L176 410Q240 384 304 410L274 470Z', sheet.round(main)) + ellipse(240, 408, 64, 17, tone(accent, 0.2)) : ellipse(240, 452, 24, 10, tone(main, -0.4))}</g>`,
    line(
      `M${540 - r * 0.4} 530C${540} 330 ${540 + r * 1.9} 420 ${540 + r * 0.96} 720`,
      tone(accent, -0.2),
      32,
    ),
    line(`M${540 - r * 0.4} 530C${540} 330 ${540 + r * 1.9} 420 ${540 + r * 0.96} 720`, accent, 20),
    shape(
      turned(
        540,
        [
          [r * 0.86, 530],
          [r, 600],
          [r, 780],
          [r * 0.96, 800],
        ],
        0.12,
      ),
      sheet.round(main),
    ),
    ellipse(540, 530, r * 0.86, 24, tone(main, 0.16)),
    ellipse(550, 532, r * 0.6, 15, tone(main, -0.45)),
    line(`M${540 - r * 0.7} 600L${540 - r * 0.7} 750`, '#ffffff', 13, 0.26),
  ].join('');
};
