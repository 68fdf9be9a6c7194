import { createHash, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { addSeconds, type Context, deriveKey } from '../kernel/index.ts';
import type { SignedIn } from './session-cache.ts';
import { signedInBy } from './sessions.ts';

/** How long an access token is good for, at most: it ends with its session. */
const ACCESS_SECONDS = 15 * 60;
const AUDIENCE = 'souk-api';
const TYPE = 'at+jwt';

interface SigningKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** One key a secret, the newest first. A key's name is made of the key, so that it tells the right one after a rotation. */
function keysOf(ctx: Context): SigningKey[] {
  return ctx.config.secrets.map((secret) => {
    const key = deriveKey(secret, 'access-token');
    return { id: createHash('sha256').update(key.export()).digest('base64url').slice(0, 12), key };
  });
}

/** A signed token (RFC 9068) that names a session: for clients that keep no cookies. */
export async function signAccessToken(
  ctx: Context,
  input: { userId: string; sessionId: string },
): Promise<{ accessToken: string; expiresAt: Date }> {
  const [newest] = keysOf(ctx);
  if (!newest) throw new Error('there is no secret to sign by');
  const now = ctx.clock.now();
  const expiresAt = addSeconds(now, ACCESS_SECONDS);
  const accessToken = await new SignJWT({ sid: input.sessionId })
    .setProtectedHeader({ alg: 'HS256', kid: newest.id, typ: TYPE })
    .setSubject(input.userId)
    .setIssuer(ctx.config.shop.url)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(newest.key);
  return { accessToken, expiresAt };
}

const claims = z.object({ sub: z.uuid(), sid: z.uuid() });

/**
 * Who an access token belongs to: by its signature first, then by its session, so that a token ends at once with the session that
 * it names.
 *
 * @returns null when it is none of ours, expired, of another shop, or its session has ended
 */
export async function signedInByAccessToken(ctx: Context, token: string): Promise<SignedIn | null> {
  const named = await verified(ctx, token);
  if (named === null) return null;
  const signedIn = await signedInBy(ctx, { sessionId: named.sid });
  return signedIn?.userId === named.sub && signedIn.kind === 'mobile' ? signedIn : null;
}

async function verified(ctx: Context, token: string): Promise<z.infer<typeof claims> | null> {
  const keys = keysOf(ctx);
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const ours = keys.find(({ id }) => id === kid);
        if (!ours) throw new errors.JOSEError('signed by no key of ours');
        return ours.key;
      },
      {
        algorithms: ['HS256'],
        issuer: ctx.config.shop.url,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        currentDate: ctx.clock.now(),
      },
    );
    const read = claims.safeParse(payload);
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
