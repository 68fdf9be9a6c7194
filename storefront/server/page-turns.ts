/** How many pages are made at once, and how long the others may wait. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly mostWaiting: number;
  readonly longestWaitMs: number;
  /** After which the next begins although this one is not done: who reads slowly does not keep others waiting. */
  readonly longestTurnMs: number;
}

/** Ends a turn; once more does nothing. */
type EndTurn = () => void;

export interface Turns {
  /**
   * Waits for a turn: first come, first served. Nobody goes before others: who looks would wait for as long as a sale lasts.
   *
   * @param left tells that who waits is gone
   * @returns what ends it; null when there are too many before, the wait was too long, or who waited has left
   */
  take(left: AbortSignal): Promise<EndTurn | null>;
}

/**
 * Has pages made a few at a time, in order. Begun all at once, a thousand pages would all be done at the same late moment, and time out
 * together at whatever is slowest behind them; in turns, the first are done at once, and all are done as soon.
 */
export function createTurns(limits: TurnLimits): Turns {
  let free = limits.atOnce;
  const waiting = new Set<() => void>();

  function begin(): EndTurn {
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      const [next] = waiting;
      if (next) next();
      else free += 1;
    };
    const timer = setTimeout(end, limits.longestTurnMs).unref();
    return end;
  }

  return {
    async take(left) {
      if (left.aborted) return null;
      if (free > 0) {
        free -= 1;
        return begin();
      }
      if (waiting.size >= limits.mostWaiting) return null;
      return new Promise((resolve) => {
        const leave = (turn: EndTurn | null) => {
          waiting.delete(called);
          clearTimeout(timer);
          left.removeEventListener('abort', giveUp);
          resolve(turn);
        };
        const called = () => leave(begin());
        const giveUp = () => leave(null);
        const timer = setTimeout(giveUp, limits.longestWaitMs).unref();
        left.addEventListener('abort', giveUp);
        waiting.add(called);
      });
    },
  };
}
