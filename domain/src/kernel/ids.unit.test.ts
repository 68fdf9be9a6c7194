import { expect, test } from 'vitest';
import { systemIds } from './ids.ts';

test('ids are UUIDv7, ascend as they are made, and never repeat', () => {
  const made = Array.from({ length: 5_000 }, () => systemIds.next());
  expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(made).toEqual(made.toSorted());
  expect(new Set(made).size).toBe(made.length);
});
