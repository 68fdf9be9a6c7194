import { eraseCustomer, eraseMyAccount, exportMyData, personalData } from '@souk/domain/customers';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

/** An account with orders, checkouts that were not placed and things on the way; each such checkout adds a few. */
const ERASE_STATEMENTS = 60;

export const privacyRouter = router({
  /** A mutation, because that a copy was taken is written down. */
  exportMyData: procedure('account:own', 26)
    .output(personalData)
    .mutation(({ ctx }) => exportMyData(ctx.domain)),

  eraseMyAccount: procedure('account:own', ERASE_STATEMENTS)
    .input(z.strictObject({ confirmation: z.string().max(40) }))
    .output(z.void())
    .mutation(({ ctx, input }) => eraseMyAccount(ctx.domain, input)),

  eraseCustomer: procedure('customers:erase', ERASE_STATEMENTS)
    .input(z.strictObject({ userId: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => eraseCustomer(ctx.domain, input)),
});
