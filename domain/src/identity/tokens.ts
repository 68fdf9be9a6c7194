import { sql } from 'kysely';
import type { z } from 'zod';
import {
  addSeconds,
  type Context,
  DomainError,
  hashToken,
  randomToken,
  seal,
  unseal,
} from '../kernel/index.ts';

/** What a one-time token may be for; one made for a purpose is worthless for another. */
export type TokenPurpose =
  | 'register'
  | 'reset-password'
  | 'undo-password-change'
  | 'email-change-approve'
  | 'email-change-verify'
  | 'undo-email-change'
  | 'second-factor'
  | 'passkey-register'
  | 'passkey-login'
  | 'oauth-state'
  | 'oauth-link';

const sealPurpose = (purpose: TokenPurpose) => `one-time-token:${purpose}`;

/**
 * Makes a token that works once: for links in mails, second steps of a log-in, challenges. Only its hash is kept, its payload
 * sealed: a copy of the database opens nothing.
 *
 * @param input.payload what it stands for; JSON
 * @returns the token, 256 bits in base64url: it is not kept anywhere
 */
export async function issueToken(
  ctx: Context,
  input: { purpose: TokenPurpose; userId: string | null; ttlSeconds: number; payload: unknown },
): Promise<string> {
  const token = randomToken();
  const now = ctx.clock.now();
  await ctx.db
    .insertInto('one_time_tokens')
    .values({
      token_hash: hashToken(token),
      purpose: input.purpose,
      user_id: input.userId,
      payload: seal(ctx.config.secrets, sealPurpose(input.purpose), JSON.stringify(input.payload)),
      created_at: now,
      expires_at: addSeconds(now, input.ttlSeconds),
    })
    .execute();
  return token;
}

interface TokenOf<Schema extends z.ZodType> {
  readonly purpose: TokenPurpose;
  readonly token: string;
  readonly schema: Schema;
}

/** What a token stands for, without using it up; null when it is used, too old or none of ours. */
export async function peekToken<Schema extends z.ZodType>(
  ctx: Context,
  input: TokenOf<Schema>,
): Promise<{ userId: string | null; payload: z.infer<Schema> } | null> {
  const row = await ctx.db
    .selectFrom('one_time_tokens')
    .select(['user_id', 'payload'])
    .where('token_hash', '=', hashToken(input.token))
    .where('purpose', '=', input.purpose)
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst();
  return row ? opened(ctx, input, row) : null;
}

/**
 * Uses a token up. Of a hundred at once one succeeds. In a transaction that fails it stays usable.
 *
 * @throws DomainError `token_invalid` when it is used, too old or none of ours
 */
export async function takeToken<Schema extends z.ZodType>(
  ctx: Context,
  input: TokenOf<Schema>,
): Promise<{ userId: string | null; payload: z.infer<Schema> }> {
  const row = await ctx.db
    .deleteFrom('one_time_tokens')
    .where('token_hash', '=', hashToken(input.token))
    .where('purpose', '=', input.purpose)
    .where('expires_at', '>', ctx.clock.now())
    .returning(['user_id', 'payload'])
    .executeTakeFirst();
  const taken = row ? opened(ctx, input, row) : null;
  if (taken === null) throw new DomainError('token_invalid', `no such ${input.purpose} token`);
  return taken;
}

function opened<Schema extends z.ZodType>(
  ctx: Context,
  input: TokenOf<Schema>,
  row: { user_id: string | null; payload: string },
): { userId: string | null; payload: z.infer<Schema> } | null {
  const text = unseal(ctx.config.secrets, sealPurpose(input.purpose), row.payload);
  return text === null ? null : { userId: row.user_id, payload: input.schema.parse(JSON.parse(text)) };
}

/**
 * Counts a try at what a token guards, such as a code. Counted before the try is looked at, so that guesses at the same time count,
 * too.
 *
 * @throws DomainError `token_invalid` when there have been `max` tries: the token is worth nothing any more
 */
export async function countAttempt(
  ctx: Context,
  input: { purpose: TokenPurpose; token: string; max: number },
): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('one_time_tokens')
    .set({ attempts: sql`attempts + 1` })
    .where('token_hash', '=', hashToken(input.token))
    .where('purpose', '=', input.purpose)
    .where('attempts', '<', input.max)
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new DomainError('token_invalid', `no tries left at ${input.purpose}`);
}

/** Makes tokens of a user void: those of one purpose, or all. */
export async function dropTokens(
  ctx: Context,
  input: { userId: string; purpose?: TokenPurpose },
): Promise<void> {
  await ctx.db
    .deleteFrom('one_time_tokens')
    .where('user_id', '=', input.userId)
    .$if(input.purpose !== undefined, (query) => query.where('purpose', '=', input.purpose ?? ''))
    .execute();
}
