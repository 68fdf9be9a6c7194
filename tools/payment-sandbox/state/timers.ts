import type { Sandbox } from '../call.ts';
import { numberOf, textOf } from './database.ts';

/** What happens by itself: a session lapses, a bank answers, a refund fails or arrives, a payout arrives. */
export type TimerKind = (typeof kinds)[number];

const longestSleep = 60_000;

/** Plans it in the transaction at hand; a later plan for the same thing replaces it. `dueAt` in milliseconds. */
export function schedule({ db }: Sandbox, kind: TimerKind, id: string, dueAt: number): void {
  db.run('insert or replace into timers (kind, id, due_at) values (?, ?, ?)', kind, id, dueAt);
}

export function unschedule({ db }: Sandbox, kind: TimerKind, id: string): void {
  db.run('delete from timers where kind = ? and id = ?', kind, id);
}

export interface Timers {
  /** Looks for what is due now: call it after a transaction that may have planned something. */
  wake(): void;
  close(): void;
}

/**
 * Runs what is due. The plan is in the database, and leaves it in the transaction of its effect: after a crash it
 * happens once, late rather than never.
 */
export function startTimers(sandbox: Sandbox, run: (kind: TimerKind, id: string) => void): Timers {
  const { db, clock } = sandbox;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function wake(): void {
    clearTimeout(timer);
    if (isClosed) return;
    for (;;) {
      const row = db.first('select kind, id, due_at from timers order by due_at limit 1');
      if (!row) return;
      const wait = numberOf(row, 'due_at') - clock();
      if (wait > 0) {
        timer = setTimeout(wake, Math.min(wait, longestSleep));
        timer.unref();
        return;
      }
      const [kind, id] = [kindOf(textOf(row, 'kind')), textOf(row, 'id')];
      db.transaction(() => {
        db.run('delete from timers where kind = ? and id = ?', textOf(row, 'kind'), id);
        if (kind) run(kind, id);
      });
    }
  }

  return {
    wake,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

const kinds = ['session_expiry', 'bank_answer', 'refund_answer', 'dispute', 'payout_arrival'] as const;

function kindOf(name: string): TimerKind | undefined {
  return kinds.find((kind) => kind === name);
}
