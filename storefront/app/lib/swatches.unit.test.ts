import { describe, expect, it } from 'vitest';
import { swatchOf } from './swatches.ts';

describe('swatches', () => {
  it.each([
    ['Navy', 'Navy Blue'],
    ['green', 'Sea Green'],
    ['Forest', 'forest green'],
    ['Grey', 'Grey Melange'],
  ])('shows %s for %s', (plain, named) => {
    expect(swatchOf(named)).toBe(swatchOf(plain));
  });

  it.each(['Multi', '', 'constructor', 'Festive'])('shows several colours for %j', (name) => {
    expect(swatchOf(name)).toMatch(/^conic-gradient/);
  });
});
