import type { Context } from '../kernel/index.ts';
import { isResting, isStoodInFor } from './breaker.ts';
import { SEARCH_TIMEOUT_MS } from './meili-search.ts';

/** Tells whether this process lets Postgres answer because the engine is away; null in a shop that has no engine. */
export function isSearchFallingBack(ctx: Context): boolean | null {
  const { meili } = ctx.services;
  return meili && ctx.config.meili ? isStoodInFor(ctx, meili) : null;
}

/** How the search engine is doing: `down` is no reason to turn shoppers away, for Postgres answers. Never throws. */
export async function searchHealth(ctx: Context): Promise<'up' | 'down' | 'off'> {
  const { meili } = ctx.services;
  if (!meili || !ctx.config.meili) return 'off';
  if (isResting(ctx, meili)) return 'down';
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, SEARCH_TIMEOUT_MS, false);
  });
  const isUp = await Promise.race([meili.isHealthy(), tooLate]);
  clearTimeout(timer);
  return isUp ? 'up' : 'down';
}
