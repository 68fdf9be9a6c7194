import {
  grantRole,
  listUsers,
  roleOfUser,
  setUserStatus,
  userFilter,
  userStatusChange,
  userSummary,
  withdrawRole,
} from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const usersRouter = router({
  list: procedure('users:read', 1)
    .input(userFilter.prefault({}))
    .output(z.object({ items: z.array(userSummary), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const page = await listUsers(ctx.domain, input);
      return { items: [...page.items], nextCursor: page.nextCursor };
    }),

  grantRole: procedure('users:update', 5)
    .input(roleOfUser)
    .output(z.void())
    .mutation(({ ctx, input }) => grantRole(ctx.domain, input)),

  withdrawRole: procedure('users:update', 6)
    .input(roleOfUser)
    .output(z.void())
    .mutation(({ ctx, input }) => withdrawRole(ctx.domain, input)),

  setStatus: procedure('users:update', 7)
    .input(userStatusChange)
    .output(z.void())
    .mutation(({ ctx, input }) => setUserStatus(ctx.domain, input)),
});
