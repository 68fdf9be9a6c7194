import { randomInt } from 'node:crypto';
import {
  type Context,
  DomainError,
  hashToken,
  requireRecentLogin,
  type TransactionContext,
} from '../kernel/index.ts';
import { changeFactors, tellOfFactors } from './change-factors.ts';
import { secondFactorsOf } from './second-factors.ts';
import type { StartedSession } from './sessions.ts';
import { readUser } from './users.ts';

const CODES = 10;
/** 16 characters of 5 bits: 80 bits, so that their plain SHA-256 can be kept. */
const CODE_LENGTH = 16;
/** Crockford's base32: without letters that look like digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function newCode(): string {
  const characters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return characters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** What is kept of a code, however it was typed: in small letters, with blanks, with an O for a zero. */
function hashCode(code: string): string {
  const letters = code.toUpperCase().replace(/[^\dA-Z]/g, '');
  return hashToken(letters.replaceAll('O', '0').replace(/[IL]/g, '1'));
}

/**
 * Gives somebody new recovery codes; the old ones are void. Two statements.
 *
 * @returns ten codes, such as `7K3M-Q2ZD-9XVA-0TBN`: nobody can tell them again
 */
async function issueRecoveryCodes(tx: TransactionContext, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await tx.db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx.db
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, code_hash: hashCode(code) })))
    .execute();
  return codes;
}

/** Gives recovery codes to somebody who has none left, and null to everybody else, whose codes go on. At most three statements. */
export async function issueRecoveryCodesOnce(
  tx: TransactionContext,
  userId: string,
): Promise<string[] | null> {
  return (await recoveryCodesLeft(tx, userId)) > 0 ? null : issueRecoveryCodes(tx, userId);
}

/** How many of somebody's recovery codes are unused. One statement. */
export async function recoveryCodesLeft(ctx: Context, userId: string): Promise<number> {
  const { left } = await ctx.db
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(left);
}

/** Uses a recovery code up, and tells its owner by mail. Of many at once one succeeds. @returns whether it was right */
export async function takeRecoveryCode(ctx: Context, userId: string, code: string): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('recovery_codes')
      .set({ used_at: tx.clock.now() })
      .where('user_id', '=', userId)
      .where('code_hash', '=', hashCode(code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const left = await recoveryCodesLeft(tx, userId);
    await tellOfFactors(tx, await readUser(tx, userId), 'recovery-code-used', { left });
    return true;
  });
}

/**
 * Gives who is logged in ten new recovery codes in place of the old ones.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `not_found` when there is no second factor that they could
 *   stand in for
 */
export async function renewRecoveryCodes(
  ctx: Context,
): Promise<{ recoveryCodes: string[]; session: StartedSession }> {
  return changeFactors(ctx, requireRecentLogin(ctx), async (tx, user) => {
    const factors = await secondFactorsOf(tx, user.id);
    if (factors.length === 0) throw new DomainError('not_found', 'recovery codes stand in for nothing here');
    const recoveryCodes = await issueRecoveryCodes(tx, user.id);
    await tellOfFactors(tx, user, 'recovery-codes-renewed');
    return { recoveryCodes };
  });
}
