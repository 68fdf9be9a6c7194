import { z } from 'zod';
import {
  authorise,
  type Context,
  DomainError,
  type GrantedRole,
  grantableRoles,
  requireRecentLoginOfStaff,
  type TransactionContext,
} from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { endSessions } from './manage-sessions.ts';
import { dropTokens } from './tokens.ts';

/** A role of somebody; a seller's role names the seller. */
export const roleOfUser = z
  .strictObject({
    userId: z.uuid(),
    role: z.enum(grantableRoles),
    sellerId: z.uuid().nullable().default(null),
  })
  .refine(({ role, sellerId }) => (sellerId !== null) === role.startsWith('seller_'), {
    path: ['sellerId'],
    error: "A seller's role names the seller, and no other role does",
  });
export type RoleOfUser = z.infer<typeof roleOfUser>;

export const userStatusChange = z.strictObject({ userId: z.uuid(), status: z.enum(['active', 'disabled']) });

/**
 * Who may hand out a role: a super admin any; an admin those below their own, so that nobody raises anybody to their own height
 * or above.
 */
function authoriseRole(ctx: Context, role: RoleOfUser['role']): void {
  authorise(ctx, 'users:update');
  requireRecentLoginOfStaff(ctx);
  if (role === 'admin' || role === 'super_admin') authorise(ctx, 'roles:grant');
}

/**
 * Grants a role; that it is granted already is no error. The user's sessions end: the next one carries the new rights.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `reauthentication_required`, `not_found`
 */
export async function grantRole(ctx: Context, input: RoleOfUser): Promise<void> {
  authoriseRole(ctx, input.role);
  await ctx.transaction(async (tx) => {
    const before = await lockRoles(tx, input.userId);
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('user_roles')
      .values({
        user_id: input.userId,
        role: input.role,
        seller_id: input.sellerId,
        granted_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return;
    const granted = { role: input.role, sellerId: input.sellerId };
    await rightsChanged(tx, 'user.role-granted', input.userId, { before, after: [...before, granted] });
  });
}

/**
 * Takes a role away; that it is gone already is no error. The user's sessions end.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `reauthentication_required`, `not_found`, `conflict` for the last super admin
 */
export async function withdrawRole(ctx: Context, input: RoleOfUser): Promise<void> {
  authoriseRole(ctx, input.role);
  await ctx.transaction(async (tx) => {
    if (input.role === 'super_admin') await keepASuperAdmin(tx, input.userId);
    const before = await lockRoles(tx, input.userId);
    const { numDeletedRows } = await tx.db
      .deleteFrom('user_roles')
      .where('user_id', '=', input.userId)
      .where('role', '=', input.role)
      .where('seller_id', input.sellerId === null ? 'is' : '=', input.sellerId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return;
    const after = before.filter(({ role, sellerId }) => role !== input.role || sellerId !== input.sellerId);
    await rightsChanged(tx, 'user.role-withdrawn', input.userId, { before, after });
  });
}

/**
 * Lets somebody in again, or keeps them out: their sessions end and their links become void. Staff above are for a super admin.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `reauthentication_required`, `not_found`, `conflict` for oneself and for the last super admin
 */
export async function setUserStatus(ctx: Context, input: z.infer<typeof userStatusChange>): Promise<void> {
  authorise(ctx, 'users:update');
  requireRecentLoginOfStaff(ctx);
  if (ctx.actor.id === input.userId) throw new DomainError('conflict', 'nobody shuts themselves out');
  await ctx.transaction(async (tx) => {
    if (input.status === 'disabled') await keepASuperAdmin(tx, input.userId);
    const roles = await lockRoles(tx, input.userId);
    if (roles.some(({ role }) => role === 'admin' || role === 'super_admin')) authorise(tx, 'roles:grant');
    const { numUpdatedRows } = await tx.db
      .updateTable('users')
      .set({ status: input.status, updated_at: tx.clock.now() })
      .where('id', '=', input.userId)
      .where('status', '<>', input.status)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await dropTokens(tx, { userId: input.userId });
    await rightsChanged(tx, `user.${input.status === 'active' ? 'enabled' : 'disabled'}`, input.userId, {});
  });
}

/** A user's roles, the user locked. @throws DomainError `not_found` */
async function lockRoles(tx: TransactionContext, userId: string): Promise<GrantedRole[]> {
  const user = await tx.db
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('status', '<>', 'erased')
    .forUpdate()
    .executeTakeFirst();
  if (!user) throw new DomainError('not_found', `no user ${userId}`);
  return tx.db
    .selectFrom('user_roles')
    .select(['role', 'seller_id as sellerId'])
    .where('user_id', '=', userId)
    .orderBy('role')
    .execute();
}

/**
 * Makes sure that somebody else stays super admin. All of them are locked, in order, so that two who leave at once do not both.
 *
 * @throws DomainError `conflict` when the user is the last one
 */
export async function keepASuperAdmin(tx: TransactionContext, userId: string): Promise<void> {
  const holders = await tx.db
    .selectFrom('user_roles as granted')
    .innerJoin('users as user', 'user.id', 'granted.user_id')
    .select('granted.user_id')
    .where('granted.role', '=', 'super_admin')
    .where('user.status', '=', 'active')
    .orderBy('granted.user_id')
    .forUpdate()
    .execute();
  const isOne = holders.some((row) => row.user_id === userId);
  if (isOne && holders.length === 1) throw new DomainError('conflict', 'the shop needs a super admin');
}

async function rightsChanged(
  tx: TransactionContext,
  action: string,
  userId: string,
  roles: { before?: readonly GrantedRole[]; after?: readonly GrantedRole[] },
): Promise<void> {
  await endSessions(tx, { userId });
  await recordAudit(tx, {
    action,
    target: { kind: 'user', id: userId },
    ...(roles.before ? { before: { roles: roles.before } } : {}),
    ...(roles.after ? { after: { roles: roles.after } } : {}),
  });
}
