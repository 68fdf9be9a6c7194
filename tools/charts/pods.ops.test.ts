import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { render, valuesNames } from './helm.ts';
import { containersOf, type Manifest, ofKind, theOne, type Workload, workloadsOf } from './manifests.ts';

const programs = ['storefront', 'bff', 'worker'] as const;

describe.each(valuesNames)('pods of values %s', (values) => {
  let manifests: Manifest[];
  let workloads: Workload[];
  beforeAll(async () => {
    manifests = await render({ values });
    workloads = workloadsOf(manifests);
  });
  const eachContainer = () =>
    workloads.flatMap((workload) =>
      containersOf(workload).map((container) => ({ where: `${workload.name}/${container.name}`, container })),
    );

  test('keep to the restricted Pod Security standard, and more', () => {
    for (const { name, template } of workloads) {
      expect(template.spec.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const forbidden of ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers']) {
        expect(template.spec, name).not.toHaveProperty(forbidden);
      }
      for (const volume of template.spec.volumes) expect(volume, name).not.toHaveProperty('hostPath');
    }
    for (const { where, container } of eachContainer()) {
      expect(container.securityContext, where).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
      });
      expect(container.securityContext, where).not.toHaveProperty('capabilities.add');
      for (const { hostPort } of z
        .array(z.looseObject({ hostPort: z.number().optional() }))
        .parse(container.ports)) {
        expect(hostPort, where).toBeUndefined();
      }
    }
  });

  test('our own images run as 10001', () => {
    for (const { where, container } of eachContainer()) {
      if (!/\bsouk-(storefront|bff|tools)\b/.test(container.image)) continue;
      expect(container.securityContext, where).toMatchObject({ runAsUser: 10001, runAsGroup: 10001 });
    }
  });

  test('get no token, and an account of their own making', () => {
    const accounts = manifests
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => metadata.name);
    for (const { name, template } of workloads) {
      expect(template.spec.automountServiceAccountToken, name).toBe(false);
      expect(template.spec.enableServiceLinks, name).toBe(false);
      expect(accounts, name).toContain(template.spec.serviceAccountName);
    }
    const automounted = z.looseObject({ automountServiceAccountToken: z.boolean() });
    for (const account of ofKind(manifests, 'ServiceAccount', automounted)) {
      expect(account.automountServiceAccountToken).toBe(false);
    }
  });

  test('ask for what they need, and have an end to memory and disk', () => {
    for (const { where, container } of eachContainer()) {
      const { requests, limits } = container.resources;
      expect(Object.keys(requests), where).toEqual(
        expect.arrayContaining(['cpu', 'memory', 'ephemeral-storage']),
      );
      expect(Object.keys(limits), where).toEqual(expect.arrayContaining(['memory', 'ephemeral-storage']));
      expect(limits.cpu, `${where}: a CPU limit would throttle`).toBeUndefined();
    }
  });

  test('run images of a version', () => {
    for (const { where, container } of eachContainer()) {
      expect(container.image, where).toMatch(/(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/);
      expect(container.image, where).not.toMatch(/:latest$/);
    }
  });

  test('are asked whether they started, live and are ready, all by their own port', () => {
    for (const workload of workloads.filter(({ kind }) => !['Job', 'CronJob'].includes(kind))) {
      for (const container of workload.template.spec.containers) {
        for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) {
          expect(container[probe], `${workload.name} ${probe}`).toBeDefined();
        }
        // what asks the database must not restart pods
        expect(container.livenessProbe?.httpGet?.path ?? '', workload.name).not.toContain('ready');
      }
    }
  });

  test('get secrets by reference alone', () => {
    const secretName = /(SECRET|TOKEN|PASSWORD|PRIVATE_KEY|API_KEY|LICENSE_KEY|DSN|MASTER_KEY)/;
    for (const { where, container } of eachContainer()) {
      for (const { name, value } of container.env) {
        if (secretName.test(name)) expect(value, `${where} ${name}`).toBeUndefined();
        // a reference to another variable is no secret, a password in an address is
        expect(value ?? '', `${where} ${name}`).not.toMatch(/:\/\/[^/@$]*:[^/@$]+@/);
      }
    }
    const config = theOne(
      manifests,
      ['ConfigMap', 'souk-config'],
      z.object({ data: z.record(z.string(), z.string()) }),
    );
    for (const [name, value] of Object.entries(config.data)) {
      expect(name).not.toMatch(secretName);
      expect(value).not.toMatch(/^(sk|rk|whsec)_/);
    }
  });

  test('name no variable twice', () => {
    for (const { where, container } of eachContainer()) {
      const names = container.env.map(({ name }) => name);
      expect(new Set(names).size, where).toBe(names.length);
    }
  });

  test('find what they mount', () => {
    for (const { name, template } of workloads) {
      const mounts = z.looseObject({
        volumeMounts: z.array(z.looseObject({ name: z.string() })).default([]),
      });
      const claims = new Set(template.spec.volumes.map((volume) => volume.name));
      const templates = z
        .looseObject({
          volumeClaimTemplates: z.array(z.object({ metadata: z.object({ name: z.string() }) })).default([]),
        })
        .parse(workloads.find((each) => each.name === name)?.manifest.spec ?? {});
      for (const { metadata } of templates.volumeClaimTemplates) claims.add(metadata.name);
      for (const container of [...template.spec.initContainers, ...template.spec.containers]) {
        for (const mount of mounts.parse(container).volumeMounts) expect(claims, name).toContain(mount.name);
      }
    }
  });

  test('are replaced when their configuration changes', async () => {
    const changed = workloadsOf(await render({ values, set: { config: { SHOP_NAME: 'Another' } } }));
    const revised = workloadsOf(await render({ values, set: { secrets: { revision: '2' } } }));
    for (const component of programs) {
      const annotationsOf = (from: Workload[]) =>
        from.find((each) => each.component === component)?.template.metadata.annotations;
      expect(annotationsOf(changed)?.['checksum/config']).not.toBe(
        annotationsOf(workloads)?.['checksum/config'],
      );
      expect(annotationsOf(revised)?.['checksum/secret']).not.toBe(
        annotationsOf(workloads)?.['checksum/secret'],
      );
      expect(annotationsOf(revised)?.['checksum/config']).toBe(annotationsOf(workloads)?.['checksum/config']);
    }
  });
});

test('a digest goes before the tag', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const workloads = workloadsOf(await render({ values: 'production', set: { image: { bff: { digest } } } }));
  const images = workloads.flatMap(containersOf).map(({ image }) => image);
  expect(images).toContain(`123456789012.dkr.ecr.eu-central-1.amazonaws.com/souk-bff@${digest}`);
  expect(images.filter((image) => image.includes('souk-bff:'))).toEqual([]);
});

test('production holds nothing of development', async () => {
  const manifests = await render({ values: 'production' });
  expect(JSON.stringify(manifests)).not.toMatch(/souk-tools|payment-sandbox|mail-catcher|sk_test|pk_test/);
  expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
});

test('AWS roles are on the accounts that need them, and the pages have none', async () => {
  const accounts = (await render({ values: 'staging' })).filter(({ kind }) => kind === 'ServiceAccount');
  const roles = accounts.flatMap(({ metadata }) => {
    const role = metadata.annotations['eks.amazonaws.com/role-arn'];
    return role === undefined ? [] : [`${metadata.name} ${role.split('/')[1]}`];
  });
  expect(roles.sort()).toEqual([
    'souk-bff souk-staging-bff',
    'souk-jobs souk-staging-jobs',
    'souk-worker souk-staging-worker',
  ]);
});
