import { z } from 'zod';
import { authorise, type Context, currentUserId } from '../kernel/index.ts';
import { listPasskeys, passkeyView } from './passkeys.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';

/** How somebody's second factors stand, as they see it. */
export const factorsView = z.object({
  /** When the authenticator app was set up; null without one. */
  totpSince: z.date().nullable(),
  passkeys: z.array(passkeyView),
  recoveryCodesLeft: z.int(),
});
export type FactorsView = z.infer<typeof factorsView>;

/** The second factors of who is logged in. Three statements. @throws DomainError `unauthenticated`, `forbidden` */
export async function readFactors(ctx: Context): Promise<FactorsView> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const totp = await ctx.db
    .selectFrom('totp_credentials')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return {
    totpSince: totp?.confirmed_at ?? null,
    passkeys: await listPasskeys(ctx),
    recoveryCodesLeft: await recoveryCodesLeft(ctx, userId),
  };
}
