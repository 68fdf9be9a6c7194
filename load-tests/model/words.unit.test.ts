import { expect, it } from 'vitest';
import { evenly, wordsOf } from './words.ts';

it('takes so many from all over a list, each once', () => {
  const numbers = Array.from({ length: 1_000 }, (_, index) => index);
  const some = evenly(numbers, 60);
  expect(some).toHaveLength(60);
  expect(new Set(some).size).toBe(60);
  expect(some.filter((number) => number < 500)).toHaveLength(30);
  expect(evenly([1, 2], 60)).toEqual([1, 2]);
});

it('makes of a product what somebody types who looks for it', () => {
  expect(wordsOf(['/p/harbour-mug', '/p/speckle-mug', '/p/tx'])).toEqual([
    'mug',
    'harbour mug',
    'speckle mug',
  ]);
});
