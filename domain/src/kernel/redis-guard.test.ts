import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Line, openLine } from '../testing/index.ts';
import { createLogger, createRedisCache } from './index.ts';

const redisUrl = new URL(process.env.REDIS_URL ?? '');
const logger = createLogger({ name: 'test', level: 'silent' });
const prefix = `guard-${process.pid}:`;

let line: Line;
let cache: ReturnType<typeof createRedisCache>;
let other: ReturnType<typeof createRedisCache>;

beforeEach(async () => {
  line = await openLine(redisUrl.href);
  const through = new URL(redisUrl);
  through.port = new URL(line.url).port;
  cache = createRedisCache({ url: through.href, prefix }, logger);
  other = createRedisCache({ url: redisUrl.href, prefix }, logger);
  await expect.poll(() => [cache.state(), other.state()]).toEqual(['up', 'up']);
});

afterEach(async () => {
  await Promise.all([cache.close(), other.close()]);
  await line.close();
});

const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

test('a cache that hangs costs a few reads their time-out, and the others nothing', async () => {
  line.hang();
  for (let read = 0; read < 3; read += 1) expect(await cache.get('a')).toBeNull();
  expect(cache.state()).toBe('down');
  expect(await timed(() => Promise.all(Array.from({ length: 50 }, () => cache.get('a'))))).toBeLessThan(100);
  expect(await timed(() => cache.set('a', 1, 60))).toBeLessThan(100);
});

test('what was changed while it hung is told when it goes on: nobody is served what was before', async () => {
  await cache.set('cart', 'before', 60);
  line.hang();
  for (let read = 0; read < 3; read += 1) await cache.get('cart');
  await cache.set('cart', 'after', 60);
  line.goOn();
  await expect.poll(() => cache.state(), { timeout: 5_000 }).toBe('up');
  expect(await cache.get('cart')).toBe('after');
  expect(await other.get('cart')).toBe('after');
});

test('a cache that died is missed at once, and used again when it is back', async () => {
  await cache.set('b', 1, 60);
  await line.kill();
  await expect.poll(() => cache.state()).toBe('down');
  expect(await timed(() => cache.get('b'))).toBeLessThan(100);
  await line.restore();
  await expect.poll(() => cache.get('b'), { timeout: 10_000 }).toBe(1);
});
