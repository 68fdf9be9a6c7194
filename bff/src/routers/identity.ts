import {
  changeEmail,
  changePassword,
  confirmEmailChange,
  confirmRegistration,
  emailAddress,
  emailChangeProgress,
  forgotPassword,
  hasPassword,
  loggedIn,
  logIn,
  loginOutcome,
  logOut,
  logOutEverywhere,
  peekEmailChange,
  peekRegistration,
  peekReset,
  peekUndo,
  reauthenticate,
  register,
  registration,
  resetPassword,
  typedPassword,
  undoChange,
} from '@souk/domain/identity';
import { attachGuestOrders } from '@souk/domain/orders';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

/** Of a link in a mail. */
const token = z.string().min(1).max(200);
const link = z.strictObject({ token });

/** What somebody bought as a guest becomes their account's: three for each order. */
const CONFIRM_STATEMENTS = 60;

/** Getting in, staying in and getting out. Session tokens in the answers are for the storefront's cookie. */
export const identityRouter = router({
  register: procedure('session:start', 2)
    .input(registration.strict())
    .output(z.void())
    .mutation(({ ctx, input }) => register(ctx.domain, { ...input, locale: ctx.locale })),

  pendingRegistration: procedure('session:start', 1)
    .input(link)
    .output(z.object({ email: z.string(), name: z.string() }))
    .query(({ ctx, input }) => peekRegistration(ctx.domain, input)),

  confirmRegistration: procedure('session:start', CONFIRM_STATEMENTS)
    .input(z.strictObject({ token, password: typedPassword }))
    .output(z.object({ login: loginOutcome, returnTo: z.string().nullable() }))
    .mutation(async ({ ctx, input }) => {
      const confirmed = await confirmRegistration(ctx.domain, { ...input, deviceToken: ctx.deviceToken });
      // the page that comes next may list their orders; should this fail, the worker does it a little later
      await attachGuestOrders(ctx.domain, confirmed.userId).catch((error: unknown) => {
        ctx.domain.logger.warn({ err: error }, 'the orders of a new account are left to the worker');
      });
      return confirmed;
    }),

  logIn: procedure('session:start', 15)
    .input(z.strictObject({ email: emailAddress, password: typedPassword }))
    .output(loginOutcome)
    .mutation(({ ctx, input }) => logIn(ctx.domain, { ...input, kind: 'web', deviceToken: ctx.deviceToken })),

  logOut: procedure('session:start', 2)
    .output(z.void())
    .mutation(({ ctx }) => logOut(ctx.domain)),

  logOutEverywhere: procedure('account:own', 2)
    .output(z.void())
    .mutation(({ ctx }) => logOutEverywhere(ctx.domain)),

  forgotPassword: procedure('session:start', 2)
    .input(z.strictObject({ email: emailAddress }))
    .output(z.void())
    .mutation(({ ctx, input }) => forgotPassword(ctx.domain, { ...input, locale: ctx.locale })),

  pendingReset: procedure('session:start', 1)
    .input(link)
    .output(z.object({ email: z.string() }))
    .query(({ ctx, input }) => peekReset(ctx.domain, input)),

  resetPassword: procedure('session:start', 11)
    .input(z.strictObject({ token, password: typedPassword }))
    .output(z.object({ email: z.string(), deviceToken: z.string() }))
    .mutation(({ ctx, input }) => resetPassword(ctx.domain, { ...input, deviceToken: ctx.deviceToken })),

  hasPassword: procedure('account:own', 1)
    .output(z.boolean())
    .query(({ ctx }) => hasPassword(ctx.domain)),

  changePassword: procedure('account:own', 13)
    .input(z.strictObject({ currentPassword: typedPassword, newPassword: typedPassword }))
    .output(loggedIn)
    .mutation(({ ctx, input }) => changePassword(ctx.domain, { ...input, deviceToken: ctx.deviceToken })),

  reauthenticate: procedure('account:own', 6)
    .input(z.strictObject({ password: typedPassword }))
    .output(loggedIn)
    .mutation(({ ctx, input }) => reauthenticate(ctx.domain, { ...input, deviceToken: ctx.deviceToken })),

  changeEmail: procedure('account:own', 4)
    .input(z.strictObject({ email: emailAddress }))
    .output(z.void())
    .mutation(({ ctx, input }) => changeEmail(ctx.domain, input)),

  pendingEmailChange: procedure('session:start', 2)
    .input(link)
    .output(
      z.object({
        purpose: z.enum(['email-change-approve', 'email-change-verify']),
        from: z.string(),
        to: z.string(),
      }),
    )
    .query(({ ctx, input }) => peekEmailChange(ctx.domain, input)),

  confirmEmailChange: procedure('session:start', 13)
    .input(link)
    .output(emailChangeProgress)
    .mutation(({ ctx, input }) => confirmEmailChange(ctx.domain, input)),

  pendingUndo: procedure('session:start', 2)
    .input(link)
    .output(z.object({ what: z.enum(['password', 'email']) }))
    .query(({ ctx, input }) => peekUndo(ctx.domain, input)),

  undo: procedure('session:start', 16)
    .input(link)
    .output(z.void())
    .mutation(({ ctx, input }) => undoChange(ctx.domain, input)),
});
