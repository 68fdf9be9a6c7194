import { z } from 'zod';
import { readWhenOn } from './outside-config.ts';

/** The bucket that pictures are kept in. */
export interface MediaBucketConfig {
  readonly bucket: string;
  readonly region: string;
  /** Of what stands in for Amazon's S3, such as MinIO, without a slash at its end; null for S3 itself. */
  readonly endpoint: string | null;
}

const settings = z
  .object({
    MEDIA_BUCKET: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket, without s3:// or a path'),
    // EKS sets AWS_REGION in the pods that it gives a role.
    MEDIA_REGION: z.string().min(1).optional(),
    AWS_REGION: z.string().min(1).optional(),
    MEDIA_ENDPOINT: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  })
  .transform((env, check): MediaBucketConfig => {
    const endpoint = env.MEDIA_ENDPOINT ?? null;
    // what stands in for S3 has no regions, but wants one in the signature
    const region = env.MEDIA_REGION ?? env.AWS_REGION ?? (endpoint === null ? null : 'us-east-1');
    if (region === null) {
      check.addIssue({
        code: 'custom',
        path: ['MEDIA_REGION'],
        message: 'expected the region of the bucket',
      });
      return z.NEVER;
    }
    return { bucket: env.MEDIA_BUCKET, region, endpoint };
  });

/**
 * The bucket as the environment sets it; null without MEDIA_BUCKET, and pictures are kept in the folder MEDIA_DIR.
 *
 * @throws ConfigError that names what is wrong or missing
 */
export function readMediaBucket(variables: Record<string, string | undefined>): MediaBucketConfig | null {
  return readWhenOn(settings, 'MEDIA_BUCKET', variables);
}
