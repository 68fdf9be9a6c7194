import { type Backlog, type Domain, readBacklog } from '@souk/domain/app';
import { discrepancyKinds } from '@souk/domain/payments';
import { Gauge, type Registry } from 'prom-client';

/** For how long figures are shown again before Postgres is asked anew, also that there are none. */
const REMEMBERED_MS = 5_000;
/** How long Postgres may take over them, and how long a scrape waits for them. */
const STATEMENT_MS = 2_000;
const WAIT_MS = 3_000;

const figures: readonly { name: string; help: string; of: (backlog: Backlog) => number }[] = [
  { name: 'jobs_waiting', help: 'jobs that are due and that nobody is at', of: ({ jobs }) => jobs.waiting },
  {
    name: 'jobs_waiting_oldest_seconds',
    help: 'for how long the job is due that has waited longest',
    of: ({ jobs }) => jobs.oldestSeconds,
  },
  { name: 'jobs_dead', help: 'jobs that have failed for the last time', of: ({ jobs }) => jobs.dead },
  {
    name: 'events_waiting',
    help: 'events of the outbox that are not handed to their subscribers yet',
    of: ({ events }) => events.waiting,
  },
  {
    name: 'events_waiting_oldest_seconds',
    help: 'for how long the event waits in the outbox that came first',
    of: ({ events }) => events.oldestSeconds,
  },
  {
    name: 'events_dead',
    help: 'deliveries of events that were set aside after their last try',
    of: ({ events }) => events.dead,
  },
  {
    name: 'reservations_overdue',
    help: 'reservations whose time ran out and that are not given back yet',
    of: ({ reservations }) => reservations.overdue,
  },
  {
    name: 'reservations_overdue_oldest_seconds',
    help: 'for how long the time of the reservation is over that is overdue longest',
    of: ({ reservations }) => reservations.oldestSeconds,
  },
  {
    name: 'checkouts_placing_oldest_seconds',
    help: 'for how long the checkout is placing its order that began first',
    of: ({ placingSeconds }) => placingSeconds,
  },
  { name: 'mails_waiting', help: 'mails that wait to go out', of: ({ mails }) => mails.waiting },
  { name: 'mails_dead', help: 'mails that were given up', of: ({ mails }) => mails.dead },
];

/**
 * What the shop has yet to do, for the worker's registry alone: one statement for all of it, at most once in 5 s, however many scrape.
 * While Postgres is away, or slow, these figures are absent: a lost figure never reads as 0.
 */
export function addBacklogMetrics(registry: Registry, domain: Domain): void {
  const look = rememberedLook(domain);
  for (const { name, help, of } of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const backlog = await look();
        if (backlog === null) this.remove();
        else this.set(of(backlog));
      },
    });
  }
  new Gauge({
    name: 'payment_discrepancies_open',
    help: "differences between the payment provider's books and ours that nobody has resolved",
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const backlog = await look();
      this.reset();
      if (backlog === null) return;
      for (const kind of discrepancyKinds) this.set({ kind }, backlog.discrepancies.get(kind) ?? 0);
    },
  });
}

/** Reads the backlog, at most once at a time; null when it could not be read. */
function rememberedLook(domain: Domain): () => Promise<Backlog | null> {
  const { logger } = domain.context();
  let last: Promise<Backlog | null> | undefined;
  let freshUntil = Number.POSITIVE_INFINITY;
  return () => {
    if (last && performance.now() < freshUntil) return last;
    freshUntil = Number.POSITIVE_INFINITY;
    last = within(WAIT_MS, readBacklog(domain.context(), { withinMs: STATEMENT_MS }))
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'the backlog could not be measured');
        return null;
      })
      .finally(() => {
        freshUntil = performance.now() + REMEMBERED_MS;
      });
    return last;
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
