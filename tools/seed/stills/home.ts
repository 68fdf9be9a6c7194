import type { Shape } from './model.ts';
import { blob, box, ellipse, line, type Point, shape, turned } from './sheet.ts';
import { tone } from './tone.ts';

/** A table lamp: dome, cone or drum. */
export const lamp: Shape = (sheet, { main, accent, form, girth }) => {
  const r = 190 * girth;
  const shades = [
    turned(
      500,
      [
        [40, 250],
        [r * 0.8, 300],
        [r, 420],
        [r, 440],
      ],
      0.12,
    ),
    turned(
      500,
      [
        [70, 230],
        [r * 0.66, 350],
        [r, 455],
      ],
      0.12,
    ),
    turned(
      500,
      [
        [r * 0.84, 240],
        [r * 0.94, 340],
        [r, 450],
      ],
      0.12,
    ),
  ];
  const glow = sheet.gradient('radial', 'cx="0.5" cy="0.5" r="0.5"', [
    [0, '#fff1c9', 0.75],
    [0.5, '#ffe9b8', 0.25],
    [1, '#ffe9b8', 0],
  ]);
  return [
    ellipse(500, 480, r * 1.9, 300, glow),
    sheet.shadow(510, 806, 210, 36),
    shape(
      turned(
        500,
        [
          [120, 772],
          [128, 790],
          [126, 800],
        ],
        0.14,
      ),
      sheet.round(accent),
    ),
    ellipse(500, 772, 120, 18, tone(accent, 0.22)),
    form % 2 === 0
      ? box(488, 440, 24, 335, 8, sheet.round(accent))
      : shape(
          turned(
            500,
            [
              [20, 440],
              [36, 540],
              [92, 660],
              [60, 775],
            ],
            0.14,
          ),
          sheet.round(accent),
        ),
    ellipse(500, 448, r * 0.98, r * 0.13, '#fff4d6'),
    shape(shades[form % 3] ?? '', sheet.round(main)),
    line(`M${500 - r * 0.98} 446Q500 ${446 + r * 0.22} ${500 + r * 0.98} 446`, '#fff0c8', 8, 0.85),
  ].join('');
};

/** A lamp that hangs. */
export const pendant: Shape = (sheet, { main, accent, form, girth }) => {
  const r = 230 * girth;
  const shades = [
    turned(
      500,
      [
        [36, 360],
        [r * 0.7, 420],
        [r, 590],
        [r, 610],
      ],
      0.12,
    ),
    turned(
      500,
      [
        [60, 350],
        [r * 0.8, 430],
        [r * 0.96, 540],
        [r * 0.6, 640],
      ],
      0.16,
    ),
    turned(
      500,
      [
        [40, 330],
        [60, 430],
        [r * 1.1, 590],
      ],
      0.12,
    ),
  ];
  const y = form % 3 === 1 ? 640 : 600;
  const glow = sheet.gradient('radial', 'cx="0.5" cy="0.35" r="0.55"', [
    [0, '#fff1c9', 0.8],
    [0.5, '#ffe9b8', 0.28],
    [1, '#ffe9b8', 0],
  ]);
  return [
    line('M500 0L500 340', tone(accent, -0.4), 7),
    ellipse(500, y + 80, r * 1.7, 280, glow),
    box(476, 318, 48, 50, 10, sheet.round(accent)),
    ellipse(500, y, r * (form % 3 === 1 ? 0.58 : 1), r * 0.14, '#fff6df'),
    ellipse(500, y + 14, 46, 44, '#fffdf5'),
    shape(shades[form % 3] ?? '', sheet.round(main)),
    sheet.shadow(500, 900, r * 1.2, 34, 0.16),
  ].join('');
};

/** A cushion: plain, striped, or with a button. */
export const cushion: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 250 * girth;
  const outline = blob([
    [500 - w, 330],
    [500, 372],
    [500 + w, 330],
    [500 + w - 34, 560],
    [500 + w, 800],
    [500, 772],
    [500 - w, 800],
    [500 - w + 34, 560],
  ]);
  const clip = `c${form}`;
  const stripes = [-0.62, -0.3, 0.02, 0.34, 0.66].map((place) =>
    line(
      `M${500 + place * w} 300Q${506 + place * w * 0.92} 560 ${500 + place * w} 830`,
      accent,
      form % 3 === 1 ? 34 : 8,
      0.8,
    ),
  );
  return [
    sheet.shadow(515, 806, w * 1.3, 44),
    `<clipPath id="${clip}"><path d="${outline}"/></clipPath>`,
    shape(outline, sheet.ball(main)),
    form % 3 === 0 ? '' : `<g clip-path="url(#${clip})">${stripes.join('')}</g>`,
    form % 3 === 0
      ? ellipse(500, 565, 20, 18, sheet.ball(accent)) +
        [
          [-1, -1],
          [1, -1],
          [-1, 1],
          [1, 1],
        ]
          .map(([x = 1, y = 1]) =>
            line(
              `M${500 + x * 26} ${565 + y * 22}Q${500 + x * 60} ${565 + y * 40} ${500 + x * 110} ${565 + y * 90}`,
              tone(main, -0.4),
              5,
              0.3,
            ),
          )
          .join('')
      : '',
    line(outline, tone(main, -0.3), 5, 0.35),
    shape(
      outline,
      sheet.gradient('radial', 'cx="0.34" cy="0.25" r="0.9"', [
        [0, '#ffffff', 0.22],
        [0.5, '#ffffff', 0],
        [1, '#1c1d2b', 0.3],
      ]),
    ),
  ].join('');
};

/** Blankets, folded in a pile. */
export const throwBlanket: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 250 * girth;
  const fold = (y: number, colour: string, height: number) => {
    const path = `M${500 - w} ${y}Q${500 - w - 26} ${y + height / 2} ${500 - w} ${y + height}L${500 + w - 10} ${y + height}Q${500 + w + 40} ${y + height / 2} ${500 + w - 10} ${y}Z`;
    return (
      shape(path, sheet.flat(colour)) +
      line(`M${500 - w + 10} ${y + height / 2}L${500 + w} ${y + height / 2}`, tone(colour, -0.4), 5, 0.45)
    );
  };
  const fringe = Array.from({ length: 18 }, (_, index) =>
    line(`M${500 - w + 20 + index * (w / 9.6)} 792l${(index % 3) - 1} 38`, tone(accent, 0.1), 7),
  );
  return [
    sheet.shadow(512, 822, w * 1.35, 42),
    ...(form % 2 === 0 ? fringe : []),
    fold(690, main, 108),
    fold(590, form % 2 === 0 ? tone(main, 0.1) : accent, 104),
    fold(496, main, 98),
    line(`M${500 - w + 30} 520L${500 + w - 40} 520`, accent, form % 2 === 0 ? 16 : 6, 0.8),
  ].join('');
};

const vases: readonly (readonly (readonly [number, number])[])[] = [
  [
    [58, 330],
    [50, 400],
    [150, 560],
    [150, 700],
    [90, 800],
  ],
  [
    [90, 400],
    [84, 440],
    [190, 590],
    [180, 720],
    [120, 800],
  ],
  [
    [46, 280],
    [40, 420],
    [44, 520],
    [130, 660],
    [128, 740],
    [96, 800],
  ],
  [
    [130, 380],
    [110, 480],
    [104, 620],
    [120, 740],
    [126, 800],
  ],
];

/** A vase with a few stems. */
export const vase: Shape = (sheet, { main, accent, form, girth }) => {
  const profile = (vases[form % 4] ?? []).map(([radius, y]) => [radius * girth, y] as const);
  const [mouth, y] = profile[0] ?? [60, 330];
  const stems = [-1, 0, 1].map((side) => {
    const tip: Point = [500 + side * 120, y - 190 + Math.abs(side) * 46];
    const stem = line(
      `M${500 + side * 10} ${y + 30}Q${500 + side * 30} ${y - 90} ${tip[0]} ${tip[1]}`,
      '#6f7a52',
      7,
    );
    const leaves = [0.35, 0.6, 0.82].map((share, index) => {
      const at: Point = [500 + side * 118 * share, y - 180 * share + 10];
      const turn = (index % 2 === 0 ? -1 : 1) * 50 + side * 30;
      return `<ellipse cx="${at[0] + (index % 2 === 0 ? -26 : 26)}" cy="${at[1]}" rx="32" ry="12" transform="rotate(${turn} ${at[0]} ${at[1]})" fill="${tone('#7f8c5f', index * 0.1)}"/>`;
    });
    return stem + leaves.join('') + ellipse(tip[0], tip[1], 26, 26, sheet.ball(accent));
  });
  return [
    sheet.shadow(512, 806, 230 * girth, 40),
    ...(form % 4 === 3 ? [] : stems),
    ellipse(500, y, mouth, mouth * 0.18, tone(main, -0.45)),
    shape(turned(500, profile, 0.12), sheet.round(main)),
    ellipse(500, y, mouth, mouth * 0.18, tone(main, 0.14)),
    ellipse(500, y + 2, mouth - 9, mouth * 0.18 - 5, tone(main, -0.5)),
    ...(form % 4 === 3 ? [] : stems.slice(1, 2).map(() => line(`M500 ${y + 6}L500 ${y - 30}`, '#6f7a52', 7))),
    form % 2 === 0 ? '' : line(`M${500 - 150 * girth} 640Q500 668 ${500 + 150 * girth} 640`, accent, 14, 0.0),
    line(`M${500 - 92 * girth} 560Q${500 - 112 * girth} 640 ${500 - 84 * girth} 730`, '#ffffff', 12, 0.26),
  ].join('');
};

/** A pot with a plant. */
export const planter: Shape = (sheet, { main, form, girth }) => {
  const r = 165 * girth;
  const leaf = (angle: number, length: number, colour: string) =>
    `<path d="M500 545C${500 - 60} ${545 - length * 0.4} ${500 - 34} ${545 - length * 0.9} 500 ${545 - length}C${534} ${545 - length * 0.9} ${560} ${545 - length * 0.4} 500 545Z" transform="rotate(${angle} 500 545)" fill="${sheet.flat(colour)}"/>`;
  const leaves = [-64, 60, -40, 38, -18, 20, 0].map((angle, index) =>
    leaf(angle, 250 + ((index * 37 + form * 23) % 90), tone('#5f7a4e', (index % 3) * 0.12)),
  );
  return [
    sheet.shadow(512, 806, r * 1.6, 42),
    ...leaves,
    shape(
      turned(
        500,
        [
          [r, 530],
          [r * 0.95, 640],
          [r * 0.74, 800],
        ],
        0.12,
      ),
      sheet.round(main),
    ),
    shape(
      turned(
        500,
        [
          [r + 12, 515],
          [r + 12, 560],
        ],
        0.14,
      ),
      sheet.round(tone(main, 0.06)),
    ),
    ellipse(500, 515, r + 12, 26, tone(main, 0.16)),
    ellipse(500, 517, r - 4, 18, '#4b372b'),
    ...leaves.slice(4, 7).map((markup) => `<g transform="translate(0 -24)">${markup}</g>`),
  ].join('');
};

/** A candle in its glass, or three tapers. */
export const candle: Shape = (sheet, { main, accent, form, girth }) => {
  const flame = (x: number, y: number) =>
    ellipse(
      x,
      y - 26,
      90,
      100,
      sheet.gradient('radial', 'cx="0.5" cy="0.5" r="0.5"', [
        [0, '#ffe3a0', 0.6],
        [1, '#ffe3a0', 0],
      ]),
    ) +
    shape(`M${x} ${y - 66}Q${x + 24} ${y - 22} ${x} ${y}Q${x - 24} ${y - 22} ${x} ${y - 66}Z`, '#ffc65a') +
    shape(`M${x} ${y - 40}Q${x + 11} ${y - 14} ${x} ${y - 2}Q${x - 11} ${y - 14} ${x} ${y - 40}Z`, '#fff4d2');
  if (form % 3 === 2) {
    const taper = (x: number, y: number) =>
      sheet.shadow(x + 6, 804, 90, 22) +
      box(x - 21, y, 42, 800 - y - 26, 12, sheet.round(main)) +
      shape(
        turned(
          x,
          [
            [52, 770],
            [60, 800],
          ],
          0.2,
        ),
        sheet.round(accent),
      ) +
      line(`M${x} ${y}L${x} ${y - 14}`, '#3a2c22', 5) +
      flame(x, y - 12);
    return taper(360, 420) + taper(500, 330) + taper(640, 470);
  }
  const r = (form % 3 === 0 ? 150 : 178) * girth;
  const y = form % 3 === 0 ? 500 : 590;
  return [
    sheet.shadow(512, 806, r * 1.6, 42),
    shape(
      turned(
        500,
        [
          [r, y],
          [r, 780],
          [r * 0.94, 800],
        ],
        0.12,
      ),
      sheet.round(main),
    ),
    ellipse(500, y, r, r * 0.17, tone(main, 0.26)),
    ellipse(500, y + 8, r - 14, r * 0.15 - 6, '#f6ecd8'),
    line(`M500 ${y + 8}L500 ${y - 16}`, '#3a2c22', 6),
    flame(500, y - 14),
    box(500 - r * 0.5, y + (800 - y) * 0.36, r, (800 - y) * 0.36, 6, '#f4efe4'),
    line(`M${500 - r * 0.32} ${y + (800 - y) * 0.5}h${r * 0.64}`, tone(accent, -0.2), 7),
    line(`M${500 - r * 0.2} ${y + (800 - y) * 0.6}h${r * 0.4}`, tone(accent, -0.2), 4, 0.6),
  ].join('');
};

/** A chair; of form 1 with arms and a soft seat. */
export const chair: Shape = (sheet, { main, accent, form, girth }) => {
  const w = 165 * girth;
  const leg = (from: Point, to: Point) =>
    line(`M${from.join(' ')}L${to.join(' ')}`, tone(accent, -0.15), 24) +
    line(`M${from[0] - 4} ${from[1]}L${to[0] - 4} ${to[1]}`, tone(accent, 0.12), 9);
  const soft = form % 2 === 1;
  const back = blob([
    [500 - w, 270],
    [500, 246],
    [500 + w, 270],
    [500 + w * 0.92, 420],
    [500, 440],
    [500 - w * 0.92, 420],
  ]);
  return [
    sheet.shadow(505, 812, w * 1.7, 42),
    leg([500 - w * 0.8, 560], [500 - w * 0.72, 770]),
    leg([500 + w * 0.8, 560], [500 + w * 0.72, 770]),
    leg([500 - w * 0.9, 300], [500 - w * 0.84, 560]),
    leg([500 + w * 0.9, 300], [500 + w * 0.84, 560]),
    shape(back, sheet.ball(soft ? main : tone(main, 0.04))),
    soft
      ? ''
      : [-0.5, 0, 0.5]
          .map((place) => line(`M${500 + place * w} 430L${500 + place * w} 548`, tone(accent, -0.05), 15))
          .join(''),
    soft
      ? line(`M${500 - w} 420Q${500 - w * 1.3} 440 ${500 - w * 1.18} 600`, accent, 24) +
        line(`M${500 + w} 420Q${500 + w * 1.3} 440 ${500 + w * 1.18} 600`, accent, 24)
      : '',
    leg([500 - w * 1.02, 610], [500 - w * 1.16, 806]),
    leg([500 + w * 1.02, 610], [500 + w * 1.16, 806]),
    shape(
      `M${500 - w * 0.86} 548L${500 + w * 0.86} 548L${500 + w * 1.16} 606Q500 ${soft ? 668 : 640} ${500 - w * 1.16} 606Z`,
      sheet.flat(main),
    ),
    line(`M${500 - w * 1.14} 610Q500 ${soft ? 672 : 644} ${500 + w * 1.14} 610`, tone(main, -0.3), 12, 0.8),
  ].join('');
};

/** A stool of three legs, or a bench for form 1. */
export const stool: Shape = (sheet, { main, accent, form, girth }) => {
  const w = (form % 2 === 0 ? 165 : 290) * girth;
  const y = form % 2 === 0 ? 470 : 580;
  const leg = (x1: number, x2: number, y2: number) =>
    line(`M${x1} ${y + 20}L${x2} ${y2}`, tone(accent, -0.16), 26) +
    line(`M${x1 - 5} ${y + 20}L${x2 - 5} ${y2}`, tone(accent, 0.14), 9);
  return [
    sheet.shadow(505, 812, w * 1.4, 40),
    leg(500, 500, 772),
    leg(500 - w * 0.66, 500 - w * 0.94, 804),
    leg(500 + w * 0.66, 500 + w * 0.94, 804),
    line(`M${500 - w * 0.8} 680Q500 712 ${500 + w * 0.8} 680`, tone(accent, -0.2), 14),
    shape(
      turned(
        500,
        [
          [w, y],
          [w + 4, y + 26],
          [w - 8, y + 44],
        ],
        form % 2 === 0 ? 0.14 : 0.07,
      ),
      sheet.round(main),
    ),
    ellipse(500, y, w, w * (form % 2 === 0 ? 0.17 : 0.09), sheet.flat(tone(main, 0.14))),
  ].join('');
};
