import { runningNodes } from '../cluster.ts';
import { startMonitoring } from '../monitoring.ts';
import { loadSoukImages, prepareNamespace } from '../souk.ts';
import { autoscalingChecks } from './autoscaling.ts';
import { clusterChecks } from './basics.ts';
import { runChecks } from './check.ts';
import { shopChecks } from './purchase.ts';
import { releaseChecks } from './releases.ts';

/** Proves the cluster, and Souk in it; answers how many checks failed. A shop that is installed already is used as it is. */
export async function testCluster(tell: (line: string) => void): Promise<number> {
  const nodes = runningNodes();
  const [first] = nodes;
  if (first === undefined) throw new Error('no cluster is up: npm run cluster:up');
  const cluster = { nodes, first, tell };
  let failed = await runChecks(clusterChecks, cluster);
  await loadSoukImages(nodes, tell);
  await prepareNamespace();
  await startMonitoring();
  for (const checks of [shopChecks, releaseChecks, autoscalingChecks])
    failed += await runChecks(checks, cluster);
  return failed;
}
