import type { Redis } from 'ioredis';

/** So many answers in a row have to stay out before Redis is left alone. */
const SILENCES_TO_REST = 3;
/** How often a Redis that is left alone is asked whether it is back, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** After so many looks in vain its connection is given up, with all that was sent on it. */
const LOOKS_TO_RECONNECT = 20;

/** What stands between the shop and a Redis that may be gone, or hang. */
export interface RedisGuard {
  /** What Redis answers; null within its time-out when it does not, and at once while it is left alone. Never throws. */
  ask<Answer>(question: () => Promise<Answer>): Promise<Answer | null>;
  /**
   * Sends what must not be lost when Redis only hangs: it is sent also while Redis is left alone, and done when that goes on. It is
   * waited for like a question.
   */
  tell(command: () => Promise<unknown>): Promise<void>;
  isUp(): boolean;
  close(): void;
}

/**
 * Guards a client with `enableOfflineQueue: false` and a `commandTimeout`. One that is disconnected costs nothing; one that hangs
 * (stopped, out of memory, behind a network that drops packets) would cost each command its time-out, so after a few silences nobody waits
 * for it any more, and it is asked in the background until it answers.
 *
 * @param on.silence told when it is left alone; `on.back` when it answers again
 */
export function guardRedis(redis: Redis, on: { silence?(): void; back?(): void } = {}): RedisGuard {
  let silences = 0;
  let looking: NodeJS.Timeout | undefined;

  const rest = () => {
    on.silence?.();
    let looks = 0;
    looking = setInterval(() => {
      looks += 1;
      if (looks % LOOKS_TO_RECONNECT === 0) redis.disconnect(true);
      if (redis.status !== 'ready') return;
      redis.ping().then(wake, () => {});
    }, LOOK_EVERY_MS);
    looking.unref();
  };
  const wake = () => {
    if (looking === undefined) return;
    clearInterval(looking);
    looking = undefined;
    silences = 0;
    on.back?.();
  };
  const awaitAnswer = async <Answer>(command: () => Promise<Answer>): Promise<Answer | null> => {
    try {
      const answer = await command();
      silences = 0;
      return answer;
    } catch (error) {
      const isSilent = error instanceof Error && error.message === 'Command timed out';
      silences = isSilent ? silences + 1 : 0;
      if (silences >= SILENCES_TO_REST && looking === undefined) rest();
      return null;
    }
  };
  return {
    async ask(question) {
      if (looking !== undefined || redis.status !== 'ready') return null;
      return awaitAnswer(question);
    },
    async tell(command) {
      if (redis.status !== 'ready') return;
      if (looking === undefined) await awaitAnswer(command);
      else command().catch(() => {});
    },
    isUp: () => looking === undefined && redis.status === 'ready',
    close() {
      clearInterval(looking);
      redis.disconnect();
    },
  };
}
