import {
  completeSecondFactor,
  emailAddress,
  type LoginOutcome,
  logIn,
  loginOutcome,
  logOutByRefreshToken,
  refreshTokens,
  tokenPair,
  tokensOfLogin,
  typedPassword,
} from '@souk/domain/identity';
import type { Context } from '@souk/domain/kernel';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const [, secondStep] = loginOutcome.options;

export const mobileOutcome = z.discriminatedUnion('outcome', [
  tokenPair.extend({
    outcome: z.literal('logged-in'),
    /** For `x-souk-device` at the next log-in: shows that this device is known. */
    deviceToken: z.string(),
  }),
  secondStep,
]);

const refreshToken = z.strictObject({ refreshToken: z.string().min(1).max(100) });

async function mobileOutcomeOf(ctx: Context, outcome: LoginOutcome): Promise<z.infer<typeof mobileOutcome>> {
  if (outcome.outcome === 'second-factor') return outcome;
  const pair = await tokensOfLogin(ctx, outcome);
  return { outcome: 'logged-in', ...pair, deviceToken: outcome.deviceToken };
}

/** Log-ins of clients that keep no cookies: behind `/api/v1/auth`. */
export const tokensRouter = router({
  logIn: procedure('session:start', 17)
    .input(z.strictObject({ email: emailAddress, password: typedPassword }))
    .output(mobileOutcome)
    .mutation(async ({ ctx, input }) => {
      const { deviceToken } = ctx;
      const outcome = await logIn(ctx.domain, { ...input, kind: 'mobile', deviceToken });
      return mobileOutcomeOf(ctx.domain, outcome);
    }),

  secondFactor: procedure('session:start', 21)
    .input(
      z.strictObject({
        challenge: z.string().min(1).max(200),
        method: z.enum(['totp', 'recovery-code']),
        code: z.string().max(100),
      }),
    )
    .output(mobileOutcome)
    .mutation(async ({ ctx, input }) => {
      const { deviceToken } = ctx;
      const outcome = await completeSecondFactor(ctx.domain, { ...input, deviceToken });
      return mobileOutcomeOf(ctx.domain, outcome);
    }),

  refresh: procedure('session:start', 5)
    .input(refreshToken)
    .output(tokenPair)
    .mutation(({ ctx, input }) => refreshTokens(ctx.domain, input)),

  logOut: procedure('session:start', 3)
    .input(refreshToken)
    .output(z.void())
    .mutation(({ ctx, input }) => logOutByRefreshToken(ctx.domain, input)),
});
