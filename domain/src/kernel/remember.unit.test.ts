import { expect, test, vi } from 'vitest';
import { loadDomainConfig } from './config.ts';
import { forget, remember } from './remember.ts';

const configWith = (seconds: string) =>
  loadDomainConfig({
    DATABASE_URL: 'postgres://localhost/none',
    SOUK_SECRET: 'a-secret-for-tests-that-is-long-enough',
    STRIPE_SECRET_KEY: 'sk_test_x',
    STRIPE_WEBHOOK_SECRET: 'whsec_x',
    SETTINGS_CACHE_SECONDS: seconds,
  });

test('what is asked for at once or soon again is loaded once, by shop and question', async () => {
  const ctx = { config: configWith('5') };
  const load = vi.fn(async () => ({ rates: 3 }));
  const answers = await Promise.all([remember(ctx, 'a', load), remember(ctx, 'a', load)]);
  expect(answers).toEqual([{ rates: 3 }, { rates: 3 }]);
  await remember(ctx, 'a', load);
  expect(load).toHaveBeenCalledTimes(1);
  await remember(ctx, 'b', load);
  await remember({ config: configWith('5') }, 'a', load);
  expect(load).toHaveBeenCalledTimes(3);
});

test('who has changed it forgets what was remembered', async () => {
  const ctx = { config: configWith('60') };
  await remember(ctx, 'a', async () => 'before');
  await remember(ctx, 'b', async () => 'other');
  forget(ctx, 'a');
  expect(await remember(ctx, 'a', async () => 'after')).toBe('after');
  expect(await remember(ctx, 'b', async () => 'anew')).toBe('other');
});

test('a failure is not remembered', async () => {
  const ctx = { config: configWith('5') };
  await expect(remember(ctx, 'a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await remember(ctx, 'a', async () => 'there')).toBe('there');
});

test('nothing is remembered for longer than the shop says', async () => {
  const ctx = { config: configWith('0') };
  const load = vi.fn(async () => 1);
  await remember(ctx, 'a', load);
  await remember(ctx, 'a', load);
  expect(load).toHaveBeenCalledTimes(2);
});

test('who asks for ever new things fills no memory', async () => {
  const ctx = { config: configWith('60') };
  for (let asked = 0; asked < 600; asked += 1) await remember(ctx, `${asked}`, async () => asked);
  const load = vi.fn(async () => -1);
  expect(await remember(ctx, '599', load)).toBe(599);
  expect(await remember(ctx, '0', load)).toBe(-1);
});
