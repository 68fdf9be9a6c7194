import type { DomainConfig } from './config.ts';

interface Remembered {
  readonly until: number;
  readonly value: Promise<unknown>;
}

/** What a process may remember of the shop's tables at most: beyond it the oldest goes. */
const MOST = 500;

const memories = new WeakMap<DomainConfig, Map<string, Remembered>>();

/**
 * Loads what changes rarely and is asked for all the time, such as rates and rules, and remembers it in this process for
 * `SETTINGS_CACHE_SECONDS`: for so long another process may still say what staff just changed. Who asks at the same time shares one
 * answer; a failure is not remembered. What must be exact at the moment is never remembered: prices, stock, balances.
 *
 * @param key names the question; a prefix of the module's own keeps them apart
 */
export function remember<T>(
  ctx: { readonly config: DomainConfig },
  key: string,
  load: () => Promise<T>,
): Promise<T> {
  const milliseconds = ctx.config.settingsCacheSeconds * 1_000;
  if (milliseconds === 0) return load();
  const memory = memories.get(ctx.config) ?? new Map<string, Remembered>();
  memories.set(ctx.config, memory);
  const now = performance.now();
  const known = memory.get(key);
  if (known && known.until > now) return known.value as Promise<T>;
  const value = load();
  memory.delete(key);
  memory.set(key, { until: now + milliseconds, value });
  value.catch(() => memory.delete(key));
  const [oldest] = memory.keys();
  if (memory.size > MOST && oldest !== undefined) memory.delete(oldest);
  return value;
}

/** Forgets what this process remembers under a key: it has changed it. */
export function forget(ctx: { readonly config: DomainConfig }, key: string): void {
  memories.get(ctx.config)?.delete(key);
}
