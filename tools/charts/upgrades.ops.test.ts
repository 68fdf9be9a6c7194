import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { render, type ValuesName, valuesNames } from './helm.ts';
import { type Manifest, theOne, type Workload, workloadsOf } from './manifests.ts';

const hookOf = ({ metadata }: Manifest) => metadata.annotations['helm.sh/hook'];
const weightOf = ({ metadata }: Manifest) => Number(metadata.annotations['helm.sh/hook-weight'] ?? 0);
const deletionOf = ({ metadata }: Manifest) => metadata.annotations['helm.sh/hook-delete-policy'] ?? '';
const componentOf = ({ metadata }: Manifest) => metadata.labels['app.kubernetes.io/component'];

function migrationOf(workloads: readonly Workload[]): Workload {
  const found = workloads.filter(({ component }) => component === 'migrate');
  if (found[0] === undefined || found.length > 1) throw new Error(`there are ${found.length} migrations`);
  return found[0];
}

describe('the migration', () => {
  test.each(valuesNames)(
    'runs once an upgrade of %s, before anything else of the release',
    async (values) => {
      const manifests = await render({ values, isUpgrade: true });
      const { manifest, template } = migrationOf(workloadsOf(manifests));
      expect(manifest.kind).toBe('Job');
      expect(hookOf(manifest)?.split(',')).toContain('pre-upgrade');
      // the last one goes when the next comes, and one that failed stays for its log
      expect(deletionOf(manifest).split(',').sort()).toEqual(['before-hook-creation', 'hook-succeeded']);
      expect(template.spec.containers).toMatchObject([{ args: ['souk', 'migrate'] }]);
      expect(manifest.spec).toMatchObject({ activeDeadlineSeconds: 900 });
      expect(manifest.spec).not.toHaveProperty('parallelism');
      expect(manifest.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    },
  );

  test.each(['base', 'production'] as const)('goes before the first install of %s, too', async (values) => {
    expect(hookOf(migrationOf(workloadsOf(await render({ values }))).manifest)).toBe(
      'pre-install,pre-upgrade',
    );
  });

  test.each(['base', 'local', 'staging', 'production'] as const)(
    'as a hook of %s needs nothing that is not there yet',
    async (values) => {
      const isUpgrade = values === 'local' || values === 'staging';
      const manifests = await render({ values, isUpgrade });
      const { manifest, template } = migrationOf(workloadsOf(manifests));
      const before = manifests.filter(
        (each) => hookOf(each) === hookOf(manifest) && weightOf(each) < weightOf(manifest),
      );
      const names = before.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(names).toContain(`ServiceAccount/${template.spec.serviceAccountName}`);
      // a class of this release does not exist at its first install, and pods that name one are refused
      expect(template.spec.priorityClassName).toBeUndefined();
      for (const container of template.spec.containers) {
        expect(container.envFrom).toEqual([]);
        for (const { valueFrom } of container.env) {
          const secret = valueFrom?.secretKeyRef.name;
          if (secret === undefined || secret === 'souk-postgres-app') continue;
          const isThere = values === 'base' ? ['souk-secrets'] : names.map((name) => name.split('/')[1]);
          expect(isThere).toContain(secret);
        }
      }
    },
  );

  test.each(['local', 'staging'] as const)(
    'of %s, whose database comes along, runs beside it, and pods wait',
    async (values) => {
      const manifests = await render({ values });
      const workloads = workloadsOf(manifests);
      const { manifest } = migrationOf(workloads);
      expect(hookOf(manifest)).toBeUndefined();
      // a Job cannot be changed, so another image makes another one
      const other = migrationOf(workloadsOf(await render({ values, set: { image: { tag: '9.9.9' } } })));
      expect(manifest.metadata.name).toMatch(/^souk-migrate-[0-9a-f]{8}$/);
      expect(other.name).not.toBe(manifest.metadata.name);
      for (const component of ['bff', 'worker']) {
        const own = workloads.find((each) => each.component === component);
        expect(own?.template.spec.initContainers).toMatchObject([
          { args: ['souk', 'migrate', '--wait', '600'] },
        ]);
      }
    },
  );

  test.each(['base', 'production'] as const)('of %s holds no pod up', async (values) => {
    for (const { component, template } of workloadsOf(await render({ values }))) {
      if (component !== 'seed') expect(template.spec.initContainers, component).toEqual([]);
    }
  });
});

/** What an upgrade may change, one after another; none of it may reach a selector. */
const changes = {
  tag: { image: { tag: '9.9.9' } },
  labels: { commonLabels: { team: 'shop' } },
  config: { config: { SHOP_NAME: 'Another' } },
  policies: { commonLabels: { 'app.example.com/tier': 'one' }, secrets: { revision: '7' } },
};

describe.each(valuesNames)('an upgrade of %s', (values: ValuesName) => {
  const selector = z.looseObject({
    spec: z.looseObject({ selector: z.unknown(), serviceName: z.string().optional() }),
  });

  test('never changes a selector, which the API server would refuse', async () => {
    const fixedOf = async (set: object) =>
      Object.fromEntries(
        workloadsOf(await render({ values, set }))
          .filter(({ kind }) => ['Deployment', 'Rollout', 'StatefulSet'].includes(kind))
          .map(({ kind, name, manifest }) => {
            const { spec } = selector.parse(manifest);
            return [`${kind}/${name}`, { selector: spec.selector, serviceName: spec.serviceName }];
          }),
      );
    const before = await fixedOf({});
    for (const change of Object.values(changes)) expect(await fixedOf(change)).toEqual(before);
  });

  test('pods serve on until nobody sends them requests, and are not killed before', async () => {
    for (const { component, template } of workloadsOf(await render({ values }))) {
      if (component !== 'storefront' && component !== 'bff') continue;
      const [container] = template.spec.containers;
      const drain = container?.env.find(
        ({ name }) => name === 'DRAIN_SECONDS' || name === 'SHUTDOWN_DELAY_MS',
      );
      const drainSeconds = Number(drain?.value) / (drain?.name === 'SHUTDOWN_DELAY_MS' ? 1000 : 1);
      const sleeps = container?.lifecycle?.preStop.sleep.seconds ?? 0;
      expect(sleeps, component).toBeGreaterThan(0);
      expect(drainSeconds, component).toBeGreaterThan(0);
      // the programs end 10 s after that at the latest
      expect(template.spec.terminationGracePeriodSeconds, component).toBeGreaterThanOrEqual(
        sleeps + drainSeconds + 10,
      );
    }
  });
});

test('an ALB forgets a pod no later than the pod stops', async () => {
  const ingress = theOne(
    await render({ values: 'production' }),
    ['Ingress', 'souk-shop'],
    z.looseObject({
      metadata: z.looseObject({ annotations: z.record(z.string(), z.string()) }),
    }),
  );
  const attributes = ingress.metadata.annotations['alb.ingress.kubernetes.io/target-group-attributes'];
  expect(attributes).toContain('deregistration_delay.timeout_seconds=25');
  expect(ingress.metadata.annotations).toMatchObject({
    'alb.ingress.kubernetes.io/target-type': 'ip',
    'alb.ingress.kubernetes.io/healthcheck-path': '/health/ready',
  });
});

describe.each(valuesNames)('tests of %s', (values) => {
  test('are Jobs, which any cluster can complete', async () => {
    const tests = (await render({ values })).filter((each) => hookOf(each) === 'test');
    expect(tests.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'ConfigMap/souk-test',
      ...['health', 'page', 'search', 'cart'].map((name) => `Job/souk-test-${name}`),
    ]);
    expect(tests.every((each) => componentOf(each) === 'test')).toBe(true);
  });
});

test('the reindex is off, and goes after an upgrade when it is on', async () => {
  const named = (manifests: readonly Manifest[]) =>
    manifests.find(({ metadata }) => metadata.name === 'souk-reindex');
  expect(named(await render())).toBeUndefined();
  const manifest = named(await render({ set: { reindex: { enabled: true } } }));
  expect(manifest && hookOf(manifest)).toBe('post-install,post-upgrade');
});

test('commands at set times never overlap, and a failed one is not tried again', async () => {
  const crons = (await render()).filter(({ kind }) => kind === 'CronJob');
  expect(crons.map(({ metadata }) => metadata.name)).toEqual(['souk-cron-check', 'souk-cron-payments']);
  for (const { spec } of crons) {
    expect(spec).toMatchObject({
      concurrencyPolicy: 'Forbid',
      timeZone: 'Etc/UTC',
      jobTemplate: { spec: { backoffLimit: 0 } },
    });
  }
});

test('pictures and data outlive the release', async () => {
  const staging = await render({ values: 'staging' });
  const local = await render({ values: 'local' });
  const kept = [...staging, ...local].filter(
    ({ metadata }) => metadata.annotations['helm.sh/resource-policy'] === 'keep',
  );
  expect(kept.map(({ kind }) => kind).sort()).toEqual(['Cluster', 'PersistentVolumeClaim']);
});

test('calls stay in their zone by the name that each Kubernetes knows', async () => {
  const service = z.looseObject({ spec: z.looseObject({ trafficDistribution: z.string().optional() }) });
  const asked = async (kubeVersion: string) =>
    theOne(await render({ values: 'production', kubeVersion }), ['Service', 'souk-bff'], service).spec
      .trafficDistribution;
  expect(await asked('1.33.0')).toBe('PreferClose');
  expect(await asked('1.34.0')).toBe('PreferSameZone');
  expect(await asked('1.35.4-eks-1234567')).toBe('PreferSameZone');
  expect(theOne(await render(), ['Service', 'souk-bff'], service).spec).not.toHaveProperty(
    'trafficDistribution',
  );
});
