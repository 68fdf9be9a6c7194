import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestLocations } from './fewest-locations.ts';
import type { AllocationProblem, Location } from './model.ts';

const place = (id: string, country: string, parts: Partial<Location> = {}): Location => ({
  id,
  country,
  countries: [],
  priority: 0,
  ...parts,
});
const oakland = place('oakland', 'US');
const berlin = place('berlin', 'DE', { countries: ['DE', 'FR', 'AT'], priority: 5 });
const lyon = place('lyon', 'FR', { priority: 9 });

function problem(
  stock: Record<string, Record<string, number | { free: number; ahead: number }>>,
  lines: Record<string, number>,
  country: string | null,
  locations: readonly Location[] = [oakland, berlin, lyon],
): AllocationProblem {
  return {
    lines: Object.entries(lines).map(([variantId, quantity]) => ({ variantId, quantity })),
    destination: country === null ? null : { country },
    locations,
    sources: Object.entries(stock).flatMap(([locationId, units]) =>
      Object.entries(units).map(([variantId, has]) => ({
        variantId,
        locationId,
        ...(typeof has === 'number' ? { free: has, ahead: 0 } : has),
      })),
    ),
  };
}

const chosen = (of: AllocationProblem) =>
  fewestLocations(of)
    .map(({ variantId, locationId, quantity, ahead }) =>
      [quantity, variantId, 'from', locationId, ...(ahead > 0 ? [`ahead ${ahead}`] : [])].join(' '),
    )
    .toSorted();

describe('where a sale is sent from', () => {
  const everywhere = {
    oakland: { shirt: 5, tray: 5 },
    berlin: { shirt: 5, tray: 5 },
    lyon: { shirt: 5, tray: 5 },
  };

  test.each([
    ['the country itself', 'FR', ['1 shirt from lyon', '2 tray from lyon']],
    ['one that names the country', 'AT', ['1 shirt from berlin', '2 tray from berlin']],
    ['by priority, where none is nearer', 'US', ['1 shirt from oakland', '2 tray from oakland']],
    ['by priority, to nobody knows where', null, ['1 shirt from oakland', '2 tray from oakland']],
  ])('%s', (_, country, expected) => {
    expect(chosen(problem(everywhere, { shirt: 1, tray: 2 }, country))).toEqual(expected);
  });

  test('one parcel from afar before two from near', () => {
    const stock = { lyon: { shirt: 5 }, berlin: { tray: 5 }, oakland: { shirt: 5, tray: 5 } };
    expect(chosen(problem(stock, { shirt: 1, tray: 1 }, 'FR'))).toEqual([
      '1 shirt from oakland',
      '1 tray from oakland',
    ]);
  });

  test('two parcels when it must be, and a line stays whole if it can', () => {
    const stock = { lyon: { shirt: 2 }, berlin: { shirt: 3, tray: 1 }, oakland: { shirt: 1 } };
    expect(chosen(problem(stock, { shirt: 3, tray: 1 }, 'FR'))).toEqual([
      '1 tray from berlin',
      '3 shirt from berlin',
    ]);
    expect(chosen(problem(stock, { shirt: 5 }, 'FR'))).toEqual(['2 shirt from lyon', '3 shirt from berlin']);
    expect(chosen(problem(stock, { shirt: 6 }, 'FR'))).toEqual([
      '1 shirt from oakland',
      '2 shirt from lyon',
      '3 shirt from berlin',
    ]);
  });

  test('what lies there goes before what is promised, which comes from where it is expected', () => {
    const stock = { lyon: { shirt: 2 }, oakland: { shirt: { free: 1, ahead: 100 } } };
    expect(chosen(problem(stock, { shirt: 2 }, 'FR'))).toEqual(['2 shirt from lyon']);
    expect(chosen(problem(stock, { shirt: 7 }, 'FR'))).toEqual([
      '2 shirt from lyon',
      '5 shirt from oakland ahead 4',
    ]);
  });

  test('many locations do not take long', () => {
    const many = Array.from({ length: 200 }, (_, index) => place(`place-${index}`, 'US'));
    const stock = Object.fromEntries(many.map(({ id }, index) => [id, { [`thing-${index}`]: 1 }]));
    const lines = Object.fromEntries(many.map((_, index) => [`thing-${index}`, 1]));
    expect(fewestLocations(problem(stock, lines, 'US', many))).toHaveLength(200);
  });
});

test('any sale that can be served is served: each line in full, of nothing more than there is', () => {
  const variants = ['a', 'b', 'c'];
  const units = fc.record({ free: fc.nat(4), ahead: fc.oneof(fc.constant(0), fc.nat(5)) });
  const stockAt = fc.record({ a: units, b: units, c: units });
  fc.assert(
    fc.property(
      fc.record({ oakland: stockAt, berlin: stockAt, lyon: stockAt }),
      fc.record({ a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
      fc.constantFrom('US', 'DE', 'FR', 'AT', null),
      (stock, wanted, country) => {
        const lines = Object.fromEntries(
          Object.entries(wanted).filter(([variant, quantity]) => {
            const has = problem(stock, {}, country).sources.filter((source) => source.variantId === variant);
            return quantity > 0 && quantity <= has.reduce((sum, { free, ahead }) => sum + free + ahead, 0);
          }),
        );
        const asked = problem(stock, lines, country);
        const allocations = fewestLocations(asked);
        for (const variant of variants) {
          const taken = allocations.filter((allocation) => allocation.variantId === variant);
          expect(taken.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(lines[variant] ?? 0);
          const free = asked.sources
            .filter((source) => source.variantId === variant)
            .reduce((sum, source) => sum + source.free, 0);
          expect(taken.reduce((sum, { ahead }) => sum + ahead, 0)).toBe(
            Math.max(0, (lines[variant] ?? 0) - free),
          );
        }
        const places = allocations.map(({ variantId, locationId }) => `${variantId} ${locationId}`);
        expect(new Set(places).size).toBe(places.length);
        for (const { variantId, locationId, quantity, ahead } of allocations) {
          const source = asked.sources.find(
            (candidate) => candidate.variantId === variantId && candidate.locationId === locationId,
          );
          expect(ahead).toBeLessThanOrEqual(source?.ahead ?? 0);
          expect(quantity - ahead).toBeLessThanOrEqual(source?.free ?? 0);
        }
      },
    ),
  );
});
