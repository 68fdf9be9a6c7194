import { tone } from './tone.ts';

export type Point = readonly [x: number, y: number];

/** A drawing under way: 1000 by 1000 units, the floor at y = 800. Fills are made once and named. */
export interface Sheet {
  /** Round things lit from the left. */
  round(colour: string): string;
  /** Upright flat things, lit from above. */
  flat(colour: string): string;
  /** Balls and cushions. */
  ball(colour: string): string;
  /** Any gradient: `stops` of offset and colour with opacity. */
  gradient(
    kind: 'linear' | 'radial',
    placement: string,
    stops: readonly (readonly [number, string, number?])[],
  ): string;
  /** What stands on the floor darkens it. */
  shadow(x: number, y: number, radiusX: number, radiusY: number, opacity?: number): string;
  defs(): string;
}

/** An empty sheet. */
export function newSheet(): Sheet {
  const defs: string[] = [];
  const known = new Map<string, string>();
  const gradient: Sheet['gradient'] = (kind, placement, stops) => {
    const body = stops
      .map(([offset, colour, opacity]) => {
        const alpha = opacity === undefined ? '' : ` stop-opacity="${opacity}"`;
        return `<stop offset="${offset}" stop-color="${colour}"${alpha}/>`;
      })
      .join('');
    const key = `${kind} ${placement} ${body}`;
    const existing = known.get(key);
    if (existing) return existing;
    const id = `g${defs.length}`;
    defs.push(`<${kind}Gradient id="${id}" ${placement}>${body}</${kind}Gradient>`);
    known.set(key, `url(#${id})`);
    return `url(#${id})`;
  };
  return {
    gradient,
    round: (colour) =>
      gradient('linear', 'x1="0" x2="1" y1="0" y2="0"', [
        [0, tone(colour, -0.22)],
        [0.1, tone(colour, -0.05)],
        [0.3, tone(colour, 0.22)],
        [0.42, tone(colour, 0.1)],
        [0.65, tone(colour, -0.08)],
        [0.9, tone(colour, -0.3)],
        [1, tone(colour, -0.24)],
      ]),
    flat: (colour) =>
      gradient('linear', 'x1="0.2" x2="0.8" y1="0" y2="1"', [
        [0, tone(colour, 0.16)],
        [0.5, colour],
        [1, tone(colour, -0.18)],
      ]),
    ball: (colour) =>
      gradient('radial', 'cx="0.36" cy="0.28" r="0.85"', [
        [0, tone(colour, 0.28)],
        [0.45, colour],
        [1, tone(colour, -0.34)],
      ]),
    shadow(x, y, radiusX, radiusY, opacity = 0.42) {
      const fill = gradient('radial', 'cx="0.5" cy="0.5" r="0.5"', [
        [0, '#241d1a', opacity],
        [0.55, '#241d1a', opacity * 0.5],
        [1, '#241d1a', 0],
      ]);
      return `<ellipse cx="${x}" cy="${y}" rx="${radiusX}" ry="${radiusY}" fill="${fill}"/>`;
    },
    defs: () => defs.join(''),
  };
}

const place = ([x, y]: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** A soft line through points (Catmull-Rom), as the rest of a path that stands at the first of them. */
function through(points: readonly Point[]): string {
  let path = '';
  for (let index = 0; index + 1 < points.length; index += 1) {
    const [from, to] = [points[index], points[index + 1]];
    if (!from || !to) break;
    const before = points[index - 1] ?? from;
    const after = points[index + 2] ?? to;
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    path += `C${place(first)} ${place(second)} ${place(to)}`;
  }
  return path;
}

/** A closed soft outline through points. */
export function blob(points: readonly Point[]): string {
  const [first, second] = points;
  const last = points.at(-1);
  if (!first || !second || !last) return '';
  const around = through([last, ...points, first, second]);
  // the first and last pieces only gave the direction
  const pieces = around.split('C').slice(2, -1);
  return `M${place(first)}C${pieces.join('C')}Z`;
}

/** A thing turned on a wheel: half its outline from top to bottom as [radius, y], around x. */
export function turned(
  x: number,
  profile: readonly (readonly [radius: number, y: number])[],
  roundness = 0.16,
): string {
  const [top] = profile;
  const bottom = profile.at(-1);
  if (!top || !bottom) return '';
  const right = profile.map(([radius, y]): Point => [x + radius, y]);
  const left = profile.map(([radius, y]): Point => [x - radius, y]).reverse();
  const arc = `A${bottom[0]} ${bottom[0] * roundness} 0 0 1 ${place([x - bottom[0], bottom[1]])}`;
  return `M${place([x + top[0], top[1]])}${through(right)}${arc}${through(left)}Z`;
}

/** A shape of one fill. */
export function shape(path: string, fill: string, more = ''): string {
  return `<path d="${path}" fill="${fill}" ${more}/>`;
}

/** A line: seams, handles, wires. */
export function line(path: string, colour: string, width: number, opacity = 1): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" opacity="${opacity}"/>`;
}

export function ellipse(x: number, y: number, radiusX: number, radiusY: number, fill: string): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${radiusX}" ry="${radiusY}" fill="${fill}"/>`;
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
}

/** A thing that lies flat, seen from above, with the soft shadow that it throws. */
export function lying(path: string): string {
  return [
    [5, 10, 0.1],
    [9, 20, 0.08],
    [14, 32, 0.06],
    [20, 46, 0.04],
  ]
    .map(
      ([x, y, opacity]) =>
        `<path d="${path}" transform="translate(${x} ${y})" fill="#2a201a" opacity="${opacity}"/>`,
    )
    .join('');
}
