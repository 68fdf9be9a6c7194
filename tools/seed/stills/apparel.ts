import type { Shape } from './model.ts';
import { box, ellipse, line, lying, type Sheet, shape } from './sheet.ts';
import { mix, tone } from './tone.ts';

/** Both halves of an outline that is given for the right side, from the middle above to the middle below. */
function mirrored(half: readonly string[]): string {
  const numbers = (text: string) => text.split(' ').map(Number);
  const right = half.map((piece) => {
    const [x = 0, y = 0, controlX, controlY] = numbers(piece);
    return { x, y, controlX, controlY };
  });
  let path = '';
  for (const [index, { x, y, controlX, controlY }] of right.entries()) {
    if (index === 0) path += `M${500 + x} ${y}`;
    else
      path += controlX === undefined ? `L${500 + x} ${y}` : `Q${500 + controlX} ${controlY} ${500 + x} ${y}`;
  }
  for (let index = right.length - 1; index > 0; index -= 1) {
    const { controlX, controlY } = right[index] ?? {};
    const { x, y } = right[index - 1] ?? { x: 0, y: 0 };
    if (index === right.length - 1) path += `L${500 - (right[index]?.x ?? 0)} ${right[index]?.y ?? 0}`;
    path += controlX === undefined ? `L${500 - x} ${y}` : `Q${500 - controlX} ${controlY} ${500 - x} ${y}`;
  }
  return `${path}Z`;
}

const cloth = (sheet: Sheet, colour: string) =>
  sheet.gradient('linear', 'x1="0.1" x2="0.9" y1="0" y2="1"', [
    [0, tone(colour, 0.14)],
    [0.4, colour],
    [0.7, tone(colour, -0.08)],
    [1, tone(colour, -0.2)],
  ]);

const folds = (colour: string) =>
  [
    'M400 420Q420 560 396 740',
    'M610 400Q584 560 612 760',
    'M470 640Q486 720 476 812',
    'M560 600Q552 700 566 800',
  ]
    .map((path) => line(path, tone(colour, -0.4), 9, 0.12))
    .join('');

const shortSleeves = [
  '70 208',
  '150 222 112 208',
  '318 330 250 250',
  '248 436',
  '176 388 210 420',
  '184 600 176 500',
  '188 836 190 730',
];
const longSleeves = [
  '70 208',
  '158 224 116 208',
  '290 400 240 260',
  '346 770 326 600',
  '262 792',
  '196 480 240 640',
  '186 600 190 540',
  '192 846 190 740',
];

/** A tee: plain, striped, or with a pocket. */
export const tee: Shape = (sheet, { main, accent, form }) => {
  const outline = mirrored(shortSleeves);
  const clip = `t${form % 3}`;
  const stripes = Array.from({ length: 9 }, (_, index) =>
    line(`M150 ${330 + index * 58}L850 ${330 + index * 58}`, accent, 20, 0.9),
  );
  return [
    lying(outline),
    `<clipPath id="${clip}"><path d="${outline}"/></clipPath>`,
    shape(outline, cloth(sheet, main)),
    form % 3 === 1 ? `<g clip-path="url(#${clip})">${stripes.join('')}</g>` : '',
    folds(main),
    form % 3 === 2
      ? box(552, 400, 92, 104, 8, tone(main, -0.1)) + line('M552 420h92', tone(main, -0.3), 4, 0.6)
      : '',
    shape('M430 208Q500 300 570 208Q500 240 430 208Z', tone(main, -0.34)),
    line('M426 208Q500 312 574 208', tone(main, -0.16), 15),
    line('M312 388Q300 320 322 268M688 388Q700 320 678 268', tone(main, -0.35), 5, 0.35),
    line('M318 820L682 820', tone(main, -0.35), 4, 0.35),
  ].join('');
};

/** A shirt with a collar and buttons; of form 1 checked, of form 2 striped. */
export const shirt: Shape = (sheet, { main, accent, form }) => {
  const outline = mirrored(longSleeves);
  const clip = `s${form % 3}`;
  const pattern =
    form % 3 === 0
      ? []
      : [
          ...Array.from({ length: 15 }, (_, index) =>
            line(
              `M${150 + index * 50} 180L${150 + index * 50} 880`,
              accent,
              form % 3 === 1 ? 18 : 5,
              form % 3 === 1 ? 0.34 : 0.75,
            ),
          ),
          ...(form % 3 === 1
            ? Array.from({ length: 14 }, (_, index) =>
                line(`M120 ${220 + index * 50}L880 ${220 + index * 50}`, accent, 18, 0.3),
              )
            : []),
        ];
  return [
    lying(outline),
    `<clipPath id="${clip}"><path d="${outline}"/></clipPath>`,
    shape(outline, cloth(sheet, main)),
    `<g clip-path="url(#${clip})">${pattern.join('')}</g>`,
    folds(main),
    shape('M430 206L500 300L570 206Q500 236 430 206Z', tone(main, -0.4)),
    box(482, 286, 36, 560, 3, tone(main, 0.1)),
    line('M482 296L482 844M518 296L518 844', tone(main, -0.35), 3, 0.5),
    ...[340, 440, 540, 640, 740].map(
      (y) =>
        ellipse(500, y, 9, 9, tone(mix(main, '#ffffff', 0.5), -0.12)) +
        ellipse(500, y, 3, 3, tone(main, -0.5)),
    ),
    shape('M428 198L502 296L444 342L398 232Z', tone(main, 0.2)),
    shape('M572 198L498 296L556 342L602 232Z', tone(main, 0.1)),
    box(556, 430, 94, 110, 6, tone(main, -0.06)),
    line('M556 452h94', tone(main, -0.3), 4, 0.5),
    line('M304 470Q316 600 310 700M696 470Q684 600 690 700', tone(main, -0.4), 6, 0.35),
  ].join('');
};

/** A jumper: plain knit, striped, or a cardigan. */
export const jumper: Shape = (sheet, { main, accent, form }) => {
  const outline = mirrored([
    '78 216',
    '170 228 120 212',
    '308 410 258 270',
    '350 770 340 600',
    '256 800',
    '206 500 240 660',
    '198 600 200 550',
    '200 800 204 720',
  ]);
  const clip = `j${form % 3}`;
  const ribs = Array.from({ length: 30 }, (_, index) =>
    line(`M${300 + index * 14} 796l0 50`, tone(main, -0.3), 4, 0.5),
  );
  const stitches = Array.from({ length: 22 }, (_, index) =>
    line(`M${170 + index * 31} 230q-8 300 0 570`, tone(main, -0.28), 3, 0.22),
  );
  const bands =
    form % 3 === 1
      ? [330, 430, 530, 630, 730].map((y) => line(`M100 ${y}Q500 ${y + 20} 900 ${y}`, accent, 44, 0.85))
      : [];
  return [
    lying(outline),
    `<clipPath id="${clip}"><path d="${outline}"/></clipPath>`,
    shape(outline, cloth(sheet, main)),
    `<g clip-path="url(#${clip})">${bands.join('')}${stitches.join('')}</g>`,
    folds(main),
    box(298, 790, 404, 58, 12, tone(main, -0.08)),
    ...ribs,
    form % 3 === 2
      ? shape('M424 210L500 470L576 210Q500 244 424 210Z', tone(main, -0.42)) +
        line('M424 210L500 470L576 210', tone(main, 0.1), 26) +
        line('M500 470L500 840', tone(main, -0.26), 5) +
        [520, 610, 700, 790].map((y) => ellipse(500, y, 13, 13, tone(accent, -0.1))).join('')
      : shape('M422 214Q500 306 578 214Q500 250 422 214Z', tone(main, -0.38)) +
        line('M420 214Q500 320 580 214', tone(main, 0.08), 26),
    line('M292 480Q306 620 300 760M708 480Q694 620 700 760', tone(main, -0.45), 7, 0.3),
    line('M158 776L240 798M842 776L760 798', tone(main, -0.2), 30),
  ].join('');
};

/** A jacket: zipped, buttoned, or hooded. */
export const jacket: Shape = (sheet, { main, accent, form }) => {
  const outline = mirrored([
    '80 200',
    '180 222 130 200',
    '318 420 264 270',
    '352 780 350 600',
    '258 806',
    '212 500 240 680',
    '206 620 206 560',
    '212 862 212 760',
  ]);
  const zip = form % 3 !== 1;
  return [
    form % 3 === 2
      ? lying('M390 236Q380 110 500 96Q620 110 610 236Z') +
        shape('M386 240Q372 104 500 92Q628 104 614 240Q500 300 386 240Z', cloth(sheet, tone(main, -0.06))) +
        shape('M422 224Q420 140 500 132Q580 140 578 224Q500 268 422 224Z', tone(main, -0.42))
      : '',
    lying(outline),
    shape(outline, cloth(sheet, main)),
    folds(main),
    line('M500 250L500 858', tone(main, -0.45), zip ? 16 : 5, 0.7),
    zip
      ? line('M500 250L500 858', tone(accent, 0.1), 6) + box(490, 300, 20, 44, 6, tone(accent, 0.2))
      : [330, 450, 570, 690, 800].map((y) => ellipse(524, y, 15, 15, sheet.ball(accent))).join(''),
    form % 3 === 2
      ? ''
      : shape('M420 196L500 262L440 330L384 224Z', tone(main, 0.12)) +
        shape('M580 196L500 262L560 330L616 224Z', tone(main, 0.04)),
    shape('M330 620L440 596L446 710L338 734Z', tone(main, -0.1)) +
      line('M330 620L440 596', tone(main, -0.4), 7, 0.6),
    shape('M670 620L560 596L554 710L662 734Z', tone(main, -0.14)) +
      line('M670 620L560 596', tone(main, -0.4), 7, 0.6),
    line('M288 480Q304 620 296 760M712 480Q696 620 704 760', tone(main, -0.45), 7, 0.32),
    line('M150 756L244 776M850 756L756 776', tone(main, -0.34), 6, 0.6),
    line('M290 838L710 838', tone(main, -0.4), 5, 0.5),
  ].join('');
};

/** A knitted hat; of form 1 a cap, of form 2 a brimmed hat. */
export const hat: Shape = (sheet, { main, accent, form }) => {
  if (form % 3 === 1) {
    return [
      sheet.shadow(500, 770, 330, 46),
      shape('M290 690Q280 400 500 390Q720 400 710 690Z', sheet.ball(main)),
      line('M500 392Q460 540 470 690M500 392Q600 500 620 690', tone(main, -0.35), 5, 0.5),
      shape(
        'M300 680Q520 620 716 684Q860 716 850 752Q700 716 500 736Q360 744 300 680Z',
        sheet.flat(tone(main, -0.1)),
      ),
      ellipse(500, 392, 17, 12, tone(accent, 0.1)),
    ].join('');
  }
  if (form % 3 === 2) {
    return [
      sheet.shadow(505, 770, 400, 52),
      ellipse(500, 712, 380, 78, sheet.round(main)),
      shape(
        'M320 700Q316 420 420 400Q500 440 580 400Q684 420 680 700Q500 756 320 700Z',
        sheet.round(tone(main, 0.05)),
      ),
      shape('M319 636Q500 700 681 636L680 700Q500 760 320 700Z', accent),
    ].join('');
  }
  const ribs = Array.from({ length: 17 }, (_, index) =>
    line(`M${312 + index * 23.5} 626l${(index - 8) * 0.6} 120`, tone(main, -0.35), 6, 0.45),
  );
  const wales = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((step) =>
    line(`M500 318Q${500 + step * 44} 400 ${500 + step * 36} 624`, tone(main, -0.32), 5, 0.35),
  );
  return [
    sheet.shadow(505, 766, 290, 46),
    shape('M314 640Q312 320 500 312Q688 320 686 640Z', sheet.ball(main)),
    ...wales,
    box(298, 616, 404, 140, 36, sheet.round(tone(main, -0.04))),
    ...ribs,
    ellipse(500, 300, 64, 60, sheet.ball(accent)),
    ...Array.from({ length: 12 }, (_, index) =>
      line(
        `M500 300l${Math.cos(index * 0.52) * 62} ${Math.sin(index * 0.52) * 58}`,
        tone(accent, 0.25),
        4,
        0.5,
      ),
    ),
  ].join('');
};

/** A scarf, looped; striped at the ends. */
export const scarf: Shape = (sheet, { main, accent, form }) => {
  const tail = (x: number, tilt: number, long: number) => {
    const path = `M${x - 70} 470L${x + 70} 470L${x + 70 + tilt} ${long}L${x - 70 + tilt} ${long}Z`;
    const fringe = Array.from({ length: 9 }, (_, index) =>
      line(`M${x - 62 + tilt + index * 15.5} ${long}l0 44`, main, 8),
    );
    const bands =
      form % 2 === 0
        ? [60, 104, 148].map((up) => line(`M${x - 66 + tilt} ${long - up}h132`, accent, 18))
        : [];
    return lying(path) + shape(path, cloth(sheet, main)) + bands.join('') + fringe.join('');
  };
  return [
    tail(440, -30, 800),
    tail(585, 30, 740),
    shape(
      'M500 210C280 210 270 500 500 512C730 500 720 210 500 210ZM500 316C600 316 600 404 500 408C400 404 400 316 500 316Z',
      sheet.ball(main),
      'fill-rule="evenodd"',
    ),
    line('M340 330Q360 250 500 244Q640 250 664 340', tone(main, -0.35), 6, 0.4),
    line('M352 420Q420 480 510 484', tone(main, -0.35), 6, 0.4),
    box(446, 440, 130, 84, 34, sheet.flat(tone(main, 0.06))),
  ].join('');
};

/** A pair of socks: heel and toe in the other colour, striped for form 1. */
export const sock: Shape = (sheet, { main, accent, form }) => {
  const one = (shift: number, lower: number) => {
    const leg =
      'M330 190L470 190L474 560Q476 610 520 650L640 742Q690 790 650 838Q610 868 552 838L396 722Q334 668 334 590Z';
    const clip = `k${form % 3}${shift}`;
    const bands =
      form % 3 === 1
        ? [300, 360, 420, 480].map((y) => line(`M300 ${y}h220`, accent, 24))
        : form % 3 === 2
          ? [
              [370, 320],
              [430, 400],
              [372, 480],
              [430, 560],
            ].map(([x = 0, y = 0]) => ellipse(x, y, 16, 16, accent))
          : [];
    return `<g transform="translate(${shift} ${lower})">${lying(leg)}<clipPath id="${clip}"><path d="${leg}"/></clipPath>${shape(leg, cloth(sheet, main))}<g clip-path="url(#${clip})">${bands.join('')}${ellipse(690, 830, 120, 100, accent)}${ellipse(350, 690, 84, 74, accent)}</g>${box(324, 180, 152, 66, 14, tone(main, -0.1))}${Array.from({ length: 9 }, (_, index) => line(`M${338 + index * 16} 188v52`, tone(main, -0.34), 3, 0.5)).join('')}</g>`;
  };
  return one(-90, -10) + one(110, 20);
};
