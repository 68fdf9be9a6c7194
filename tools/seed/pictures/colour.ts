/** A colour in OKLCH, where equal steps look equal: lightness 0–1, chroma 0–0.4, hue in degrees. */
export type Lch = { l: number; c: number; h: number };

/** One material lit from dark to bright; `base` is the colour that a shopper would name. */
export type Tones = {
  deep: string;
  dark: string;
  shade: string;
  base: string;
  light: string;
  pale: string;
  /** Lightness and chroma of `base`. */
  lch: Lch;
};

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toGamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

/**
 * Reads `#rrggbb`.
 *
 * @throws RangeError when the text is anything else
 */
export function parseColour(text: string): Lch {
  if (!/^#[0-9a-f]{6}$/i.test(text)) {
    throw new RangeError(`a picture's colour is written #rrggbb, not ${JSON.stringify(text)}`);
  }
  const channel = (at: number) => toLinear(Number.parseInt(text.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = [channel(1), channel(3), channel(5)];
  // The matrices are Björn Ottosson's OKLab, 2020.
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return { l, c: Math.hypot(a, b), h: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 };
}

function linearOf({ l, c, h }: Lch): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** Writes `#rrggbb`; a colour that screens cannot show loses chroma, not lightness. */
export function toHex(colour: Lch): string {
  let { c } = colour;
  let channels = linearOf({ ...colour, c });
  for (let step = 0; step < 12 && channels.some((value) => value < -0.001 || value > 1.001); step++) {
    c *= 0.85;
    channels = linearOf({ ...colour, c });
  }
  return `#${channels
    .map((value) => Math.round(toGamma(clamp(value, 0, 1)) * 255))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The colour under less or more light: 0 is the deepest shadow, 0.6 the colour itself, 1 the brightest. */
export function lit(base: Lch, light: number): string {
  const amount = clamp(light, 0, 1.1);
  if (amount <= 0.6) {
    const depth = 1 - amount / 0.6;
    // Shadows keep their chroma and lean to blue, as on a table beside a window.
    return toHex({ l: base.l * (1 - 0.56 * depth), c: base.c * (1 - 0.25 * depth), h: base.h });
  }
  const rise = (amount - 0.6) / 0.4;
  const room = (1 - base.l) * (0.16 + 0.34 * base.l);
  return toHex({ l: Math.min(0.992, base.l + room * rise), c: base.c * (1 - 0.3 * rise), h: base.h });
}

/** The tones of a material from one colour; black and white keep room for shadow and light. */
export function tonesOf(colour: string | Lch): Tones {
  const read = typeof colour === 'string' ? parseColour(colour) : colour;
  const lch = { ...read, l: clamp(read.l, 0.25, 0.95) };
  return {
    deep: lit(lch, 0.05),
    dark: lit(lch, 0.25),
    shade: lit(lch, 0.44),
    base: lit(lch, 0.6),
    light: lit(lch, 0.8),
    pale: lit(lch, 1),
    lch,
  };
}

/** The same hue family at another lightness: for trims, bands and second yarns. */
export function shifted(tones: Tones, lightness: number, chroma = 1): Tones {
  const { l, c, h } = tones.lch;
  return tonesOf({ l: clamp(l + lightness, 0.2, 0.96), c: c * chroma, h });
}

/** A trim that stays visible on the colour: cream on dark things, a deeper tone on pale ones. */
export function contrasting(tones: Tones): Tones {
  return tones.lch.l > 0.62
    ? shifted(tones, -0.3, 1.1)
    : tonesOf({ l: 0.9, c: Math.min(0.03, tones.lch.c), h: tones.lch.c < 0.02 ? 80 : tones.lch.h });
}

const fixed = (l: number, c: number, h: number) => tonesOf({ l, c, h });
export const oak = fixed(0.75, 0.07, 72);
export const ash = fixed(0.84, 0.05, 78);
export const walnut = fixed(0.48, 0.055, 55);
export const brass = fixed(0.74, 0.09, 82);
export const steel = fixed(0.76, 0.006, 240);
export const iron = fixed(0.33, 0.008, 60);
export const linen = fixed(0.9, 0.02, 85);
export const leather = fixed(0.58, 0.09, 55);
export const leaf = fixed(0.56, 0.07, 140);
