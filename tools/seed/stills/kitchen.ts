import type { Shape } from './model.ts';
import { box, ellipse, line, lying, shape, turned } from './sheet.ts';
import { brightness, tone } from './tone.ts';

/** Straight, belly, tall and small: radius above, at the belly and at the foot, and height. */
const mugs = [
  [150, 152, 138, 300],
  [140, 182, 112, 280],
  [128, 132, 112, 380],
  [150, 142, 92, 230],
] as const;

/** A mug, dipped in a second glaze but for every third form. */
export const mug: Shape = (sheet, { main, accent, form, girth }) => {
  const [top, belly, foot, height] = mugs[form % 4] ?? mugs[0];
  const [a, b, c] = [top * girth, belly * girth, foot * girth];
  const y = 800 - height;
  const isPlain = form % 3 === 0;
  const body = turned(
    480,
    [
      [a, y],
      [b, y + height * 0.5],
      [c + 8, y + height * 0.92],
      [c, 800],
    ],
    0.13,
  );
  const reach = 480 + b + 96;
  const handle = `M${466 + b} ${y + height * 0.24}C${reach} ${y + height * 0.14} ${reach} ${y + height * 0.82} ${458 + b} ${y + height * 0.74}`;
  const dip = turned(
    480,
    [
      [a, y],
      [a + (b - a) * 0.6, y + height * 0.3],
      [b * 0.99, y + height * 0.42],
    ],
    0.13,
  );
  return [
    sheet.shadow(510, 804, b * 1.75, 44),
    line(handle, tone(main, -0.26), 40),
    line(handle, tone(main, -0.04), 27),
    shape(body, sheet.round(main)),
    isPlain ? '' : shape(dip, sheet.round(accent), 'opacity="0.94"'),
    ellipse(480, y, a, a * 0.2, tone(isPlain ? main : accent, 0.18)),
    ellipse(480, y + 5, a - 13, a * 0.2 - 10, tone(main, -0.42)),
    ellipse(480, y + 18, a - 34, a * 0.15 - 8, '#43291c'),
    line(
      `M${480 - b * 0.55} ${y + height * 0.3}L${480 - b * 0.56} ${y + height * 0.72}`,
      '#ffffff',
      13,
      0.26,
    ),
  ].join('');
};

/** A casserole with its lid; of form 1, low and wide. */
export const pot: Shape = (sheet, { main, accent, form, girth }) => {
  const isLow = form % 2 === 1;
  const r = (isLow ? 290 : 235) * girth;
  const y = isLow ? 620 : 540;
  const grip = (side: number) =>
    line(
      `M${500 + side * (r - 6)} ${y + 66}C${500 + side * (r + 78)} ${y + 40} ${500 + side * (r + 78)} ${y + 120} ${500 + side * (r - 10)} ${y + 104}`,
      tone(main, -0.22),
      26,
    );
  return [
    sheet.shadow(510, 806, r * 1.5, 48),
    grip(-1),
    grip(1),
    shape(
      turned(
        500,
        [
          [r, y],
          [r, y + 90],
          [r - 18, 780],
          [r - 50, 800],
        ],
        0.1,
      ),
      sheet.round(main),
    ),
    shape(
      turned(
        500,
        [
          [26, y - 96],
          [r * 0.55, y - 74],
          [r + 8, y - 14],
          [r + 10, y + 2],
        ],
        0.1,
      ),
      sheet.round(tone(main, 0.05)),
    ),
    line(`M${496 - r} ${y + 6}Q500 ${y + r * 0.2} ${504 + r} ${y + 6}`, tone(main, -0.4), 5, 0.6),
    ellipse(500, y - 112, 46, 30, sheet.ball(accent)),
    line(`M${500 - r * 0.7} ${y + 70}L${500 - r * 0.66} 745`, '#ffffff', 14, 0.2),
  ].join('');
};

/** A frying pan from above. */
export const pan: Shape = (sheet, { main, accent, form, girth }) => {
  const r = 225 * girth;
  const ring = `M${430 - r} 470a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0Z`;
  const inside = sheet.gradient('radial', 'cx="0.6" cy="0.65" r="0.7"', [
    [0, tone(main, 0.12)],
    [1, tone(main, -0.3)],
  ]);
  const handle = `M${430 + r * 0.66} ${470 + r * 0.66}L800 840`;
  return [
    lying(ring),
    line(`M${440 + r * 0.7} ${500 + r * 0.7}L812 872`, '#2a201a', 54, 0.12),
    line(handle, tone(accent, -0.24), 56),
    line(handle, accent, 42),
    line('M700 736L792 828', tone(accent, 0.3), 8, 0.5),
    shape(ring, sheet.ball(main)),
    ellipse(430, 470, r - 24, r - 24, inside),
    form % 2 === 0 ? '' : ellipse(430, 470, r - 80, r - 80, tone(main, -0.2)),
    line(
      `M${430 - r * 0.62} ${470 - r * 0.5}A${r * 0.8} ${r * 0.8} 0 0 1 ${430 - r * 0.1} ${470 - r * 0.78}`,
      '#ffffff',
      12,
      0.3,
    ),
  ].join('');
};

/** A cook's knife, a long one or a small one, lying. */
export const knife: Shape = (sheet, { main, accent, form }) => {
  const [length, depth] = (
    [
      [470, 104],
      [500, 66],
      [300, 58],
    ] as const
  )[form % 3] ?? [470, 104];
  const blade = `M400 520L${340 + length} 512Q${420 + length} 516 ${400 + length} 532Q${250 + length} ${520 + depth} 400 ${520 + depth}Z`;
  const steel = sheet.gradient('linear', 'x1="0" x2="0.1" y1="0" y2="1"', [
    [0, '#eef1f2'],
    [0.45, '#b4bcc1'],
    [0.5, '#dfe4e6'],
    [1, '#98a2a8'],
  ]);
  const handle = 'M398 516L210 512Q150 514 138 552Q134 590 176 588Q290 582 398 592Z';
  return `<g transform="rotate(-24 500 540)">${[
    lying(blade),
    lying(handle),
    shape(blade, steel),
    line(`M404 ${500 + depth}Q${210 + length} ${498 + depth} ${386 + length} 530`, '#ffffff', 3, 0.7),
    box(384, 510, 34, 88, 6, tone(accent, 0.1)),
    shape(handle, sheet.flat(main)),
    ellipse(240, 550, 9, 9, tone(accent, 0.3)),
    ellipse(310, 550, 9, 9, tone(accent, 0.3)),
  ].join('')}</g>`;
};

/** A board with a grip: long, or round for form 1. */
export const board: Shape = (sheet, { main, form, girth }) => {
  const half = 165 * girth;
  const path =
    form % 2 === 0
      ? `M${500 - half} 330Q${500 - half} 290 ${540 - half} 290L450 290Q462 230 462 190Q464 150 500 150Q536 150 538 190Q538 230 550 290L${460 + half} 290Q${500 + half} 290 ${500 + half} 330L${500 + half} 810Q${500 + half} 850 ${460 + half} 850L${540 - half} 850Q${500 - half} 850 ${500 - half} 810Z`
      : 'M500 850A255 255 0 0 1 452 345Q464 270 464 220Q464 160 500 160Q536 160 536 220Q536 270 548 345A255 255 0 0 1 500 850Z';
  const grain = [-0.72, -0.4, -0.12, 0.2, 0.48, 0.76].map((at, index) =>
    line(
      `M${500 + at * half} ${350 + (index % 3) * 30}q${12 - index * 4} 200 ${index * 3 - 6} ${390 - (index % 2) * 60}`,
      tone(main, -0.3),
      3,
      0.3,
    ),
  );
  return [
    lying(path),
    shape(path, sheet.flat(main)),
    ...grain,
    ellipse(500, 205, 16, 16, tone(main, -0.5)),
  ].join('');
};

/** A jar with a lid: glazed, of glass, or low with a knob. */
export const jar: Shape = (sheet, { main, accent, form, girth }) => {
  const [radius, height] = (
    [
      [150, 330],
      [130, 430],
      [175, 260],
    ] as const
  )[form % 3] ?? [150, 330];
  const r = radius * girth;
  const y = 800 - height;
  const isGlass = form % 3 === 1;
  const inside = turned(
    500,
    [
      [r * 0.93, y + height * 0.36],
      [r * 0.94, 765],
      [r * 0.86, 786],
    ],
    0.12,
  );
  const label =
    box(
      500 - r * 0.45,
      y + height * 0.42,
      r * 0.9,
      height * 0.26,
      8,
      tone(main, brightness(main) > 0.75 ? -0.12 : 0.55),
    ) + line(`M${500 - r * 0.25} ${y + height * 0.55}h${r * 0.5}`, tone(main, -0.4), 5, 0.7);
  return [
    sheet.shadow(512, 806, r * 1.6, 42),
    shape(
      turned(
        500,
        [
          [r * 0.94, y],
          [r, y + 40],
          [r, 760],
          [r * 0.9, 800],
        ],
        0.12,
      ),
      sheet.round(main),
      isGlass ? 'opacity="0.72"' : '',
    ),
    isGlass
      ? shape(inside, sheet.round(tone(accent, 0.2)), 'opacity="0.85"') +
        ellipse(500, y + height * 0.36, r * 0.93, r * 0.12, tone(accent, 0.34))
      : label,
    shape(
      turned(
        500,
        [
          [r * 0.96, y - 52],
          [r * 0.98, y - 8],
          [r * 0.96, y + 6],
        ],
        0.13,
      ),
      sheet.round(accent),
    ),
    ellipse(500, y - 52, r * 0.96, r * 0.13, tone(accent, 0.2)),
    form % 3 === 2 ? ellipse(500, y - 74, 34, 28, sheet.ball(accent)) : '',
    line(`M${500 - r * 0.72} ${y + 70}L${500 - r * 0.72} 730`, '#ffffff', 14, 0.32),
  ].join('');
};

/** A kettle with a swan's neck; of form 1, a round pot with a bow. */
export const kettle: Shape = (sheet, { main, accent, form, girth }) => {
  const r = 200 * girth;
  const isTall = form % 2 === 0;
  const top = isTall ? 428 : 480;
  const body = isTall
    ? turned(
        490,
        [
          [84, 430],
          [r * 0.72, 520],
          [r, 700],
          [r * 0.98, 780],
          [r * 0.9, 800],
        ],
        0.1,
      )
    : turned(
        490,
        [
          [96, 480],
          [r * 0.95, 570],
          [r * 1.08, 660],
          [r * 0.8, 770],
          [r * 0.6, 800],
        ],
        0.1,
      );
  const spout = isTall
    ? `M${490 - r * 0.85} 690C${490 - r * 1.5} 660 ${490 - r * 1.15} 500 ${490 - r * 1.62} 452`
    : `M${490 - r * 0.95} 660C${490 - r * 1.5} 650 ${490 - r * 1.3} 560 ${490 - r * 1.62} 530`;
  const handle = isTall
    ? `M${490 + r * 0.5} 500C${490 + r * 1.5} 440 ${490 + r * 1.62} 640 ${490 + r * 1.2} 740`
    : `M${490 - r * 0.6} 540C${490 - r * 0.6} 300 ${490 + r * 0.6} 300 ${490 + r * 0.6} 540`;
  return [
    sheet.shadow(500, 806, r * 1.7, 46),
    line(handle, tone(accent, -0.25), 36),
    line(handle, accent, 24),
    line(spout, tone(main, -0.22), 40),
    line(spout, tone(main, 0.06), 25),
    shape(body, sheet.round(main)),
    ellipse(490, top, 96, 22, tone(main, 0.12)),
    shape(
      turned(
        490,
        [
          [30, top - 38],
          [88, top - 9],
          [90, top],
        ],
        0.2,
      ),
      sheet.round(main),
    ),
    ellipse(490, top - 51, 26, 22, sheet.ball(accent)),
    line(`M${490 - r * 0.5} 590Q${490 - r * 0.66} 660 ${490 - r * 0.66} 730`, '#ffffff', 13, 0.28),
  ].join('');
};

/** A pour-over cone on its carafe. */
export const dripper: Shape = (sheet, { main, accent, girth }) => {
  const r = 150 * girth;
  return [
    sheet.shadow(510, 806, r * 1.8, 42),
    shape(
      turned(
        500,
        [
          [62, 520],
          [70, 570],
          [r * 1.1, 720],
          [r * 1.05, 780],
          [r * 0.95, 800],
        ],
        0.12,
      ),
      sheet.round('#cfdedb'),
      'opacity="0.7"',
    ),
    shape(
      turned(
        500,
        [
          [r * 0.98, 690],
          [r * 1.04, 740],
          [r, 778],
          [r * 0.92, 792],
        ],
        0.12,
      ),
      sheet.round('#4a2d1d'),
      'opacity="0.9"',
    ),
    shape(
      turned(
        500,
        [
          [74, 545],
          [78, 590],
        ],
        0.16,
      ),
      sheet.round(accent),
    ),
    line(
      `M${500 + r * 1.02} 360C${500 + r * 1.75} 350 ${500 + r * 1.5} 470 ${500 + r * 0.66} 450`,
      tone(main, -0.16),
      24,
    ),
    shape(
      turned(
        500,
        [
          [r * 1.15, 300],
          [r * 0.7, 420],
          [60, 505],
        ],
        0.14,
      ),
      sheet.round(main),
    ),
    ellipse(500, 505, 140, 22, tone(main, -0.05)),
    ellipse(500, 300, r * 1.15, r * 0.2, tone(main, 0.2)),
    ellipse(500, 306, r * 1.04, r * 0.15, tone(main, -0.36)),
    line(`M${500 - r * 0.8} 350L${500 - r * 0.42} 450`, '#ffffff', 12, 0.3),
  ].join('');
};
