import { apiKeyInput, apiKeyView, createApiKey, listApiKeys, revokeApiKey } from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const apiKeysRouter = router({
  create: procedure('api-keys:manage', 5)
    .input(apiKeyInput)
    .output(z.object({ key: z.string(), apiKey: apiKeyView }))
    .mutation(({ ctx, input }) => createApiKey(ctx.domain, input)),

  list: procedure('api-keys:manage', 1)
    .output(z.array(apiKeyView))
    .query(({ ctx }) => listApiKeys(ctx.domain)),

  revoke: procedure('api-keys:manage', 3)
    .input(z.strictObject({ keyId: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => revokeApiKey(ctx.domain, input)),
});
