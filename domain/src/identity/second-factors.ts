import { sql } from 'kysely';
import type { Context, TransactionContext } from '../kernel/index.ts';
import type { SecondFactor } from './model.ts';

/**
 * What an account asks for after the password: an authenticator app, a passkey, and a recovery code in place of either. Empty when
 * neither is set up: recovery codes alone are no factor. One statement.
 */
export async function secondFactorsOf(ctx: Context, userId: string): Promise<SecondFactor[]> {
  const row = await ctx.db
    .selectNoFrom([
      sql<boolean>`exists (
        select from totp_credentials where user_id = ${userId} and confirmed_at is not null
      )`.as('hasTotp'),
      sql<boolean>`exists (select from passkeys where user_id = ${userId})`.as('hasPasskey'),
      sql<boolean>`exists (
        select from recovery_codes where user_id = ${userId} and used_at is null
      )`.as('hasRecoveryCode'),
    ])
    .executeTakeFirstOrThrow();
  const factors: SecondFactor[] = [];
  if (row.hasTotp) factors.push('totp');
  if (row.hasPasskey) factors.push('passkey');
  if (row.hasRecoveryCode && factors.length > 0) factors.push('recovery-code');
  return factors;
}

/** Removes recovery codes that stand in for nothing any more, after a factor was removed. At most two statements. */
export async function dropIdleRecoveryCodes(tx: TransactionContext, userId: string): Promise<void> {
  const factors = await secondFactorsOf(tx, userId);
  if (factors.length > 0) return;
  await tx.db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
}
