import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_QUERY_LENGTH, normaliseFacetValue, normaliseQuery } from './query-text.ts';

describe('normaliseQuery', () => {
  test.each([
    ['  red   shoes ', 'red shoes'],
    ['ＲＥＤ', 'RED'],
    ['red\u0000shoes', 'red shoes'],
    ['women’s bra', 'women bra'],
    ["men's", 'men'],
    ["rock 's'n", "rock 's'n"],
    ['zero\u200bwidth', 'zero width'],
    ['\ud800lonely', 'lonely'],
    ['', ''],
  ])('%j → %j', (typed, expected) => {
    expect(normaliseQuery(typed)).toBe(expected);
  });

  test('keeps whatever is typed short, well formed and stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (typed) => {
        const query = normaliseQuery(typed);
        expect(query.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
        expect(query.isWellFormed()).toBe(true);
        expect(query).not.toContain('\u0000');
      }),
    );
  });

  test('cuts between characters', () => {
    expect(normaliseQuery(`${'a'.repeat(MAX_QUERY_LENGTH - 1)}👟`)).toBe('a'.repeat(MAX_QUERY_LENGTH - 1));
  });
});

test('facet values differ by more than case and blanks', () => {
  expect(normaliseFacetValue(' Navy  BLUE\n')).toBe('navy blue');
});
