import { sql } from 'kysely';
import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { userRegistered } from './events.ts';

/** A user as the module works with it; never leaves the server whole. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly passwordHash: string | null;
  readonly isActive: boolean;
  readonly createdAt: Date;
  /** When the password was last set; null without one. */
  readonly passwordChangedAt: Date | null;
}

const columns = [
  'id',
  'email',
  'name',
  'locale',
  'password_hash',
  'status',
  'created_at',
  'password_changed_at',
] as const;

function userOf(row: {
  id: string;
  email: string | null;
  name: string;
  locale: string;
  password_hash: string | null;
  status: string;
  created_at: Date;
  password_changed_at: Date | null;
}): User | undefined {
  if (row.email === null) return undefined;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    locale: row.locale,
    passwordHash: row.password_hash,
    isActive: row.status === 'active',
    createdAt: row.created_at,
    passwordChangedAt: row.password_changed_at,
  };
}

/** A user that is not erased, by id. One statement. @throws DomainError `not_found` */
export async function readUser(ctx: Context, userId: string): Promise<User> {
  const row = await ctx.db.selectFrom('users').select(columns).where('id', '=', userId).executeTakeFirst();
  const user = row && userOf(row);
  if (!user) throw new DomainError('not_found', `no user ${userId}`);
  return user;
}

/** The same, locked until the transaction ends. One statement. @throws DomainError `not_found` */
export async function lockUser(tx: TransactionContext, userId: string): Promise<User> {
  const row = await tx.db
    .selectFrom('users')
    .select(columns)
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  const user = row && userOf(row);
  if (!user) throw new DomainError('not_found', `no user ${userId}`);
  return user;
}

/** A user by e-mail address, which the caller has put through `emailAddress`. One statement. */
export async function findUserByEmail(ctx: Context, email: string): Promise<User | undefined> {
  const row = await ctx.db.selectFrom('users').select(columns).where('email', '=', email).executeTakeFirst();
  return row && userOf(row);
}

/** The ids of users by e-mail address, each put through `emailAddress`; addresses that nobody has are left out. One statement. */
export async function userIdsByEmail(ctx: Context, emails: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('email', '=', sql<string>`any(${[...emails]}::text[])`)
    .execute();
  return new Map(rows.flatMap((row) => (row.email === null ? [] : [[row.email, row.id]])));
}

/** The e-mail addresses of users by id; those who are erased have none. One statement. */
export async function emailsOfUsers(ctx: Context, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('id', '=', sql<string>`any(${[...userIds]}::uuid[])`)
    .execute();
  return new Map(rows.flatMap((row) => (row.email === null ? [] : [[row.id, row.email]])));
}

/**
 * Makes a user whose e-mail address is proven, and tells of it. One statement and an event.
 *
 * @throws DomainError `conflict` when somebody has the address already
 */
export async function insertUser(
  tx: TransactionContext,
  input: { email: string; name: string; passwordHash: string | null; locale: string },
): Promise<{ id: string }> {
  const now = tx.clock.now();
  const row = await tx.db
    .insertInto('users')
    .values({
      id: tx.ids.next(),
      email: input.email,
      name: input.name,
      password_hash: input.passwordHash,
      password_changed_at: input.passwordHash === null ? null : now,
      locale: input.locale,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new DomainError('conflict', 'the e-mail address has an account already');
  await tx.emit(userRegistered(row.id, {}));
  return row;
}
