import {
  completeOAuth,
  confirmOAuthLink,
  connectedAccount,
  disconnectOAuth,
  listConnectedAccounts,
  oauthAnswer,
  oauthIntent,
  oauthOutcome,
  oauthProviderId,
  oauthProviders,
  oauthProviderView,
  oauthStart,
  pendingLink,
  pendingOAuthLink,
  startOAuth,
} from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const linkToken = z.strictObject({ linkToken: z.string().min(1).max(100) });

export const oauthRouter = router({
  providers: procedure('session:start', 0)
    .output(z.array(oauthProviderView))
    .query(({ ctx }) => oauthProviders(ctx.domain)),

  start: procedure('session:start', 1)
    .input(
      z.strictObject({
        provider: z.string().max(20),
        intent: oauthIntent,
        returnTo: z.string().startsWith('/').max(1_000),
      }),
    )
    .output(oauthStart)
    .mutation(({ ctx, input }) => startOAuth(ctx.domain, input)),

  complete: procedure('session:start', 15)
    .input(oauthAnswer.omit({ deviceToken: true }))
    .output(oauthOutcome)
    .mutation(({ ctx, input }) => completeOAuth(ctx.domain, { ...input, deviceToken: ctx.deviceToken })),

  connected: procedure('account:own', 2)
    .output(z.array(connectedAccount))
    .query(({ ctx }) => listConnectedAccounts(ctx.domain)),

  pendingLink: procedure('account:own', 2)
    .input(linkToken)
    .output(pendingLink.nullable())
    .query(({ ctx, input }) => pendingOAuthLink(ctx.domain, input)),

  confirmLink: procedure('account:own', 6)
    .input(linkToken)
    .output(oauthProviderView)
    .mutation(({ ctx, input }) => confirmOAuthLink(ctx.domain, input)),

  disconnect: procedure('account:own', 7)
    .input(z.strictObject({ provider: oauthProviderId }))
    .output(z.void())
    .mutation(({ ctx, input }) => disconnectOAuth(ctx.domain, input)),
});
