import { kubectl, rolledOut } from '../kubectl.ts';
import { startLoad } from '../load.ts';
import { until } from '../shell.ts';
import { deploySouk, firstTag, namespace } from '../souk.ts';
import type { Check, CheckedCluster } from './check.ts';
import { must } from './check.ts';

/** As in production, with targets that this machine reaches and little patience before pods are taken away. */
const settings = [
  'autoscaling.metrics=adapter',
  'autoscaling.scaleDown.stabilizationSeconds=60',
  'autoscaling.scaleDown.percent=100',
  'storefront.autoscaling.enabled=true',
  'storefront.autoscaling.minReplicas=2',
  'storefront.autoscaling.maxReplicas=4',
  'storefront.autoscaling.targetRequestsPerSecond=4',
  'storefront.autoscaling.targetCPU=90',
  'storefront.resources.requests.cpu=300m',
  'worker.autoscaling.enabled=true',
  'worker.autoscaling.minReplicas=1',
  'worker.autoscaling.maxReplicas=2',
];

/** What serves the metrics that autoscalers act on. */
const sources = [
  ['monitoring', 'deployment/metrics-adapter'],
  ['kube-system', 'deployment/metrics-server'],
] as const;

/** That the autoscalers act on what is measured, and on nothing else. */
export const autoscalingChecks: readonly Check[] = [
  { claim: 'autoscalers read CPU, requests a second and waiting jobs', prove: metricsArrive },
  { claim: 'more requests a second make more pods', prove: growsUnderLoad },
  { claim: 'metrics that are lost shrink nothing', prove: lostMetricsShrinkNothing },
  { claim: 'with metrics back and no load, pods go', prove: shrinks },
];

interface Autoscaler {
  readonly status: {
    readonly desiredReplicas: number;
    readonly currentReplicas?: number;
    readonly currentMetrics?: readonly Metric[];
    readonly conditions?: ReadonlyArray<{
      readonly type: string;
      readonly status: string;
      readonly reason: string;
    }>;
  };
}

interface Metric {
  readonly type: string;
  readonly pods?: { readonly current: { readonly averageValue: string } };
  readonly external?: { readonly current: { readonly averageValue?: string; readonly value?: string } };
  readonly containerResource?: { readonly current: { readonly averageUtilization: number } };
}

async function autoscaler(part: string): Promise<Autoscaler> {
  return JSON.parse(await kubectl(['-n', namespace, 'get', 'hpa', `souk-${part}`, '-o', 'json']));
}

async function metricsArrive(): Promise<string> {
  await deploySouk(firstTag, settings);
  const both = async (part: string, type: string) => {
    const { status } = await autoscaler(part);
    const types = status.currentMetrics?.map((metric) => metric.type) ?? [];
    return types.includes('ContainerResource') && types.includes(type) ? status.currentMetrics : undefined;
  };
  const storefront = await until('the metrics of the storefront', 180, () => both('storefront', 'Pods'));
  const worker = await until('the metrics of the worker', 120, () => both('worker', 'External'));
  return `storefront ${storefront.map(told).join(', ')}; worker ${worker.map(told).join(', ')}`;
}

async function growsUnderLoad({ first }: CheckedCluster): Promise<string> {
  const load = startLoad(first, 'autoscaling', 600, 16);
  try {
    const grown = await until('a third storefront', 240, async () => {
      const { status } = await autoscaler('storefront');
      return (status.currentReplicas ?? 0) > 2 ? status : undefined;
    });
    await rolledOut(namespace, 'deployment/souk-storefront');
    return `2 → ${grown.currentReplicas} at ${grown.currentMetrics?.map(told).join(', ')}`;
  } finally {
    load.stop();
    await load.figures();
  }
}

async function lostMetricsShrinkNothing(): Promise<string> {
  for (const [space, workload] of sources) await kubectl(['-n', space, 'scale', workload, '--replicas=0']);
  const blind = await until('the autoscaler to see nothing', 120, async () => {
    const { status } = await autoscaler('storefront');
    return status.conditions?.find(({ type, status }) => type === 'ScalingActive' && status === 'False');
  });
  const before = (await autoscaler('storefront')).status.currentReplicas ?? 0;
  const seconds = 120; // there is no load, and it would wait 60 s before it shrinks
  const end = Date.now() + seconds * 1000;
  await until('two minutes to pass', seconds + 30, async () => {
    const { status } = await autoscaler('storefront');
    must((status.currentReplicas ?? 0) >= before, `${before} pods became ${status.currentReplicas}`);
    return Date.now() > end;
  });
  must(before > 2, `there were only ${before} pods to lose`);
  return `${before} pods stay ${before} for ${seconds} s without load (${blind.reason})`;
}

async function shrinks(): Promise<string> {
  for (const [space, workload] of sources) {
    await kubectl(['-n', space, 'scale', workload, '--replicas=1']);
    await rolledOut(space, workload);
  }
  const started = Date.now();
  await until(
    'the storefront to shrink',
    400,
    async () => (await autoscaler('storefront')).status.currentReplicas === 2,
    2000,
  );
  return `2 pods again after ${Math.round((Date.now() - started) / 1000)} s`;
}

function told({ type, pods, external, containerResource }: Metric): string {
  if (pods) return `${pods.current.averageValue} requests a second and pod`;
  if (external) return `${external.current.averageValue ?? external.current.value} jobs waiting`;
  if (containerResource) return `${containerResource.current.averageUtilization} % CPU`;
  return type;
}
