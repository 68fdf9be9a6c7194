import { type Context, currentUserId } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { endSession, endSessions } from './manage-sessions.ts';

/** Ends the session at hand; for guests it is no error. */
export async function logOut(ctx: Context): Promise<void> {
  const sessionId = ctx.actor.session?.id;
  if (sessionId === undefined) return;
  await ctx.transaction(async (tx) => {
    await endSession(tx, { sessionId });
    await recordAudit(tx, { action: 'user.logged-out', target: { kind: 'user', id: tx.actor.id } });
  });
}

/** Ends every session of who is logged in, the one at hand, too. @throws DomainError `unauthenticated` */
export async function logOutEverywhere(ctx: Context): Promise<void> {
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const ended = await endSessions(tx, { userId });
    await recordAudit(tx, {
      action: 'user.logged-out-everywhere',
      target: { kind: 'user', id: userId },
      after: { ended },
    });
  });
}
