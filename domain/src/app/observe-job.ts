import { type Context, deliverJob, type JobOutcome, type JobRun } from '../kernel/index.ts';

/** Runs a job, and tells `ctx.observe` how long it took and what became of it. Throws what `work` throws. */
export async function observeJob(
  ctx: Context,
  job: { readonly name: string; readonly attempt: number; readonly isLastAttempt: boolean },
  work: (run: JobRun) => Promise<void>,
): Promise<void> {
  const { name, attempt, isLastAttempt } = job;
  const startedAt = performance.now();
  let outcome: JobOutcome = isLastAttempt ? 'dead' : 'failed';
  let hasSetAside = false;
  const setAside = () => {
    hasSetAside = true;
  };
  try {
    await work({ attempt, isLastAttempt, setAside });
    outcome = hasSetAside ? 'dead' : 'ok';
  } finally {
    ctx.observe.jobEnded(name, outcome, (performance.now() - startedAt) / 1000);
  }
}

/** What a job is measured as: the one that delivers events to subscribers as each of these. */
export function measuredName(ctx: Context, job: { readonly name: string }, payload: unknown): string {
  if (job.name !== deliverJob.name) return job.name;
  const subscriber = deliverJob.payload.safeParse(payload).data?.subscriber;
  return ctx.subscriptions.find(({ name }) => name === subscriber)?.name ?? job.name;
}
