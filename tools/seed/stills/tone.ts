/** A colour as red, green and blue from 0 to 255. */
function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hexOf(parts: readonly number[]): string {
  return `#${parts
    .map((part) =>
      Math.round(Math.min(255, Math.max(0, part)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** `share` of the way from one colour to another. */
export function mix(from: string, to: string, share: number): string {
  const target = channels(to);
  return hexOf(channels(from).map((part, index) => part + ((target[index] ?? 0) - part) * share));
}

/** Lighter by a share above zero, darker by one below: light is warm and shade is cool, as in a room by a window. */
export function tone(hex: string, share: number): string {
  return share >= 0 ? mix(hex, '#fffaf0', share) : mix(hex, '#1c1d2b', -share);
}

/** How bright a colour looks, from 0 to 1. */
export function brightness(hex: string): number {
  const [red, green, blue] = channels(hex);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
