import { DomainError } from '../../kernel/index.ts';

/**
 * Lets `running` pieces of work run at once and `waiting` more wait their turn.
 *
 * @throws DomainError `unavailable` when more want to
 */
export function limitWork(limits: { running: number; waiting: number }) {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limits.running) {
      if (queue.length >= limits.waiting) throw new DomainError('unavailable', 'too much work is waiting');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // a place is handed on, so that nobody slips in between
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
