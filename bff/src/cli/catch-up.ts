import { setTimeout as sleep } from 'node:timers/promises';
import { type Domain, drainEvents } from '@souk/domain/app';
import { type Context, pendingDeliveries } from '@souk/domain/kernel';
import { startProgress } from './progress.ts';

/** The subscriber that keeps the search in step. */
const SEARCH = 'search.index';

/** How long the search may stand still before we stop waiting. */
const PATIENCE_MS = 30_000;

/**
 * Waits until shoppers can find what has changed: delivers the events itself while no worker does.
 *
 * @returns how many changes are still to come when the search makes no headway; 0 when it has caught up
 */
export async function waitForSearch(ctx: Context, domain: Domain): Promise<number> {
  const total = await pendingDeliveries(ctx, SEARCH);
  if (total === 0) return 0;
  const progress = startProgress({ title: 'Search', total, things: 'changes' });
  let isDraining = true;
  const draining = drainEvents(domain).finally(() => {
    isDraining = false;
  });
  // it is awaited below; until then a failure must not end the process
  draining.catch(() => {});
  let left = total;
  let movedAt = Date.now();
  try {
    while (left > 0 && (isDraining || Date.now() - movedAt < PATIENCE_MS)) {
      await sleep(200);
      const now = await pendingDeliveries(ctx, SEARCH);
      if (now < left) movedAt = Date.now();
      left = now;
      progress.update(total - left, total - left);
    }
    await draining;
    return left;
  } finally {
    progress.stop();
  }
}
