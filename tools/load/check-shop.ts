import { setTimeout as wait } from 'node:timers/promises';
import { checkInvariants, type Domain } from '@souk/domain/app';
import { system } from '@souk/domain/kernel';
import { checkBooks, tell } from '../chaos/checker/check-books.ts';

/** Captures and the like are jobs: they may still be under way when the last shopper has left. */
const SETTLE_SECONDS = 60;

/**
 * Proves stock and money after a run: every invariant on the shop's data, and, where nobody else shops there, that the books of shop and
 * payment service tell the same.
 *
 * @returns what is not as it must be, once a minute has not mended it
 */
export async function breachesOfBooks(domain: Domain, isOurs: boolean): Promise<string[]> {
  const until = Date.now() + SETTLE_SECONDS * 1_000;
  for (;;) {
    const breaches = isOurs ? (await checkBooks(domain)).breaches.map(tell) : await brokenInvariants(domain);
    if (breaches.length === 0 || Date.now() > until) return breaches;
    await wait(2_000);
  }
}

async function brokenInvariants(domain: Domain): Promise<string[]> {
  const results = await checkInvariants(domain.context({ actor: system }));
  return results
    .filter(({ breaches }) => breaches > 0)
    .map(({ claim, breaches, examples }) => `not so: ${claim}: ${examples.join(', ')} (${breaches} in all)`);
}
