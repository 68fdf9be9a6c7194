import { auditEntry, auditFilter, listAudit } from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const auditRouter = router({
  list: procedure('audit:read', 1)
    .input(auditFilter.prefault({}))
    .output(z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const page = await listAudit(ctx.domain, input);
      return { items: [...page.items], nextCursor: page.nextCursor };
    }),
});
