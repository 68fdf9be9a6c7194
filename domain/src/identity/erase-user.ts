import { authorise, DomainError, type TransactionContext } from '../kernel/index.ts';
import { userErased } from './events.ts';
import { endSessions } from './manage-sessions.ts';
import { keepASuperAdmin } from './roles.ts';
import { dropTokens } from './tokens.ts';

/** Who somebody was until now: to say farewell. */
export interface ErasedUser {
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

/**
 * Leaves of a user a row without anything personal, so that orders and the audit log still have what they name. Sessions end
 * everywhere; password, passkeys, links to providers, second factors, API keys, roles and tokens are gone. Whose turn it is to erase
 * whom has been checked, except that somebody who may not grant roles never erases an admin other than themselves.
 *
 * @returns null when they are erased already: what came in meanwhile is removed all the same
 * @throws DomainError `not_found`, `conflict` for the last super admin, `forbidden`
 */
export async function eraseUser(
  tx: TransactionContext,
  input: { userId: string },
): Promise<ErasedUser | null> {
  const { userId } = input;
  await keepASuperAdmin(tx, userId);
  // for update, and not only for the columns at hand: rows that are being added to this user wait, or are waited for
  const user = await tx.db
    .selectFrom('users')
    .select(['email', 'name', 'locale'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (!user) throw new DomainError('not_found', `no user ${userId}`);
  await spareStaffAbove(tx, userId);
  await endSessions(tx, { userId });
  await dropTokens(tx, { userId });
  await tx.db.deleteFrom('totp_credentials').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('passkeys').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('oauth_accounts').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('api_keys').where('created_by', '=', userId).execute();
  await tx.db.deleteFrom('user_roles').where('user_id', '=', userId).execute();
  if (user.email === null) return null;
  await tx.db
    .updateTable('users')
    .set({
      status: 'erased',
      email: null,
      name: '',
      password_hash: null,
      password_changed_at: null,
      locale: 'en',
      updated_at: tx.clock.now(),
    })
    .where('id', '=', userId)
    .execute();
  await tx.emit(userErased(userId, {}));
  return { email: user.email, name: user.name, locale: user.locale };
}

async function spareStaffAbove(tx: TransactionContext, userId: string): Promise<void> {
  if (tx.actor.id === userId) return;
  const above = await tx.db
    .selectFrom('user_roles')
    .select('role')
    .where('user_id', '=', userId)
    .where('role', 'in', ['admin', 'super_admin'])
    .executeTakeFirst();
  if (above) authorise(tx, 'roles:grant');
}
