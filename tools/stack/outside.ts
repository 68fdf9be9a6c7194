import pg from 'pg';
import { messageOf, StackError } from './errors.ts';
import { askRedis } from './redis-probe.ts';
import { nothingToStop, publicAddress, type Service } from './service.ts';

const timeoutMs = 5_000;

/** The Postgres that DATABASE_URL names, once it has answered; `undefined` when the variable is unset. */
export async function outsidePostgres(): Promise<Service | undefined> {
  return outside('Postgres', 'DATABASE_URL', ['postgres:', 'postgresql:'], async (url) => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
    await client.connect();
    const { rows } = await client
      .query<{ version: string }>('SHOW server_version')
      .finally(() => client.end());
    return { note: `PostgreSQL ${rows[0]?.version}, yours` };
  });
}

/** The Redis that REDIS_URL names. */
export async function outsideRedis(): Promise<Service | undefined> {
  return outside('Redis', 'REDIS_URL', ['redis:', 'rediss:'], async (url) => ({
    note: `Redis ${await askRedis(url, timeoutMs)}, yours`,
  }));
}

/** The Meilisearch that MEILI_URL names, with the key in MEILI_API_KEY. */
export async function outsideMeilisearch(): Promise<Service | undefined> {
  return outside('Meilisearch', 'MEILI_URL', ['http:', 'https:'], async (url) => {
    const key = process.env.MEILI_API_KEY || undefined;
    const response = await fetch(new URL('/indexes?limit=1', url), {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 401 || response.status === 403) {
      throw new StackError(
        `MEILI_API_KEY ${key ? 'is refused by' : 'is not set, and is needed for'} ${publicAddress(url)}`,
      );
    }
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    return { note: 'yours', key };
  });
}

async function outside(
  name: string,
  variable: string,
  protocols: readonly string[],
  check: (url: string) => Promise<{ note: string; key?: string | undefined }>,
): Promise<Service | undefined> {
  const url = process.env[variable];
  if (!url) return undefined;
  if (!URL.canParse(url) || !protocols.includes(new URL(url).protocol)) {
    throw new StackError(
      `${variable} is not an address that starts with ${protocols[0]}// (it is ${JSON.stringify(url)})`,
    );
  }
  try {
    return { name, url, ...(await check(url)), stop: nothingToStop };
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw new StackError(`${variable}: ${name} at ${publicAddress(url)} cannot be used: ${messageOf(error)}`);
  }
}
