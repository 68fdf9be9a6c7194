import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import S3rver from 's3rver';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FileStore } from '../kernel/index.ts';
import { createBucketStore } from './bucket-store.ts';
import { createFolderStore } from './file-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-files-'));
const s3 = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'pictures', configs: [] }],
});
let endpoint: string;

beforeAll(async () => {
  // as the default chain finds them; these are the ones that s3rver knows
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
  const { port } = await s3.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await s3.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const bucket = (name = 'pictures', at = endpoint) =>
  createBucketStore({ bucket: name, region: 'us-east-1', endpoint: at });

/** A byte every so often: never silent, never done. */
function trickle(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('p'), 50);
  response.once('close', () => clearInterval(timer));
}

const stores: readonly [string, () => FileStore][] = [
  ['a folder', () => createFolderStore(join(folder, 'media'))],
  ['a bucket', () => bucket()],
];

describe.each(stores)('%s', (_name, open) => {
  test('keeps files by their keys, and says when there is none', async () => {
    const store = open();
    const bytes = new Uint8Array([0, 1, 2, 255]);
    expect(await store.has('originals/ab/one')).toBe(false);
    expect(await store.get('originals/ab/one')).toBeNull();
    await store.put('originals/ab/one', bytes, 'image/png');
    expect(await store.has('originals/ab/one')).toBe(true);
    expect(Buffer.from((await store.get('originals/ab/one')) ?? []).equals(bytes)).toBe(true);
    await store.put('originals/ab/one', new Uint8Array([7]), 'image/png');
    expect([...((await store.get('originals/ab/one')) ?? [])]).toEqual([7]);
  });

  test('keeps an empty file, and a large one', async () => {
    const store = open();
    await store.put('empty.bin', new Uint8Array(), 'application/octet-stream');
    expect((await store.get('empty.bin'))?.byteLength).toBe(0);
    const large = Buffer.alloc(6_000_000, 'souk');
    await store.put('large.bin', large, 'application/octet-stream');
    expect(Buffer.from((await store.get('large.bin')) ?? []).equals(large)).toBe(true);
  });

  test.each(['../secret', '/etc/passwd', 'a/../b', 'A', '', 'a//b', 'a?b'])('has no key %s', async (key) => {
    const store = open();
    for (const call of [store.get(key), store.has(key), store.put(key, new Uint8Array(), 'image/png')]) {
      await expect(call).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });
});

describe('a bucket that', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const standIn = async (answer: RequestListener): Promise<string> => {
    server = createServer(answer);
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const address = listening.address();
    return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
  };
  const hasty = (at: string) =>
    createBucketStore(
      { bucket: 'pictures', region: 'us-east-1', endpoint: at },
      { connectMs: 200, silenceMs: 300, readMs: 500, writeMs: 500 },
    );

  test('is not there is an error, not a missing file', async () => {
    await expect(bucket('no-such-bucket').get('one')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the bucket no-such-bucket cannot be used: NoSuchBucket',
    });
  });

  test('nobody answers for is told with the reason', async () => {
    const at = await standIn(() => {});
    await new Promise((resolve) => server?.close(resolve));
    await expect(bucket('pictures', at).has('one')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('stumbles twice is asked again, for reading and for writing', async () => {
    let asked = 0;
    const at = await standIn((request, response) => {
      asked += 1;
      request.resume();
      if (asked % 3 !== 0) return void response.writeHead(503).end();
      response.writeHead(200, { etag: '"x"' }).end(request.method === 'GET' ? 'picture' : '');
    });
    await bucket('pictures', at).put('one', Buffer.from('picture'), 'image/png');
    expect(asked).toBe(3);
    expect(Buffer.from((await bucket('pictures', at).get('one')) ?? []).toString()).toBe('picture');
    expect(asked).toBe(6);
  });

  test.each<[string, RequestListener]>([
    ['says nothing', () => {}],
    ['trickles for ever', (_request, response) => trickle(response)],
    ['stops in the middle of a file', (_request, response) => void response.writeHead(200).write('pic')],
  ])('%s is given up in time', async (_what, answer) => {
    const startedAt = performance.now();
    const call = hasty(await standIn(answer)).get('one');
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('refuses keeps the credentials out of the error', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIANOBODY');
    const refused: unknown = await bucket()
      .get('originals/ab/one')
      .catch((error: unknown) => error);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
    expect(refused).toMatchObject({
      code: 'unavailable',
      message: 'the bucket pictures cannot be used: InvalidAccessKeyId',
    });
    expect(inspect(refused, { depth: null })).not.toMatch(/AKIANOBODY|S3RVER/);
  });
});
