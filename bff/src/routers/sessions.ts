import { endOtherSessions, endSession, listSessions, me, sessionView } from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const sessionsRouter = router({
  /** Who is logged in; null for guests. The request's own session has told already. */
  me: procedure('session:start', 0)
    .output(me.nullable())
    .query(({ ctx }) => ctx.me),

  list: procedure('account:own', 1)
    .output(z.array(sessionView))
    .query(({ ctx }) => listSessions(ctx.domain)),

  end: procedure('account:own', 1)
    .input(z.strictObject({ sessionId: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => endSession(ctx.domain, input)),

  endOthers: procedure('account:own', 2)
    .output(z.object({ ended: z.int() }))
    .mutation(async ({ ctx }) => ({ ended: await endOtherSessions(ctx.domain) })),
});
