import {
  currencyCodes,
  jobOutcomes,
  type Observer,
  paymentOutcomes,
  statementKinds,
  webhookOutcomes,
} from '@souk/domain/kernel';
import { paymentMethods } from '@souk/domain/payments';
import { Counter, Histogram, type Registry } from 'prom-client';

const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15];
const WAIT_SECONDS = [0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const JOB_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** One value for each name, made once: what happens many times a request must not look up its series each time. */
function each<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** A counter by one label whose values are known: each begins at 0, so that its first increase is seen. */
function counterBy<Name extends string>(
  registry: Registry,
  about: { name: string; help: string; label: string; values: readonly Name[] },
): (value: Name) => void {
  const { name, help, label, values } = about;
  const counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
  const children = each(values, (value) => counter.labels({ [label]: value }));
  for (const value of values) children[value].inc(0);
  return (value) => children[value].inc();
}

/** Measures what the domain tells of. Jobs are left to the worker, see `observeJobs`. */
export function observeDomain(registry: Registry): Omit<Observer, 'jobEnded'> {
  return { ...observeDatabase(registry), ...observeSales(registry), ...observeHelpers(registry) };
}

function observeDatabase(registry: Registry): Pick<Observer, 'statement' | 'connectionWait'> {
  const statements = new Histogram({
    name: 'database_statement_duration_seconds',
    help: 'time from sending a statement to having its answer, transaction control left out',
    labelNames: ['kind'],
    buckets: STATEMENT_SECONDS,
    registers: [registry],
  });
  const waits = new Histogram({
    name: 'database_pool_wait_seconds',
    help: 'time that callers waited for a connection of the pool, also in vain',
    buckets: WAIT_SECONDS,
    registers: [registry],
  });
  const byKind = each(statementKinds, (kind) => statements.labels({ kind }));
  return {
    statement: (kind, seconds) => byKind[kind].observe(seconds),
    connectionWait: (seconds) => waits.observe(seconds),
  };
}

function observeSales(
  registry: Registry,
): Pick<Observer, 'orderPlaced' | 'paymentEnded' | 'webhookReceived'> {
  const orders = new Counter({
    name: 'orders_placed_total',
    help: 'orders placed by this process, after their commit',
    labelNames: ['currency', 'method'],
    registers: [registry],
  });
  const revenue = new Counter({
    name: 'order_revenue_minor_total',
    help: 'totals of the orders placed by this process, in minor units; what is cancelled or refunded later is not taken off',
    labelNames: ['currency'],
    registers: [registry],
  });
  for (const currency of currencyCodes) {
    revenue.inc({ currency }, 0);
    for (const method of paymentMethods) orders.inc({ currency, method }, 0);
  }
  return {
    orderPlaced({ currency, method, amount }) {
      orders.inc({ currency, method });
      revenue.inc({ currency }, amount);
    },
    paymentEnded: counterBy(registry, {
      name: 'payments_total',
      help: 'what became of tries to have the payment provider take money',
      label: 'outcome',
      values: paymentOutcomes,
    }),
    webhookReceived: counterBy(registry, {
      name: 'webhooks_total',
      help: "webhooks of the payment provider's that came in",
      label: 'outcome',
      values: webhookOutcomes,
    }),
  };
}

function observeHelpers(registry: Registry): Pick<Observer, 'cacheRead' | 'searched'> {
  return {
    cacheRead: counterBy(registry, {
      name: 'cache_requests_total',
      help: 'reads of the cache; an error is a cache that is away or did not answer',
      label: 'outcome',
      values: ['hit', 'miss', 'error'],
    }),
    searched: counterBy(registry, {
      name: 'search_requests_total',
      help: 'listings and searches, by the engine that answered',
      label: 'engine',
      values: ['meilisearch', 'postgres'],
    }),
  };
}

/** Measures the jobs, schedules and deliveries that this process runs. */
export function observeJobs(registry: Registry): Pick<Observer, 'jobEnded'> {
  const jobs = new Histogram({
    name: 'job_duration_seconds',
    help: `time that one run of a job, a schedule or a subscriber's delivery took; outcomes: ${jobOutcomes.join(', ')}`,
    labelNames: ['job', 'outcome'],
    buckets: JOB_SECONDS,
    registers: [registry],
  });
  return { jobEnded: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds) };
}
