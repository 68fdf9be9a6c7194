import { describe, expect, test } from 'vitest';
import { kubeVersions, lint, render, template, valuesNames } from './helm.ts';
import { workloadsOf } from './manifests.ts';

describe.each(valuesNames)('values of %s', (values) => {
  test('pass helm lint --strict', async () => {
    const { code, stdout, stderr } = await lint({ values });
    expect(stdout + stderr).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(code).toBe(0);
  });

  test.each(kubeVersions)('give the same objects on Kubernetes %s', async (kubeVersion) => {
    const names = (await render({ values, kubeVersion })).map(
      ({ kind, metadata }) => `${kind}/${metadata.name}`,
    );
    const newest = (await render({ values })).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual(newest);
    expect(new Set(names).size, 'an object that is there twice').toBe(names.length);
  });

  test('hold the three programs and the migration', async () => {
    const components = workloadsOf(await render({ values })).map(({ component }) => component);
    expect(components).toEqual(expect.arrayContaining(['storefront', 'bff', 'worker', 'migrate']));
  });
});

test('an older Kubernetes is refused', async () => {
  const { code, stderr } = await template({ kubeVersion: '1.32.9' });
  expect(code).not.toBe(0);
  expect(stderr).toContain('kubeVersion');
});

/** Mistakes, and what the refusal must name. */
const mistakes: readonly [what: string, values: object, names: RegExp][] = [
  ['an unknown key at the top', { storefrnt: {} }, /'storefrnt' not allowed/],
  ['an unknown key of a program', { bff: { replica: 3 } }, /at '\/bff'.*'replica' not allowed/],
  [
    'a variable that no program reads',
    { config: { SHOP_NAMES: 'x' } },
    /at '\/config'.*'SHOP_NAMES' not allowed/,
  ],
  [
    'a secret among plain variables',
    { config: { STRIPE_SECRET_KEY: 'sk' } },
    /'STRIPE_SECRET_KEY' not allowed/,
  ],
  ['a number where text is wanted', { config: { RATE_LIMIT_READS: 1200000 } }, /\/config\/RATE_LIMIT_READS/],
  ['a pool without end', { config: { DATABASE_POOL_SIZE: '1000' } }, /\/config\/DATABASE_POOL_SIZE/],
  ['a level of logging that is none', { config: { LOG_LEVEL: 'verbose' } }, /\/config\/LOG_LEVEL/],
  ['a currency that is none', { config: { SHOP_CURRENCY: 'usd' } }, /\/config\/SHOP_CURRENCY/],
  [
    'a way to pay that is none',
    { config: { PAYMENT_METHODS: 'invoice,barter' } },
    /\/config\/PAYMENT_METHODS/,
  ],
  [
    'a secret key where browsers see it',
    { config: { STRIPE_PUBLISHABLE_KEY: 'sk_live_1' } },
    /STRIPE_PUBLISHABLE_KEY/,
  ],
  ['a sampling share above all', { config: { OTEL_TRACES_SAMPLER_ARG: '2' } }, /OTEL_TRACES_SAMPLER_ARG/],
  ['production without https', { config: { SHOP_URL: 'http://shop.test' } }, /\/config\/SHOP_URL/],
  ['production without an address', { config: { SHOP_URL: '' } }, /\/config\/SHOP_URL/],
  [
    'production with a test key',
    { config: { STRIPE_PUBLISHABLE_KEY: 'pk_test_1' } },
    /STRIPE_PUBLISHABLE_KEY/,
  ],
  ['production with development parts', { development: { enabled: true } }, /\/development\/enabled/],
  ['production that can be written', { development: { liveUpdate: true } }, /\/development\/liveUpdate/],
  [
    'production with secrets in values',
    { secrets: { existingSecret: '', create: true, values: { SOUK_SECRET: 'x'.repeat(32) } } },
    /\/secrets\/create/,
  ],
  ['production without network policies', { networkPolicy: { enabled: false } }, /\/networkPolicy\/enabled/],
  ['production without a migration', { migration: { enabled: false } }, /\/migration\/enabled/],
  [
    'production on one pod',
    { storefront: { autoscaling: { minReplicas: 1 } } },
    /storefront\/autoscaling\/minReplicas/,
  ],
  [
    'production with images that are never fetched',
    { image: { pullPolicy: 'Never' } },
    /\/image\/pullPolicy/,
  ],
  ['an image tag that moves', { image: { tag: 'latest' } }, /\/image\/tag/],
  ['a digest that is none', { image: { bff: { digest: 'sha256:abc' } } }, /\/image\/bff\/digest/],
  ['a store without a version', { redis: { enabled: true, image: 'redis' } }, /\/redis\/image/],
  ['a store that moves', { meilisearch: { image: 'getmeili/meilisearch:latest' } }, /\/meilisearch\/image/],
  ['values without their secret being made', { secrets: { values: { SMTP_URL: 'x' } } }, /\/secrets\/values/],
  [
    'a secret that no program reads',
    { secrets: { values: { STRIPE_SECRET: 'x' } } },
    /'STRIPE_SECRET' not allowed/,
  ],
  ['no source of secrets', { secrets: { existingSecret: '' } }, /secrets\.existingSecret.*not 0/],
  [
    'two sources of secrets',
    { secrets: { external: { enabled: true, storeName: 'x', remoteKey: 'y' } } },
    /secrets\.existingSecret.*not 2/,
  ],
  [
    'an external secret without its store',
    { secrets: { existingSecret: '', external: { enabled: true, remoteKey: 'y' } } },
    /\/secrets\/external\/storeName/,
  ],
  [
    'a secret as a plain variable',
    { bff: { extraEnv: [{ name: 'STRIPE_SECRET_KEY', value: 'x' }] } },
    /extraEnv\/0\/value/,
  ],
  ['pictures in no bucket', { media: { s3: { bucket: '' } } }, /\/media\/s3\/bucket/],
  [
    'pictures on one node',
    { media: { store: 'volume', volume: { accessMode: 'ReadWriteOnce' } } },
    /volume\/accessMode/,
  ],
  [
    'resources without a request',
    { worker: { resources: { requests: { cpu: null } } } },
    /worker\/resources\/requests/,
  ],
  [
    'a quantity that is none',
    { bff: { resources: { limits: { memory: '640MB' } } } },
    /bff\/resources\/limits\/memory/,
  ],
  [
    'fewer pods at most than at least',
    { bff: { autoscaling: { minReplicas: 40 } } },
    /bff\.autoscaling\.minReplicas/,
  ],
  [
    'a target beyond the CPU',
    { worker: { autoscaling: { targetCPU: 150 } } },
    /worker\/autoscaling\/targetCPU/,
  ],
  [
    'pods killed while they serve',
    { storefront: { preStopSeconds: 60 } },
    /storefront\.terminationGracePeriodSeconds/,
  ],
  [
    'no patience before shrinking',
    { autoscaling: { scaleDown: { stabilizationSeconds: 0 } } },
    /scaleDown\/stabilizationSeconds/,
  ],
  ['metrics from nowhere', { autoscaling: { metrics: 'datadog' } }, /\/autoscaling\/metrics/],
  ['a budget that lets all go', { disruption: { maxUnavailable: '100%' } }, /\/disruption\/maxUnavailable/],
  ['a budget that lets none go', { disruption: { maxUnavailable: 0 } }, /\/disruption\/maxUnavailable/],
  ['an ingress without a host', { ingress: { enabled: true } }, /\/ingress\/host/],
  [
    'an ALB without a certificate',
    { ingress: { enabled: true, host: 'shop.test' } },
    /\/ingress\/alb\/certificateArn/,
  ],
  [
    'an ingress and a gateway',
    {
      ingress: { enabled: true, className: 'nginx', host: 'shop.test' },
      gateway: { enabled: true, parentName: 'public', host: 'shop.test' },
    },
    /gateway\.enabled/,
  ],
  ['a gateway without a parent', { gateway: { enabled: true, host: 'shop.test' } }, /\/gateway\/parentName/],
  ['a way to roll out that is none', { rollout: { strategy: 'bluegreen' } }, /\/rollout\/strategy/],
  ['weights beyond all', { rollout: { canary: { weights: [50, 150] } } }, /\/rollout\/canary\/weights\/1/],
  [
    'an ALB that weighs without being there',
    { rollout: { strategy: 'canary', canary: { trafficRouting: 'alb' } } },
    /rollout\.canary\.trafficRouting/,
  ],
  [
    'a network that is none',
    { networkPolicy: { redis: { cidrs: ['10.0.0.0'] } } },
    /\/networkPolicy\/redis\/cidrs\/0/,
  ],
  [
    'a database that nobody reaches',
    { networkPolicy: { postgres: { cidrs: [] } } },
    /networkPolicy\.postgres\.cidrs/,
  ],
  [
    'the metadata of nodes within reach',
    { networkPolicy: { internet: { except: ['10.0.0.0/8'] } } },
    /internet\/except/,
  ],
  ['roles that are none', { serviceAccounts: { aws: 'irsa', roleArns: { bff: 'admin' } } }, /roleArns\/bff/],
  ['a schedule that is none', { cron: { check: { schedule: 'daily' } } }, /\/cron\/check\/schedule/],
  [
    'a command with a shell in it',
    { cron: { check: { args: ['check; rm -rf /'] } } },
    /\/cron\/check\/args\/0/,
  ],
  [
    'a search engine twice',
    { config: { MEILI_URL: 'http://meili:7700' }, meilisearch: { enabled: true } },
    /config\.MEILI_URL/,
  ],
  [
    'a backup of what is not kept',
    { meilisearch: { enabled: true, persistence: { enabled: false }, backup: { enabled: true } } },
    /meilisearch\.backup\.enabled/,
  ],
  [
    'a recovery to no moment',
    { postgres: { enabled: true, recovery: { enabled: true, serverName: 'souk', targetTime: 'yesterday' } } },
    /\/postgres\/recovery\/targetTime/,
  ],
  [
    'a backup to nowhere',
    { postgres: { enabled: true, backup: { enabled: true } } },
    /postgres\/backup\/destinationPath/,
  ],
];

test.each(mistakes)('%s is refused, and named', async (_what, set, names) => {
  const { code, stderr } = await template({ set });
  expect(code).not.toBe(0);
  expect(stderr).toMatch(names);
});
