import { createHmac } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { type Context, DomainError, deriveKey, isDomainError, subscriberOf } from '../kernel/index.ts';
import { type ThrottleRule, throttleDelays } from './throttle-rules.ts';

/** Something that tries are counted by. */
export interface Counter {
  /** Such as `login-account`, and what tells one from the next: kept as a keyed hash only. */
  readonly name: readonly [scope: string, ...parts: string[]];
  readonly rule: ThrottleRule;
  /** What a success does: `reset` forgets all failures, `forgive` only the try at hand. */
  readonly onSuccess: 'reset' | 'forgive';
}

/** A try that was let through and counts as a failure until it is said to have succeeded. */
export interface Try {
  succeeded(): Promise<void>;
}

/**
 * Lets a try through or not. It is counted as a failure before anybody looks whether it is right, each counter in one atomic
 * statement and all of them or none, so that guesses at the same time count like guesses one after the other.
 *
 * @throws DomainError `rate_limited` with `retryAfterSeconds`
 */
export async function beginTry(ctx: Context, counters: readonly Counter[]): Promise<Try> {
  const secret = deriveKey(ctx.config.secrets[0], 'login-throttles');
  const keyed = counters
    .map((counter) => ({
      ...counter,
      key: createHmac('sha256', secret).update(counter.name.join('\n')).digest('base64url'),
    }))
    // all in one order: two tries never wait for each other
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const countedAt = ctx.clock.now();
  await ctx.transaction(async (tx) => {
    for (const { key, rule } of keyed) await count(tx, key, rule, countedAt);
  });
  return {
    async succeeded() {
      const keysThat = (effect: Counter['onSuccess']) =>
        keyed.filter(({ onSuccess }) => onSuccess === effect).map(({ key }) => key);
      await reset(ctx, keysThat('reset'));
      await forgive(ctx, keysThat('forgive'), countedAt);
    },
  };
}

/** Like `beginTry`, but tells instead of throwing whether it may be. */
export async function mayTry(ctx: Context, counters: readonly Counter[]): Promise<boolean> {
  try {
    await beginTry(ctx, counters);
    return true;
  } catch (error) {
    if (isDomainError(error, 'rate_limited')) return false;
    throw error;
  }
}

const AT_ANY_TIME = sql<Date>`'epoch'::timestamptz`;

/** What one customer of a provider is counted by; nothing where there is no address, as in jobs. */
export function networkCounters(
  ctx: Context,
  scope: string,
  rule: ThrottleRule,
  ...parts: string[]
): Counter[] {
  const network = subscriberOf(ctx.origin.address);
  if (network === '') return [];
  return [{ name: [scope, network, ...parts], rule, onSuccess: parts.length === 0 ? 'forgive' : 'reset' }];
}

async function count(ctx: Context, key: string, rule: ThrottleRule, now: Date): Promise<void> {
  const delays = throttleDelays(rule);
  const secondsSince = sql`greatest(0, extract(epoch from ${now}::timestamptz - throttle.updated_at))`;
  const failures: RawBuilder<number> = sql`
    least(greatest(0, throttle.failures - ${secondsSince} / ${rule.forgetSeconds}::float8) + 1, ${delays.length})`;
  const { rows } = await sql<{ key: string }>`
    insert into login_throttles as throttle (key, failures, allowed_at, updated_at)
    values (${key}, 1, ${allowedAfter(now, sql`${delays[0] ?? 0}::int`)}, ${now})
    on conflict (key) do update set
      failures = ${failures},
      allowed_at = ${allowedAfter(now, sql`(${delays}::int[])[round(${failures})::int]`)},
      updated_at = ${now}
    where throttle.allowed_at <= ${now}
    returning key
  `.execute(ctx.db);
  if (rows.length === 0) throw await refusal(ctx, key, now);
}

/** When the next try may be. Without a delay at any time: of two tries at once, the one that is counted first may have begun last. */
function allowedAfter(now: Date, seconds: RawBuilder<number>): RawBuilder<Date> {
  return sql`case when ${seconds} > 0 then ${now}::timestamptz + make_interval(secs => ${seconds}) else ${AT_ANY_TIME} end`;
}

async function refusal(ctx: Context, key: string, now: Date): Promise<DomainError> {
  const row = await ctx.db
    .selectFrom('login_throttles')
    .select('allowed_at')
    .where('key', '=', key)
    .executeTakeFirst();
  const seconds = Math.ceil(((row?.allowed_at.getTime() ?? 0) - now.getTime()) / 1000);
  return new DomainError('rate_limited', 'too many failures', { retryAfterSeconds: Math.max(1, seconds) });
}

async function reset(ctx: Context, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await ctx.db.deleteFrom('login_throttles').where('key', 'in', keys).execute();
}

/** Takes back one try; the delay after it, too, unless another try has come since. */
async function forgive(ctx: Context, keys: readonly string[], countedAt: Date): Promise<void> {
  if (keys.length === 0) return;
  await ctx.db
    .updateTable('login_throttles')
    .set({
      failures: sql`greatest(0, failures - 1)`,
      allowed_at: sql`case when updated_at = ${countedAt} then ${AT_ANY_TIME} else allowed_at end`,
    })
    .where('key', 'in', keys)
    .execute();
}
