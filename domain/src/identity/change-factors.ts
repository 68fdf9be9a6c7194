import type { Context, TransactionContext } from '../kernel/index.ts';
import { queueMail, type SecondFactorChange } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { endSessions, rotateSession } from './manage-sessions.ts';
import type { StartedSession } from './sessions.ts';
import { lockUser, type User } from './users.ts';

/** Tells in the audit log, and the owner by mail, what has happened to a second factor. Three statements. */
export async function tellOfFactors(
  tx: TransactionContext,
  user: User,
  what: SecondFactorChange,
  after: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordAudit(tx, { action: `user.${what}`, target: { kind: 'user', id: user.id }, after });
  await queueMail(tx, {
    template: 'second-factor-changed',
    to: user.email,
    locale: user.locale,
    userId: user.id,
    data: { name: user.name, what, securityUrl: `${tx.config.shop.url}/account/security` },
  });
}

/**
 * Changes what somebody proves who they are with: one change at a time, after which their other sessions are over and the one at
 * hand has a new token.
 *
 * @throws DomainError `unauthenticated`, and what `work` throws
 */
export async function changeFactors<Result extends object>(
  ctx: Context,
  userId: string,
  work: (tx: TransactionContext, user: User) => Promise<Result>,
): Promise<Result & { session: StartedSession }> {
  return ctx.transaction(async (tx) => {
    const result = await work(tx, await lockUser(tx, userId));
    await endSessions(tx, { userId, exceptSessionId: tx.actor.session?.id });
    return { ...result, session: await rotateSession(tx) };
  });
}
