import { z } from 'zod';
import { authorise, type Context, DomainError, grantableRoles } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { endSessions } from './manage-sessions.ts';
import { emailAddress, personName } from './model.ts';
import { checkNewPassword, typedPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { findUserByEmail, insertUser } from './users.ts';

export const newUser = z.strictObject({
  email: emailAddress,
  name: personName,
  password: typedPassword,
  /** None: a customer. Sellers' roles are granted once the seller is known. */
  role: z.enum(grantableRoles).exclude(['seller_owner', 'seller_staff']).nullable(),
});
export type NewUser = z.infer<typeof newUser>;

/**
 * Makes a user whose e-mail address the operator vouches for. For an address that has an account already only the role is granted:
 * its password stays.
 *
 * @throws DomainError `forbidden`, `password_refused`
 */
export async function createUser(
  ctx: Context,
  input: NewUser,
): Promise<{ userId: string; outcome: 'created' | 'role-granted' | 'unchanged' }> {
  authorise(ctx, 'users:update');
  if (input.role !== null) authorise(ctx, 'roles:grant');
  const { email, name } = input;
  const known = await findUserByEmail(ctx, email);
  if (!known) checkNewPassword(input.password, { email, name, shopName: ctx.config.shop.name });
  const passwordHash = known ? null : await hashPassword(input.password);
  return ctx.transaction(async (tx) => {
    const user = known ?? (await insertUser(tx, { email, name, passwordHash, locale: 'en' }));
    if (!known) await recordAudit(tx, { action: 'user.created', target: { kind: 'user', id: user.id } });
    if (input.role === null) return { userId: user.id, outcome: known ? 'unchanged' : 'created' };
    const granted = await tx.db
      .insertInto('user_roles')
      .values({ user_id: user.id, role: input.role, seller_id: null, granted_at: tx.clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (granted.numInsertedOrUpdatedRows === 0n) return { userId: user.id, outcome: 'unchanged' };
    if (known && !known.isActive) throw new DomainError('conflict', 'the account is disabled');
    await endSessions(tx, { userId: user.id });
    await recordAudit(tx, {
      action: 'user.role-granted',
      target: { kind: 'user', id: user.id },
      after: { role: input.role },
    });
    return { userId: user.id, outcome: known ? 'role-granted' : 'created' };
  });
}

/** Whether anybody can grant roles yet. One statement. @throws DomainError `forbidden` */
export async function hasSuperAdmin(ctx: Context): Promise<boolean> {
  authorise(ctx, 'users:read');
  const row = await ctx.db
    .selectFrom('user_roles as granted')
    .innerJoin('users as user', 'user.id', 'granted.user_id')
    .select('user.id')
    .where('granted.role', '=', 'super_admin')
    .where('user.status', '=', 'active')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
