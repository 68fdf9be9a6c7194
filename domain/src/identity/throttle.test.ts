import { afterAll, beforeAll, expect, test } from 'vitest';
import { createContext } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { beginTry, type Counter } from './throttle.ts';
import { fromOnePlace } from './throttle-rules.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

test('of two tries at once, the one that began first is let through also when it is counted last', async () => {
  const at = (moment: number) => createContext({ ...shop.ctx, clock: { now: () => new Date(moment) } });
  const counters: Counter[] = [
    { name: ['test', crypto.randomUUID()], rule: fromOnePlace, onSuccess: 'reset' },
  ];
  const began = Date.now();
  await beginTry(at(began + 7), counters);
  await expect(beginTry(at(began), counters)).resolves.toBeDefined();
});
