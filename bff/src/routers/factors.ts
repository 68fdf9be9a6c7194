import {
  authenticationResponse,
  completeSecondFactor,
  confirmTotp,
  factorsView,
  finishPasskeyLogin,
  finishPasskeyRegistration,
  finishPasskeyStep,
  loginOutcome,
  passkeyCreation,
  passkeyName,
  passkeyRequest,
  pendingTotp,
  readFactors,
  registrationResponse,
  removePasskey,
  renamePasskey,
  renewRecoveryCodes,
  secondFactor,
  secondStepMethods,
  startPasskeyLogin,
  startPasskeyRegistration,
  startPasskeyStep,
  startTotp,
  totpSetUp,
  turnOffTotp,
} from '@souk/domain/identity';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const token = z.string().max(100);
const step = z.strictObject({ challenge: token });
/** What a change of factors leaves in the browser: the session at hand has a new token. */
const session = z.object({ token: z.string(), expiresAt: z.date() });
/** Shown once; null when there were some already. */
const recoveryCodes = z.array(z.string()).nullable();

export const factorsRouter = router({
  /** What a log-in that waits for its second step may go on by. */
  stepMethods: procedure('session:start', 2)
    .input(step)
    .output(z.array(secondFactor))
    .query(({ ctx, input }) => secondStepMethods(ctx.domain, input)),

  completeStep: procedure('session:start', 19)
    .input(step.extend({ method: z.enum(['totp', 'recovery-code']), code: z.string().max(100) }))
    .output(loginOutcome)
    .mutation(({ ctx, input }) =>
      completeSecondFactor(ctx.domain, { ...input, deviceToken: ctx.deviceToken }),
    ),

  startPasskeyStep: procedure('session:start', 3)
    .input(step)
    .output(z.object({ options: passkeyRequest, token }))
    .mutation(({ ctx, input }) => startPasskeyStep(ctx.domain, input)),

  finishPasskeyStep: procedure('session:start', 11)
    .input(step.extend({ token, response: authenticationResponse }))
    .output(loginOutcome)
    .mutation(({ ctx, input }) => finishPasskeyStep(ctx.domain, { ...input, deviceToken: ctx.deviceToken })),

  startPasskeyLogin: procedure('session:start', 2)
    .output(z.object({ options: passkeyRequest, token }))
    .mutation(({ ctx }) => startPasskeyLogin(ctx.domain)),

  finishPasskeyLogin: procedure('session:start', 10)
    .input(z.strictObject({ token, response: authenticationResponse }))
    .output(loginOutcome)
    .mutation(({ ctx, input }) =>
      finishPasskeyLogin(ctx.domain, { ...input, kind: 'web', deviceToken: ctx.deviceToken }),
    ),

  mine: procedure('account:own', 3)
    .output(factorsView)
    .query(({ ctx }) => readFactors(ctx.domain)),

  startTotp: procedure('account:own', 2)
    .output(totpSetUp)
    .mutation(({ ctx }) => startTotp(ctx.domain)),

  pendingTotp: procedure('account:own', 2)
    .output(totpSetUp.nullable())
    .query(({ ctx }) => pendingTotp(ctx.domain)),

  confirmTotp: procedure('account:own', 12)
    .input(z.strictObject({ code: z.string().max(20) }))
    .output(z.object({ recoveryCodes, session }))
    .mutation(({ ctx, input }) => confirmTotp(ctx.domain, input)),

  turnOffTotp: procedure('account:own', 10)
    .output(z.object({ session }))
    .mutation(({ ctx }) => turnOffTotp(ctx.domain)),

  renewRecoveryCodes: procedure('account:own', 10)
    .output(z.object({ recoveryCodes: z.array(z.string()), session }))
    .mutation(({ ctx }) => renewRecoveryCodes(ctx.domain)),

  startPasskeyRegistration: procedure('account:own', 3)
    .output(z.object({ options: passkeyCreation, token }))
    .mutation(({ ctx }) => startPasskeyRegistration(ctx.domain)),

  finishPasskeyRegistration: procedure('account:own', 13)
    .input(z.strictObject({ token, response: registrationResponse, name: passkeyName }))
    .output(z.object({ recoveryCodes, session }))
    .mutation(({ ctx, input }) => finishPasskeyRegistration(ctx.domain, input)),

  renamePasskey: procedure('account:own', 2)
    .input(z.strictObject({ passkeyId: z.uuid(), name: passkeyName }))
    .output(z.void())
    .mutation(({ ctx, input }) => renamePasskey(ctx.domain, input)),

  removePasskey: procedure('account:own', 10)
    .input(z.strictObject({ passkeyId: z.uuid() }))
    .output(z.object({ session }))
    .mutation(({ ctx, input }) => removePasskey(ctx.domain, input)),
});
