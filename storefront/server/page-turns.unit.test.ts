import { describe, expect, it, vi } from 'vitest';
import { createTurns, type TurnLimits } from './page-turns.ts';

const limits: TurnLimits = { atOnce: 2, mostWaiting: 3, longestWaitMs: 1_000, longestTurnMs: 300 };
const stays = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Takes turns under names, and notes who has begun. */
function line(changes: Partial<TurnLimits> = {}) {
  const turns = createTurns({ ...limits, ...changes });
  const begun: string[] = [];
  const refused: string[] = [];
  const ends = new Map<string, () => void>();
  const come = (name: string, left = stays) =>
    turns.take(left).then((end) => {
      if (end === null) refused.push(name);
      else {
        begun.push(name);
        ends.set(name, end);
      }
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { come, end, begun, refused };
}

describe('the turns of pages', () => {
  it('are so many at once, the others first come, first served', async () => {
    const { come, end, begun } = line();
    for (const name of ['a', 'b', 'c', 'd']) come(name);
    await settled();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('b');
    expect(begun, 'a turn ends once').toEqual(['a', 'b', 'c']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await end('c');
    await end('d');
    for (const name of ['e', 'f', 'g']) come(name);
    await settled();
    expect(begun.slice(4), 'all are free again').toEqual(['e', 'f']);
  });

  it('are refused at once when too many wait', async () => {
    const { come, refused } = line();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) come(name);
    await settled();
    expect(refused).toEqual(['f']);
  });

  it('pass by those who left, who keep no place', async () => {
    const { come, end, begun, refused } = line({ atOnce: 1 });
    const leaving = new AbortController();
    come('a');
    come('leaves', leaving.signal);
    come('b');
    leaving.abort();
    await settled();
    expect(refused).toEqual(['leaves']);
    await end('a');
    expect(begun).toEqual(['a', 'b']);
    come('gone', leaving.signal);
    await settled();
    expect(refused).toEqual(['leaves', 'gone']);
  });

  it('begin without those before that take too long, and are given up after a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const slow = line({ atOnce: 1 });
      slow.come('slow');
      slow.come('next');
      await settled();
      vi.advanceTimersByTime(301);
      await settled();
      expect(slow.begun).toEqual(['slow', 'next']);
      const stuck = line({ atOnce: 1, longestTurnMs: 10_000 });
      stuck.come('stuck');
      stuck.come('waits');
      await settled();
      vi.advanceTimersByTime(1_001);
      await settled();
      expect(stuck.refused).toEqual(['waits']);
    } finally {
      vi.useRealTimers();
    }
  });
});
