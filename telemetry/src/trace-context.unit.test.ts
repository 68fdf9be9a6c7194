import { expect, test } from 'vitest';
import { parseTraceparent, traceparentOf } from './trace-context.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

test.each([
  [`00-${traceId}-${spanId}-01`, { traceId, spanId, isSampled: true }],
  [`00-${traceId}-${spanId}-00`, { traceId, spanId, isSampled: false }],
  [`00-${traceId}-${spanId}-03`, { traceId, spanId, isSampled: true }],
  // a later version may say more
  [`01-${traceId}-${spanId}-01-what`, { traceId, spanId, isSampled: true }],
  [`00-${traceId}-${spanId}-01-what`, null],
  [`ff-${traceId}-${spanId}-01`, null],
  [`00-${traceId.toUpperCase()}-${spanId}-01`, null],
  [`00-${'0'.repeat(32)}-${spanId}-01`, null],
  [`00-${traceId}-${'0'.repeat(16)}-01`, null],
  [`00-${traceId}-01`, null],
  ['', null],
  [undefined, null],
  [[`00-${traceId}-${spanId}-01`], null],
])('%s is read as %o', (value, parsed) => {
  expect(parseTraceparent(value)).toEqual(parsed);
});

test('what is written is read again', () => {
  const parent = { traceId, spanId, isSampled: true };
  expect(parseTraceparent(traceparentOf(parent))).toEqual(parent);
});
