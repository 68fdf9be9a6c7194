import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { render, valuesNames } from './helm.ts';
import { type Manifest, ofKind, theOne, type Workload, workloadsOf } from './manifests.ts';

const programs = ['storefront', 'bff', 'worker'] as const;
const scalable = ['Deployment', 'Rollout'];

const policy = z.object({ type: z.string(), value: z.number(), periodSeconds: z.number() });
const direction = z.object({
  stabilizationWindowSeconds: z.number(),
  policies: z.array(policy),
  selectPolicy: z.string(),
});
const behavior = z.object({ scaleUp: direction, scaleDown: direction });
const target = z.object({ apiVersion: z.string(), kind: z.string(), name: z.string() });
const autoscaler = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    scaleTargetRef: target,
    minReplicas: z.number(),
    maxReplicas: z.number(),
    behavior,
    metrics: z.array(z.looseObject({ type: z.string() })),
  }),
});
const scaledObject = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    scaleTargetRef: target,
    minReplicaCount: z.number(),
    fallback: z.object({ failureThreshold: z.number(), replicas: z.number(), behavior: z.string() }),
    advanced: z.object({ horizontalPodAutoscalerConfig: z.object({ name: z.string(), behavior }) }),
    triggers: z.array(z.looseObject({ type: z.string(), metadata: z.record(z.string(), z.string()) })),
  }),
});
const selecting = z.looseObject({
  spec: z.looseObject({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
});

function selects(labels: Readonly<Record<string, string>>, pods: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => pods[key] === value);
}

describe.each(valuesNames)('values of %s', (values) => {
  let manifests: Manifest[];
  let scaled: Workload[];
  beforeAll(async () => {
    manifests = await render({ values });
    scaled = workloadsOf(manifests).filter(({ kind }) => scalable.includes(kind));
  });

  test('every program has exactly one budget, which leaves most of its pods', () => {
    expect(scaled.map(({ component }) => component).sort()).toEqual([...programs].sort());
    const budgets = ofKind(
      manifests,
      'PodDisruptionBudget',
      z.looseObject({
        spec: z.object({
          maxUnavailable: z.number(),
          unhealthyPodEvictionPolicy: z.string(),
          selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
        }),
      }),
    );
    for (const { name, template } of scaled) {
      const own = budgets.filter(({ spec }) => selects(spec.selector.matchLabels, template.metadata.labels));
      expect(own, name).toMatchObject([
        { spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' } },
      ]);
    }
  });

  test('pods spread over zones and nodes, each release by itself', () => {
    for (const { kind, name, template } of scaled) {
      const constraints = template.spec.topologySpreadConstraints;
      expect(constraints.map(({ topologyKey }) => topologyKey).sort(), name).toEqual([
        'kubernetes.io/hostname',
        'topology.kubernetes.io/zone',
      ]);
      for (const { maxSkew, labelSelector, matchLabelKeys } of constraints) {
        expect(maxSkew, name).toBe(1);
        expect(selects(labelSelector.matchLabels, template.metadata.labels), name).toBe(true);
        const hash = kind === 'Rollout' ? 'rollouts-pod-template-hash' : 'pod-template-hash';
        expect(matchLabelKeys, name).toEqual([hash]);
      }
    }
  });

  test('an autoscaler is on what is there, and nobody else sets the number of pods', () => {
    const targets = [
      ...ofKind(manifests, 'HorizontalPodAutoscaler', autoscaler),
      ...ofKind(manifests, 'ScaledObject', scaledObject),
    ].map(({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`);
    const replicas = z.looseObject({ spec: z.looseObject({ replicas: z.number().optional() }) });
    for (const { kind, name, manifest } of scaled) {
      const isScaled = targets.includes(`${kind}/${name}`);
      expect(replicas.parse(manifest).spec.replicas === undefined, name).toBe(isScaled);
    }
    expect(targets).toHaveLength(values === 'local' ? 0 : 3);
  });

  test('the number of pods rises at once and falls slowly', () => {
    const behaviors = [
      ...ofKind(manifests, 'HorizontalPodAutoscaler', autoscaler).map(({ spec }) => spec.behavior),
      ...ofKind(manifests, 'ScaledObject', scaledObject).map(
        ({ spec }) => spec.advanced.horizontalPodAutoscalerConfig.behavior,
      ),
    ];
    for (const { scaleUp, scaleDown } of behaviors) {
      expect(scaleUp.stabilizationWindowSeconds).toBe(0);
      expect(scaleUp.policies).toContainEqual({ type: 'Percent', value: 100, periodSeconds: 30 });
      expect(scaleDown.stabilizationWindowSeconds).toBeGreaterThanOrEqual(300);
      for (const { type, value, periodSeconds } of scaleDown.policies) {
        // half an hour and more from the most to a tenth
        expect(type === 'Percent' ? value <= 10 : value <= 1).toBe(true);
        expect(periodSeconds).toBeGreaterThanOrEqual(120);
      }
    }
  });
});

describe('by the Prometheus adapter', () => {
  test('pages and API go by CPU and requests, the worker by CPU and jobs that wait', async () => {
    const manifests = await render();
    const metricsOf = (component: string) =>
      theOne(manifests, ['HorizontalPodAutoscaler', `souk-${component}`], autoscaler).spec.metrics;
    for (const component of ['storefront', 'bff']) {
      expect(metricsOf(component)).toMatchObject([
        { type: 'ContainerResource', containerResource: { name: 'cpu', container: component } },
        {
          type: 'Pods',
          pods: { metric: { name: 'souk_http_requests_per_second' }, target: { type: 'AverageValue' } },
        },
      ]);
    }
    // two metrics each: an HPA that misses one of them takes no wish to scale down
    expect(metricsOf('worker')).toMatchObject([
      { type: 'ContainerResource' },
      {
        type: 'External',
        external: { metric: { name: 'souk_jobs_waiting', selector: { matchLabels: { namespace: 'souk' } } } },
      },
    ]);
  });

  test('CPU alone where nobody brings other metrics', async () => {
    for (const { spec } of ofKind(
      await render({ set: { autoscaling: { metrics: 'none' } } }),
      'HorizontalPodAutoscaler',
      autoscaler,
    )) {
      expect(spec.metrics.map(({ type }) => type)).toEqual(['ContainerResource']);
    }
  });
});

describe('by KEDA', () => {
  test('a metric that is lost never shrinks a deployment', async () => {
    const objects = ofKind(await render({ values: 'production' }), 'ScaledObject', scaledObject);
    expect(objects).toHaveLength(3);
    for (const { spec } of objects) {
      // after three failed questions: at least the minimum, and never fewer than run
      expect(spec.fallback).toEqual({
        failureThreshold: 3,
        replicas: spec.minReplicaCount,
        behavior: 'currentReplicasIfHigher',
      });
      expect(spec.minReplicaCount).toBeGreaterThanOrEqual(2);
      const prometheus = spec.triggers.filter(({ type }) => type === 'prometheus');
      expect(prometheus).toHaveLength(1);
      for (const { metadata, metricType } of prometheus) {
        // an answer without series is an error; a query that makes a zero of it would shrink
        expect(metadata.ignoreNullValues).toBe('false');
        expect(metadata.query).not.toMatch(/vector\(|absent|or 0/);
        expect(metricType).toBe('AverageValue');
      }
    }
  });

  test('each goes by its own requests, the worker by the queue that all workers tell', async () => {
    const manifests = await render({ values: 'production', namespace: 'shop' });
    const queryOf = (component: string) =>
      theOne(manifests, ['ScaledObject', `souk-${component}`], scaledObject).spec.triggers.find(
        ({ type }) => type === 'prometheus',
      )?.metadata.query;
    expect(queryOf('storefront')).toContain('service="storefront"');
    expect(queryOf('bff')).toMatch(
      /^sum\(rate\(http_request_duration_seconds_count\{namespace="shop",service="bff",/,
    );
    expect(queryOf('worker')).toBe('max(jobs_waiting{namespace="shop",service="worker"})');
  });
});

describe('rollouts', () => {
  const strategyOf = (manifests: readonly Manifest[], component: string) =>
    z
      .looseObject({ spec: z.looseObject({ strategy: z.looseObject({}) }) })
      .parse(
        workloadsOf(manifests).find((each) => each.component === component && scalable.includes(each.kind))
          ?.manifest,
      ).spec.strategy;

  test('a plain upgrade never has fewer pods than before', async () => {
    for (const component of programs) {
      expect(strategyOf(await render(), component)).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' },
      });
    }
  });

  test('canaries of pages and API are weighed, watched, and ended by their own figures', async () => {
    const manifests = await render({ values: 'production' });
    expect(strategyOf(manifests, 'storefront')).toMatchObject({
      canary: {
        maxUnavailable: 0,
        trafficRouting: { alb: { ingress: 'souk-shop', rootService: 'souk-storefront' } },
        analysis: { templates: [{ templateName: 'souk-storefront' }] },
      },
    });
    expect(strategyOf(manifests, 'bff')).not.toHaveProperty('canary.trafficRouting');
    expect(strategyOf(manifests, 'worker')).toHaveProperty('rollingUpdate');
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    expect(services).toEqual(expect.arrayContaining(['souk-storefront-canary', 'souk-bff-canary']));
  });

  const analysis = z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({
      metrics: z.array(
        z.looseObject({
          name: z.string(),
          successCondition: z.string(),
          failureCondition: z.string().optional(),
          inconclusiveLimit: z.number().optional(),
          provider: z.looseObject({ prometheus: z.looseObject({ query: z.string() }).optional() }),
        }),
      ),
    }),
  });

  test('error rate and latency of the new pods alone are measured, and no data is no success', async () => {
    const templates = ofKind(await render({ values: 'production' }), 'AnalysisTemplate', analysis);
    expect(templates.map(({ metadata }) => metadata.name).sort()).toEqual(['souk-bff', 'souk-storefront']);
    for (const { spec } of templates) {
      expect(spec.metrics.map(({ name }) => name)).toEqual(['error-ratio', 'p95-seconds']);
      for (const { successCondition, failureCondition, inconclusiveLimit, provider } of spec.metrics) {
        expect(provider.prometheus?.query).toContain('rollouts_pod_template_hash="{{args.pods}}"');
        // neither holds without data: inconclusive, which pauses the rollout
        expect(successCondition).toMatch(/^len\(result\) > 0 && !isNaN\(result\[0\]\) && result\[0\] <= /);
        expect(failureCondition).toMatch(/^len\(result\) > 0 && !isNaN\(result\[0\]\) && result\[0\] > /);
        expect(inconclusiveLimit).toBeGreaterThan(0);
      }
    }
  });

  test('monitors tell the pods of a canary from the others', async () => {
    const monitors = ofKind(
      await render({ values: 'production' }),
      'PodMonitor',
      z.looseObject({ spec: selecting.shape.spec.extend({ podTargetLabels: z.array(z.string()) }) }),
    );
    expect(monitors).toHaveLength(3);
    for (const { spec } of monitors) expect(spec.podTargetLabels).toContain('rollouts-pod-template-hash');
  });

  test('blue and green stand side by side, and the old stays for a while', async () => {
    const manifests = await render({ values: 'staging' });
    expect(strategyOf(manifests, 'bff')).toMatchObject({
      blueGreen: {
        activeService: 'souk-bff',
        previewService: 'souk-bff-preview',
        scaleDownDelaySeconds: 600,
        prePromotionAnalysis: { templates: [{ templateName: 'souk-preview' }] },
      },
    });
  });
});

test('no zone may have two pods more than another; nodes are evened out as far as they can', async () => {
  const storefront = workloadsOf(await render()).find(({ name }) => name === 'souk-storefront');
  const constraints = storefront?.template.spec.topologySpreadConstraints;
  expect(constraints).toMatchObject([
    { topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
    { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
  ]);
});
