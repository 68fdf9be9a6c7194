/** A point of an outline; a third value marks a corner, where the curve may turn sharply. */
export type Point = readonly [x: number, y: number, corner?: 1];

/** Rounds for SVG: a tenth of a pixel is below what anyone sees. */
export const n = (value: number) => Math.round(value * 10) / 10;

/** A smooth curve (Catmull-Rom as Béziers) through the points, broken at its corners. */
export function curve(points: readonly Point[], closed = true): string {
  const count = points.length;
  const at = (index: number): Point =>
    points[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] ?? [0, 0];
  const first = at(0);
  let path = `M${n(first[0])} ${n(first[1])}`;
  const tension = 1 / 6;
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const from = at(index);
    const to = at(index + 1);
    const before = from[2] ? from : at(index - 1);
    const after = to[2] ? to : at(index + 2);
    path += `C${n(from[0] + (to[0] - before[0]) * tension)} ${n(from[1] + (to[1] - before[1]) * tension)} ${n(to[0] - (after[0] - from[0]) * tension)} ${n(to[1] - (after[1] - from[1]) * tension)} ${n(to[0])} ${n(to[1])}`;
  }
  return closed ? `${path}Z` : path;
}

/** A closed outline from its right half (top centre to bottom centre), mirrored at x = `centre`. */
export function mirrored(half: readonly Point[], centre = 600): Point[] {
  const flip = ([x, y, corner]: Point): Point => (corner ? [2 * centre - x, y, 1] : [2 * centre - x, y]);
  return [
    ...half,
    ...half
      .filter(([x]) => Math.abs(x - centre) > 0.5)
      .map(flip)
      .reverse(),
  ];
}

export function flipped(points: readonly Point[], centre = 600): Point[] {
  return points.map(([x, y, corner]): Point => (corner ? [2 * centre - x, y, 1] : [2 * centre - x, y]));
}

/** A straight-edged outline with rounded corners. */
export function rounded(points: readonly (readonly [number, number])[], radius: number): string {
  const count = points.length;
  return `${points
    .map((point, index) => {
      const before = points[(index + count - 1) % count] ?? point;
      const after = points[(index + 1) % count] ?? point;
      const toward = (to: readonly [number, number]) => {
        const length = Math.hypot(to[0] - point[0], to[1] - point[1]) || 1;
        const reach = Math.min(radius, length / 2) / length;
        return `${n(point[0] + (to[0] - point[0]) * reach)} ${n(point[1] + (to[1] - point[1]) * reach)}`;
      };
      return `${index === 0 ? 'M' : 'L'}${toward(before)}Q${n(point[0])} ${n(point[1])} ${toward(after)}`;
    })
    .join('')}Z`;
}

export function box(x: number, y: number, width: number, height: number, radius = 0): string {
  return rounded(
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    radius,
  );
}

export function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${n(cx - rx)} ${n(cy)}A${n(rx)} ${n(ry)} 0 0 1 ${n(cx + rx)} ${n(cy)}A${n(rx)} ${n(ry)} 0 0 1 ${n(cx - rx)} ${n(cy)}Z`;
}

/** A crease: a sliver along a quadratic curve, widest in the middle and pointed at both ends. */
export function sliver(from: Point, bend: Point, to: Point, width: number): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * width, (dx / length) * width];
  return `M${n(from[0])} ${n(from[1])}Q${n(bend[0] + nx)} ${n(bend[1] + ny)} ${n(to[0])} ${n(to[1])}Q${n(bend[0] - nx)} ${n(bend[1] - ny)} ${n(from[0])} ${n(from[1])}Z`;
}

/** A leaf shape from stem to tip. */
export function blade(x: number, y: number, angle: number, length: number, width: number): string {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const place = (along: number, across: number) =>
    `${n(x + cos * along - sin * across)} ${n(y + sin * along + cos * across)}`;
  return `M${n(x)} ${n(y)}C${place(length * 0.25, -width)} ${place(length * 0.75, -width * 0.8)} ${place(length, 0)}C${place(length * 0.75, width * 0.8)} ${place(length * 0.25, width)} ${n(x)} ${n(y)}Z`;
}
