import type { Domain } from './domain.ts';

/**
 * Gives the jobs of a worker that has to end before they have back to the queue, as if it had never taken them: another worker begins them
 * anew at once, and no try is counted. Who calls it must end right after, for the jobs still run here.
 *
 * @param poolId the name by which the worker locks jobs
 * @returns the names of the jobs
 */
export async function handBackJobs(domain: Domain, poolId: string): Promise<string[]> {
  const { rows } = await domain.pool.query<{ task: string }>(handing, [poolId]);
  await domain.pool.query('select graphile_worker.force_unlock_workers(array[$1])', [poolId]);
  return rows.map(({ task }) => task);
}

const handing = `
  update graphile_worker._private_jobs job
  set attempts = greatest(job.attempts - 1, 0), run_at = least(job.run_at, now())
  from graphile_worker._private_tasks task
  where task.id = job.task_id and job.locked_by = $1
  returning task.identifier as task`;
