import { describe, expect, test } from 'vitest';
import { conform } from './conform.ts';
import { template, valuesNames } from './helm.ts';
import { kubernetesMinors } from './schemas.ts';

describe.each(kubernetesMinors)('Kubernetes %s', (minor) => {
  test.each(valuesNames)('takes every object of values %s', async (values) => {
    const { stdout } = await template({ values, kubeVersion: `${minor}.0` });
    const { resources, summary } = await conform(minor, stdout);
    expect(resources).toEqual([]);
    expect(summary).toMatchObject({ invalid: 0, errors: 0, skipped: 0 });
    expect(summary.valid).toBeGreaterThan(20);
  });
});

const everything = {
  rollout: { strategy: 'none' },
  ingress: { enabled: true, className: 'nginx', host: 'shop.test', tls: { secretName: 'shop-tls' } },
  reindex: { enabled: true },
  postgres: {
    enabled: true,
    backup: { enabled: true, destinationPath: 's3://backups/souk' },
    recovery: { enabled: true, serverName: 'souk', targetTime: '2026-11-22T08:00:00Z' },
  },
  media: { store: 'volume', volume: { storageClass: 'efs' } },
  networkPolicy: { dns: { cidrs: ['169.254.20.10/32'] }, smtp: { cidrs: ['10.9.0.0/24'] } },
  serviceAccounts: { aws: 'podIdentity' },
};

test('takes what no values file has on', async () => {
  const { stdout, stderr } = await template({ set: everything });
  expect(stderr).toBe('');
  expect(await conform('1.35', stdout)).toMatchObject({ resources: [], summary: { skipped: 0 } });
});

test('a field that does not exist, and one of a custom resource, are found', async () => {
  const { stdout } = await template({ values: 'production' });
  const wrong = stdout
    .replaceAll('maxUnavailable: 1\n', 'maxUnavailable: 1\n  minimum: 1\n')
    .replaceAll('pollingInterval: 15', 'pollInterval: 15');
  const { resources } = await conform('1.35', wrong);
  expect(new Set(resources.map(({ kind }) => kind))).toEqual(
    new Set(['PodDisruptionBudget', 'ScaledObject']),
  );
});
