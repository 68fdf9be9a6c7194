import type { S3Client } from '@aws-sdk/client-s3';
import { DomainError, type FileStore, type MediaBucketConfig } from '../kernel/index.ts';
import { fileKey } from './file-key.ts';

/** How long one try may take to connect, and how long the bucket may be silent. */
const CONNECT_MS = 1_000;
const SILENCE_MS = 5_000;
/** How long a call may take in all, tries and pauses included; an original has up to 30 MB. */
const READ_MS = 10_000;
const WRITE_MS = 30_000;
const TRIES = 3;

interface Limits {
  readonly connectMs: number;
  readonly silenceMs: number;
  readonly readMs: number;
  readonly writeMs: number;
}

const usualLimits: Limits = {
  connectMs: CONNECT_MS,
  silenceMs: SILENCE_MS,
  readMs: READ_MS,
  writeMs: WRITE_MS,
};

/**
 * Files in a bucket of S3, or of what speaks its protocol. Credentials come by the SDK's default chain: EKS Pod Identity, a role for the
 * service account, the environment. The role must allow `s3:ListBucket` besides reading and writing: without it S3 says
 * "denied" of a file that is not there.
 *
 * Each call throws DomainError `unavailable` when the bucket is away or refuses; its message holds S3's word for it, and no credentials.
 */
export function createBucketStore(config: MediaBucketConfig, limits: Limits = usualLimits): FileStore {
  let loading: ReturnType<typeof connect> | undefined;
  const s3 = () => {
    loading ??= connect(config, limits);
    return loading;
  };
  const at = (key: string) => ({ Bucket: config.bucket, Key: fileKey(key) });
  return {
    async put(key, content, contentType) {
      const where = at(key);
      const { client, sdk } = await s3();
      const command = new sdk.PutObjectCommand({ ...where, Body: content, ContentType: contentType });
      await within(limits.writeMs, config, (abortSignal) => client.send(command, { abortSignal }));
    },
    async get(key) {
      const where = at(key);
      const { client, sdk } = await s3();
      return within(limits.readMs, config, async (abortSignal) => {
        const { Body } = await client.send(new sdk.GetObjectCommand(where), { abortSignal });
        return Body === undefined ? new Uint8Array() : untilAborted(Body.transformToByteArray(), abortSignal);
      });
    },
    async has(key) {
      const where = at(key);
      const { client, sdk } = await s3();
      const head = await within(limits.readMs, config, (abortSignal) =>
        client.send(new sdk.HeadObjectCommand(where), { abortSignal }),
      );
      return head !== null;
    },
  };
}

/** The SDK takes a while to load: only processes that touch a file pay for it. */
async function connect({ region, endpoint }: MediaBucketConfig, limits: Limits) {
  const sdk = await import('@aws-sdk/client-s3');
  const client: S3Client = new sdk.S3Client({
    region,
    maxAttempts: TRIES,
    requestHandler: {
      connectionTimeout: limits.connectMs,
      socketTimeout: limits.silenceMs,
      requestTimeout: limits.silenceMs,
      throwOnRequestTimeout: true,
    },
    // Stand-ins have no names for each bucket, and some do not know S3's newer checksums.
    ...(endpoint === null
      ? {}
      : {
          endpoint,
          forcePathStyle: true,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
        }),
  });
  return { client, sdk };
}

/** Runs a call to its end or its deadline. @returns null where there is no such file */
async function within<T>(
  budgetMs: number,
  config: MediaBucketConfig,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const signal = AbortSignal.timeout(budgetMs);
  try {
    return await call(signal);
  } catch (error) {
    const word = signal.aborted ? `no answer within ${budgetMs} ms` : wordOf(error);
    if (word === 'NoSuchKey' || word === 'NotFound') return null;
    // not as the cause: S3 repeats key ids and what was signed in its errors
    throw new DomainError('unavailable', `the bucket ${config.bucket} cannot be used: ${word}`);
  }
}

/** S3's own code, such as `AccessDenied`, or the network's, such as `ECONNREFUSED`. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'Error' ? error.message : error.name;
}

/** The SDK's own signal ends with the headers: a body that never ends would be waited for. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
