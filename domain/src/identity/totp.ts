import { Secret, TOTP } from 'otpauth';
import { type Context, seal, unseal } from '../kernel/index.ts';

/** What all authenticator apps understand (RFC 6238): SHA-1, six digits, a new code every half minute. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** How many codes before and after the one of now are taken, for clocks that are off. */
const WINDOW = 1;

/** 160 bits, as long as the output of the hash (RFC 4226, section 4). */
const SECRET_BYTES = 20;

const sealPurpose = (userId: string) => `totp:${userId}`;

/** A new secret in base32, and sealed for its row: whoever reads that, or moves it to another user's, gets nothing. */
export function newTotpSecret(ctx: Context, userId: string): { secret: string; sealed: string } {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  return { secret, sealed: seal(ctx.config.secrets, sealPurpose(userId), secret) };
}

/** The secret of a row, in base32. @throws Error when the shop's secrets that sealed it are gone */
export function openTotpSecret(ctx: Context, userId: string, sealed: string): string {
  const secret = unseal(ctx.config.secrets, sealPurpose(userId), sealed);
  if (secret === null)
    throw new Error('no secret of SOUK_SECRET opens what authenticator apps share with us');
  return secret;
}

/** A sealed secret, sealed anew by the newest of the shop's secrets. @throws Error when those that sealed it are gone */
export function resealTotpSecret(ctx: Context, userId: string, sealed: string): string {
  return seal(ctx.config.secrets, sealPurpose(userId), openTotpSecret(ctx, userId, sealed));
}

/** What an authenticator app reads from the QR code. */
export function totpUri(ctx: Context, email: string, secret: string): string {
  const issuer = ctx.config.shop.name;
  return new TOTP({ ...shape, issuer, label: email, secret }).toString();
}

/** The time step that a code is of, counted since 1970; null when it is of none around now. Blanks in it do not matter. */
export function stepOfCode(ctx: Context, secret: string, code: string): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = ctx.clock.now().getTime();
  const delta = TOTP.validate({
    ...shape,
    token,
    secret: Secret.fromBase32(secret),
    timestamp,
    window: WINDOW,
  });
  return delta === null ? null : TOTP.counter({ period: shape.period, timestamp }) + delta;
}

/**
 * Uses a code of somebody's authenticator app up: no code works twice, and none that is older than the last (RFC 6238, section 5.2).
 * Of many at once one succeeds. Two statements.
 *
 * @returns whether it was right
 */
export async function takeTotpCode(ctx: Context, userId: string, code: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('totp_credentials')
    .select('secret')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  if (!row) return false;
  const step = stepOfCode(ctx, openTotpSecret(ctx, userId, row.secret), code);
  if (step === null) return false;
  const { numUpdatedRows } = await ctx.db
    .updateTable('totp_credentials')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('secret', '=', row.secret)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
