import { expect, test } from 'vitest';
import { readMediaBucket } from './media-config.ts';

test('without a bucket, pictures are kept in the folder', () => {
  expect(readMediaBucket({ MEDIA_BUCKET: '', MEDIA_REGION: 'eu-central-1' })).toBeNull();
});

test('a bucket has the region that is given, or that of the pod', () => {
  const bucket = { MEDIA_BUCKET: 'souk-media', AWS_REGION: 'eu-west-1' };
  expect(readMediaBucket(bucket)).toEqual({ bucket: 'souk-media', region: 'eu-west-1', endpoint: null });
  expect(readMediaBucket({ ...bucket, MEDIA_REGION: 'eu-central-1' })?.region).toBe('eu-central-1');
});

test('what stands in for S3 needs no region', () => {
  expect(readMediaBucket({ MEDIA_BUCKET: 'souk-media', MEDIA_ENDPOINT: 'http://minio:9000/' })).toEqual({
    bucket: 'souk-media',
    region: 'us-east-1',
    endpoint: 'http://minio:9000',
  });
});

test.each([
  [
    { MEDIA_BUCKET: 's3://souk-media', MEDIA_REGION: 'eu-west-1' },
    /MEDIA_BUCKET is wrong: expected the name/,
  ],
  [{ MEDIA_BUCKET: 'souk-media' }, /MEDIA_REGION is missing/],
  [{ MEDIA_BUCKET: 'souk-media', MEDIA_ENDPOINT: 'minio:9000' }, /MEDIA_ENDPOINT is wrong/],
])('%j is refused', (variables, message) => {
  expect(() => readMediaBucket(variables)).toThrow(message);
});
