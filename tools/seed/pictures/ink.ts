import { n } from './paths.ts';

/** Offset 0–1, colour, opacity. */
export type Stop = readonly [number, string, number?];

/** Collects the gradients, patterns and clips of one picture and hands out their references. */
export type Ink = {
  linear(x1: number, y1: number, x2: number, y2: number, stops: readonly Stop[]): string;
  /** `squash` < 1 flattens the circle to an ellipse. */
  radial(cx: number, cy: number, radius: number, stops: readonly Stop[], squash?: number): string;
  pattern(width: number, height: number, content: string, transform?: string): string;
  clip(path: string): string;
  definitions(): string;
};

const stopMarkup = (stops: readonly Stop[]) =>
  stops
    .map(
      ([offset, colour, opacity]) =>
        `<stop offset="${Math.round(offset * 1000) / 1000}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${Math.round(opacity * 1000) / 1000}"`}/>`,
    )
    .join('');

export function createInk(): Ink {
  const parts: string[] = [];
  const define = (markup: (id: string) => string) => {
    const id = `d${parts.length}`;
    parts.push(markup(id));
    return `url(#${id})`;
  };
  return {
    linear: (x1, y1, x2, y2, stops) =>
      define(
        (id) =>
          `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}">${stopMarkup(stops)}</linearGradient>`,
      ),
    radial: (cx, cy, radius, stops, squash = 1) =>
      define(
        (id) =>
          `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="${n(radius)}" gradientTransform="translate(${n(cx)} ${n(cy)}) scale(1 ${squash})">${stopMarkup(stops)}</radialGradient>`,
      ),
    pattern: (width, height, content, transform = '') =>
      define(
        (id) =>
          `<pattern id="${id}" patternUnits="userSpaceOnUse" width="${width}" height="${height}" patternTransform="${transform}">${content}</pattern>`,
      ),
    clip: (path) => define((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`),
    definitions: () => parts.join(''),
  };
}

export function fill(path: string, paint: string, opacity = 1): string {
  return `<path d="${path}" fill="${paint}"${opacity < 1 ? ` opacity="${Math.round(opacity * 1000) / 1000}"` : ''}/>`;
}

export function stroke(path: string, paint: string, width: number, opacity = 1, extra = ''): string {
  return `<path d="${path}" fill="none" stroke="${paint}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${opacity < 1 ? ` opacity="${Math.round(opacity * 1000) / 1000}"` : ''}${extra ? ` ${extra}` : ''}/>`;
}

export function group(content: string, transform: string, extra = ''): string {
  return `<g${transform ? ` transform="${transform}"` : ''}${extra ? ` ${extra}` : ''}>${content}</g>`;
}

/** A blurred line, made of a few translucent strokes: a real blur costs more than the rest of the picture. */
export function softStroke(path: string, paint: string, width: number, opacity: number, layers = 4): string {
  let markup = '';
  for (let layer = 1; layer <= layers; layer++) {
    markup += stroke(path, paint, (width * layer) / layers, opacity / layers);
  }
  return markup;
}
