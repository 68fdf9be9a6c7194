import type { AppRouter } from '@souk/bff/types';
import type { OperationResultEnvelope, TRPCClientError, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { refusalOf } from './bff-errors.server.ts';

/** What a page of the shop shows to everybody in the same region. What is somebody's own is never kept. */
const forEverybody = new Set([
  'shop.info',
  'catalog.categoryTree',
  'catalog.category',
  'catalog.product',
  'search.products',
]);

/** For how long an answer may stand in for one that cannot be had, in milliseconds. */
const KEPT_MS = 10 * 60_000;
/** How many are kept at most, in this process; those asked for longest ago go first. */
const MOST_KEPT = 300;

type Answer = OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>;

interface Kept {
  readonly at: number;
  readonly answer: Answer;
}

const answers = new Map<string, Kept>();

function keep(key: string, answer: Answer): void {
  answers.delete(key);
  answers.set(key, { at: performance.now(), answer });
  const [oldest] = answers.keys();
  if (answers.size > MOST_KEPT && oldest !== undefined) answers.delete(oldest);
}

/**
 * Lets those who are not logged in go on looking around while the shop's data are out of reach: the last answer to the same question, of the
 * last ten minutes, stands in. Nothing is bought by it: whatever changes something goes to the bff and is refused there.
 *
 * @param audience what the answers depend on besides the question: region and language; null to keep out of it
 */
export function lastAnswersLink(audience: string | null): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) => {
      if (audience === null || op.type !== 'query' || !forEverybody.has(op.path)) return next(op);
      const key = JSON.stringify([audience, op.path, op.input]);
      return observable((observer) =>
        next(op).subscribe({
          next(answer) {
            if ('data' in answer.result) keep(key, answer);
            observer.next(answer);
          },
          error(error) {
            const kept = refusalOf(error)?.code === 'unavailable' ? answers.get(key) : undefined;
            if (kept === undefined || performance.now() - kept.at > KEPT_MS) {
              observer.error(error);
              return;
            }
            observer.next(kept.answer);
            observer.complete();
          },
          complete: () => observer.complete(),
        }),
      );
    };
}
