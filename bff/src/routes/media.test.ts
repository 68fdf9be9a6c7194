import { putImage } from '@souk/domain/catalog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let bff: TestServer;
let key: string;
beforeAll(async () => {
  bff = await startTestServer();
  ({ key } = await putImage(bff.test.ctx, pixel));
});
afterAll(() => bff?.close());

test.each(['avif', 'webp'])('a picture comes as %s, to keep for good', async (format) => {
  const response = await fetch(`${bff.url}/media/${key}/160.${format}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(`image/${format}`);
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const body = Buffer.from(await response.arrayBuffer());
  expect(body.length).toBe(Number(response.headers.get('content-length')));
  expect(body.subarray(0, 16).toString('latin1')).toMatch(format === 'webp' ? /^RIFF....WEBP/s : /ftypavif/);

  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${bff.url}/media/${key}/160.${format}`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  const head = await fetch(`${bff.url}/media/${key}/160.${format}`, { method: 'HEAD' });
  expect(head.status).toBe(200);
});

test.each([
  () => `/media/${key}/161.webp`,
  () => `/media/${key}/160.png`,
  () => `/media/${key}`,
  () => '/media/nothing/640.webp',
  () => '/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd/640.webp',
  () => `/media/${'ab/'.repeat(200)}640.webp`,
  () => '/media/',
])('what is none is a problem that says 404 (%#)', async (path) => {
  const response = await fetch(`${bff.url}${path()}`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
});
