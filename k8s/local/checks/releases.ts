import { attemptKubectl, kubectl, rolledOut } from '../kubectl.ts';
import { type Load, type LoadFigures, startLoad } from '../load.ts';
import type { ClusterNode } from '../settings.ts';
import { until } from '../shell.ts';
import { deploySouk, namespace, tagSoukImages } from '../souk.ts';
import type { Check, CheckedCluster } from './check.ts';
import { must } from './check.ts';

/** Requests a second: little, for the machine runs shop, cluster and k6 at once. */
const rate = 10;
/** Longer than anything that happens meanwhile: loads are ended when it has. */
const atMost = 900;
const parts = ['storefront', 'bff', 'worker'] as const;

/** What happens to a shop that sells: new versions, lost pods, nodes that are emptied. */
export const releaseChecks: readonly Check[] = [
  { claim: 'a new version rolls out under load without a failed request', prove: newVersion },
  { claim: 'the schema is migrated once an upgrade, before the pods are replaced', prove: migratesOnce },
  {
    claim: 'pods that are deleted under load end before their grace period does, and fail no request',
    prove: podsEnd,
  },
  { claim: 'a pod that is killed under load is replaced', prove: killedPod },
  { claim: 'a drain of a node keeps to the disruption budgets and fails no request', prove: drain },
];

let upgrades = 0;

/** Upgrades the release to a tag that no pod has; answers the tag. */
async function upgrade(nodes: readonly ClusterNode[]): Promise<string> {
  upgrades += 1;
  const tag = `check-${Date.now().toString(36)}-${upgrades}`;
  await tagSoukImages(nodes, tag);
  await deploySouk(tag);
  return tag;
}

async function newVersion({ nodes, first }: CheckedCluster): Promise<string> {
  const { figures, seconds } = await underLoad(first, 'upgrade', async () => {
    const tag = await upgrade(nodes);
    for (const part of parts) await rolledOut(namespace, `deployment/souk-${part}`);
    const images = await kubectl([
      '-n',
      namespace,
      'get',
      'pods',
      '-o',
      'jsonpath={.items[*].spec.containers[*].image}',
    ]);
    must(images.includes(`souk-storefront:${tag}`), `no storefront of ${tag} runs: ${images}`);
  });
  mustNotFail(figures);
  return `${tell(figures)}, all pods new after ${seconds} s`;
}

async function migratesOnce({ nodes }: CheckedCluster): Promise<string> {
  const since = new Date(Date.now() - 1000).toISOString();
  await upgrade(nodes);
  const events = await kubectl(['-n', namespace, 'get', 'events', '-o', 'json']);
  const { items }: { items: readonly Event[] } = JSON.parse(events);
  const recent = items.filter(({ metadata }) => metadata.creationTimestamp >= since);
  const runs = recent.filter(
    ({ reason, message }) => reason === 'SuccessfulCreate' && /pod: souk-migrate/.test(message),
  );
  const done = recent.filter(
    ({ reason, involvedObject }) => reason === 'Completed' && /^souk-migrate/.test(involvedObject.name),
  );
  must(runs.length === 1, `${runs.length} pods of the migration were made`);
  must(done.length === 1, `${done.length} migrations completed`);
  const end = done[0]?.metadata.creationTimestamp ?? '';
  const replaced = recent.filter(
    ({ reason, message }) =>
      reason === 'SuccessfulCreate' && /pod: souk-(storefront|bff|worker)-/.test(message),
  );
  must(replaced.length > 0, 'no pod was replaced');
  must(
    replaced.every(({ metadata }) => metadata.creationTimestamp >= end),
    'a pod was replaced before the schema was migrated',
  );
  return `1 pod of the migration made, 1 job completed, then ${replaced.length} pods replaced`;
}

interface Event {
  readonly metadata: { readonly creationTimestamp: string };
  readonly involvedObject: { readonly name: string };
  readonly reason: string;
  readonly message: string;
}

async function podsEnd({ first }: CheckedCluster): Promise<string> {
  const ends: string[] = [];
  const { figures } = await underLoad(first, 'deleted-pods', async () => {
    for (const part of parts) {
      const { name, grace } = await podOf(part);
      const started = Date.now();
      await kubectl(['-n', namespace, 'delete', 'pod', name, '--wait=true', '--timeout=120s']);
      const seconds = (Date.now() - started) / 1000;
      must(seconds < grace, `${name} took ${seconds.toFixed(1)} s of its ${grace} s: it was killed`);
      ends.push(`${part} ${seconds.toFixed(1)} of ${grace} s`);
      await rolledOut(namespace, `deployment/souk-${part}`);
    }
  });
  mustNotFail(figures);
  return `${ends.join(', ')}; ${tell(figures)}`;
}

async function killedPod({ first }: CheckedCluster): Promise<string> {
  const { figures, seconds } = await underLoad(first, 'killed-pod', async () => {
    const { name } = await podOf('storefront');
    await kubectl(['-n', namespace, 'delete', 'pod', name, '--grace-period=0', '--force']);
    await rolledOut(namespace, 'deployment/souk-storefront');
  });
  // Who was being answered at that moment is not answered: nothing can help those.
  const share = figures.failed / figures.requests;
  must(share < 0.02, `${tell(figures)}: ${figures.failures.join(', ')}`);
  return `whole again after ${seconds} s; ${tell(figures)}`;
}

async function drain({ nodes, first }: CheckedCluster): Promise<string> {
  const node = nodes.at(-1) ?? first;
  const budgets = await kubectl(['-n', namespace, 'get', 'poddisruptionbudgets', '-o', 'name']);
  for (const part of ['storefront', 'bff']) {
    must(budgets.includes(`souk-${part}`), `there is no disruption budget for ${part}`);
  }
  let fewest = Number.POSITIVE_INFINITY;
  const watch = setInterval(() => {
    readyPods('storefront').then(
      (ready) => {
        fewest = Math.min(fewest, ready);
      },
      () => undefined,
    );
  }, 500);
  try {
    const { figures, seconds } = await underLoad(first, 'drain', async () => {
      const selector = `app.kubernetes.io/component in (${parts.join(',')})`;
      await kubectl([
        'drain',
        node.name,
        '--delete-emptydir-data',
        '--ignore-daemonsets',
        '--timeout=300s',
        '--pod-selector',
        selector,
      ]);
      for (const part of parts) await rolledOut(namespace, `deployment/souk-${part}`);
    });
    mustNotFail(figures);
    must(fewest >= 1, 'for a moment no storefront was ready');
    return `${node.name} empty after ${seconds} s, never fewer than ${fewest} storefronts ready; ${tell(figures)}`;
  } finally {
    clearInterval(watch);
    await attemptKubectl(['uncordon', node.name]);
  }
}

async function readyPods(part: string): Promise<number> {
  const path = 'jsonpath={.status.readyReplicas}';
  return Number(await kubectl(['-n', namespace, 'get', 'deployment', `souk-${part}`, '-o', path]));
}

async function podOf(part: string): Promise<{ name: string; grace: number }> {
  const selector = `app.kubernetes.io/instance=souk,app.kubernetes.io/component=${part}`;
  const path = 'jsonpath={.items[0].metadata.name} {.items[0].spec.terminationGracePeriodSeconds}';
  const said = await kubectl([
    '-n',
    namespace,
    'get',
    'pods',
    '-l',
    selector,
    '--field-selector=status.phase=Running',
    '-o',
    path,
  ]);
  const [name = '', grace = '0'] = said.split(' ');
  return { name, grace: Number(grace) };
}

/** Does something while shoppers are there, some seconds longer at both ends. */
async function underLoad(
  node: ClusterNode,
  name: string,
  act: () => Promise<void>,
): Promise<{ figures: LoadFigures; seconds: string }> {
  const load: Load = startLoad(node, name, atMost, rate);
  let seconds = '';
  try {
    await pause(5);
    const started = Date.now();
    await act();
    seconds = ((Date.now() - started) / 1000).toFixed(1);
    await pause(5);
  } finally {
    load.stop();
  }
  return { figures: await load.figures(), seconds };
}

async function pause(seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  await until('time to pass', seconds + 5, async () => Date.now() >= end, 100);
}

function mustNotFail(figures: LoadFigures): void {
  must(figures.requests > 0, 'no request was made');
  must(figures.failed === 0, `${tell(figures)}: ${figures.failures.join(', ')}`);
}

function tell({ requests, failed, p95Ms }: LoadFigures): string {
  return `${failed} of ${requests} requests failed, p95 ${p95Ms} ms`;
}
