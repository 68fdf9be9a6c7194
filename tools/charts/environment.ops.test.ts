import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadBffConfig, loadWorkerConfig } from '@souk/bff/config';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { repository } from '../stack/paths.ts';
import { chartDirectory, render, type ValuesName, valuesNames } from './helm.ts';
import { type Manifest, theOne, workloadsOf } from './manifests.ts';

/** Files whose schemas say which variables the programs read. */
const sources = [
  'bff/src/config.ts',
  'storefront/server/config.ts',
  'domain/src/kernel/*config.ts',
  'telemetry/src/config.ts',
];

const oauthProviders = ['GOOGLE', 'GITHUB', 'FACEBOOK', 'APPLE', 'OIDC'];
/** Made of a provider's name and what it needs, so they stand in no schema: domain/src/kernel/oauth-config.ts. */
const oauthNames = [
  ...oauthProviders.flatMap((provider) => [`${provider}_CLIENT_ID`, `${provider}_ISSUER`]),
  ...oauthProviders.filter((provider) => provider !== 'APPLE').map((provider) => `${provider}_CLIENT_SECRET`),
  ...['APPLE_TEAM_ID', 'APPLE_KEY_ID', 'APPLE_PRIVATE_KEY', 'OIDC_NAME'],
];

/** Variables that programs read and the chart leaves alone, and why. */
const notOurs = {
  SOUK_VERSION: 'the image says it',
  SOUK_COMMIT: 'the image says it',
  AWS_REGION: 'EKS says it to pods that have a role',
  RATE_LIMIT_LOOPBACK: 'nobody calls from the same machine',
};

function namesInSources(): Set<string> {
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: repository }));
  const text = files.map((file) => readFileSync(join(repository, file), 'utf8')).join('\n');
  const names = [...text.matchAll(/^\s+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*): /gm)].map((match) => match[1] ?? '');
  return new Set([
    ...names.filter((name) => !/^(GOOGLE|APPLE|FACEBOOK|GITHUB|OIDC)$/.test(name)),
    ...oauthNames,
  ]);
}

/** Every variable that the chart can give to a program. */
function namesInChart(manifests: readonly Manifest[]): Set<string> {
  const schema = z
    .object({
      properties: z.object({
        config: z.object({ properties: z.record(z.string(), z.unknown()) }),
        secrets: z.object({
          properties: z.object({ values: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
        }),
      }),
    })
    .parse(JSON.parse(readFileSync(join(chartDirectory, 'values.schema.json'), 'utf8')));
  const env = workloadsOf(manifests)
    .filter(({ component }) => ['storefront', 'bff', 'worker'].includes(component))
    .flatMap(({ template }) => template.spec.containers.flatMap((container) => container.env));
  return new Set([
    ...Object.keys(schema.properties.config.properties),
    ...Object.keys(configOf(manifests)),
    ...env.map(({ name }) => name),
  ]);
}

function configOf(manifests: readonly Manifest[]): Record<string, string> {
  const data = z.looseObject({ data: z.record(z.string(), z.string()) });
  return theOne(manifests, ['ConfigMap', 'souk-config'], data).data;
}

const placeholders: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://souk:secret@db.test/souk',
  REDIS_URL: 'rediss://cache.test:6379',
  SOUK_SECRET: 'x'.repeat(40),
  SMTP_URL: 'smtps://mail.test',
  SENTRY_DSN: 'https://key@sentry.test/1',
};

/**
 * The environment of a program's container as the kubelet makes it, with made-up secrets: those that must be, those that have a placeholder,
 * and all others only when asked for.
 */
function environmentOf(
  manifests: readonly Manifest[],
  component: string,
  { isEverySecretThere = false } = {},
): Record<string, string> {
  const workload = workloadsOf(manifests).find((each) => each.component === component);
  const result = configOf(manifests);
  for (const { name, value, valueFrom } of workload?.template.spec.containers[0]?.env ?? []) {
    const isOptional = valueFrom?.secretKeyRef.optional === true && placeholders[name] === undefined;
    if (isOptional && !isEverySecretThere) continue;
    const given =
      value ?? placeholders[name] ?? (name.endsWith('PRIVATE_KEY') ? 'BEGIN PRIVATE KEY' : `secret-${name}`);
    result[name] = given.replaceAll(/\$\(([A-Z_]+)\)/g, (whole, other: string) => result[other] ?? whole);
  }
  return result;
}

/** What the storefront makes of an environment; it is asked in a process of its own, since nothing imports it. */
async function storefrontConfig(env: Record<string, string>): Promise<unknown> {
  const script = `const { readConfig } = await import(${JSON.stringify(join(repository, 'storefront/server/config.ts'))});
    console.log(JSON.stringify(readConfig(process.env)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env,
  });
  return JSON.parse(stdout);
}

test('the chart gives no variable that no program reads, and leaves none out', async () => {
  const known = namesInSources();
  const given = new Set([
    ...namesInChart(await render({ values: 'local' })),
    ...namesInChart(await render({ values: 'production' })),
    ...namesInChart(
      await render({ set: { media: { s3: { region: 'eu-central-1', endpoint: 'http://s3.test' } } } }),
    ),
  ]);
  // parts of addresses that the chart puts together
  for (const part of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD']) given.delete(part);
  expect([...given].filter((name) => !known.has(name)).sort()).toEqual([]);
  expect([...known].filter((name) => !given.has(name) && !(name in notOurs)).sort()).toEqual([]);
});

describe.each(valuesNames)('with values of %s', (values: ValuesName) => {
  test('the API starts, reaches all it needs, and listens where the service sends', async () => {
    const config = loadBffConfig(environmentOf(await render({ values }), 'bff'));
    expect(config).toMatchObject({ host: '0.0.0.0', port: 4000, metricsPort: 9464 });
    expect(config.shutdownDelayMs).toBeGreaterThanOrEqual(2_000);
    expect(config.domain.environment).toBe('production');
    expect(config.domain.redis).not.toBeNull();
    if (values !== 'base') expect(config.domain.meili).not.toBeNull();
  });

  test('the worker starts, and tells its metrics', async () => {
    const config = loadWorkerConfig(environmentOf(await render({ values }), 'worker'));
    expect(config).toMatchObject({ host: '0.0.0.0', metricsPort: 9464, concurrency: 4 });
  });

  test('the pages start, and find the API', async () => {
    const env = environmentOf(await render({ values }), 'storefront');
    expect(await storefrontConfig(env)).toMatchObject({
      host: '0.0.0.0',
      port: 3000,
      bffUrl: 'http://souk-bff:4000',
      shopUrl: env.SHOP_URL,
    });
    expect(Object.keys(env).filter((name) => /SECRET|PASSWORD|DATABASE_URL|REDIS_URL/.test(name))).toEqual(
      [],
    );
  });
});

test('log-ins, carriers, taxes and pictures are on when their variables are set', async () => {
  const providers = Object.fromEntries(oauthProviders.map((provider) => [`${provider}_CLIENT_ID`, 'id']));
  const shipFrom = { name: 'Souk', line1: '1 Market Row', city: 'London', country: 'GB' };
  const config = {
    ...providers,
    ...{ OIDC_ISSUER: 'https://login.test', APPLE_TEAM_ID: 'T', APPLE_KEY_ID: 'K' },
    ...{ AVALARA_ACCOUNT_ID: '1', AVALARA_COMPANY_CODE: 'SOUK', SHIP_FROM: JSON.stringify(shipFrom) },
  };
  const manifests = await render({ values: 'production', set: { config } });
  const { domain } = loadBffConfig(environmentOf(manifests, 'bff', { isEverySecretThere: true }));
  expect(domain.oauth.map(({ id }) => id).sort()).toEqual(['apple', 'facebook', 'github', 'google', 'oidc']);
  expect(domain.shippo).not.toBeNull();
  expect(domain.avalara).not.toBeNull();
});

test('the three programs of a development shop agree on where payments are', async () => {
  const manifests = await render({ values: 'local' });
  const { domain } = loadBffConfig(environmentOf(manifests, 'bff'));
  expect(domain.stripe).toMatchObject({
    apiBase: 'http://souk-payment-sandbox:4010',
    scriptUrl: 'http://localhost:4010/v3/stripe.js',
  });
  expect(await storefrontConfig(environmentOf(manifests, 'storefront'))).toMatchObject({
    paymentOrigins: expect.arrayContaining(['http://localhost:4010']),
  });
});
