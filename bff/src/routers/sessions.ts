import { endOtherSessions, endSession, listSessions, sessionView } from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const sessionsRouter = router({
  list: procedure('account:own', 1)
    .output(z.array(sessionView))
    .query(({ ctx }) => listSessions(ctx.domain)),

  end: procedure('account:own', 2)
    .input(z.strictObject({ sessionId: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => endSession(ctx.domain, input)),

  endOthers: procedure('account:own', 2)
    .output(z.object({ ended: z.int() }))
    .mutation(async ({ ctx }) => ({ ended: await endOtherSessions(ctx.domain) })),
});
