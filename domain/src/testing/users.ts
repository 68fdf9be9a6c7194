import { insertUser, signedInBy, startSession } from '../identity/index.ts';
import { type Context, type Role, userActor, withActor } from '../kernel/index.ts';

/** Somebody with an account who is logged in. */
export interface TestUser {
  readonly userId: string;
  readonly email: string;
  readonly token: string;
  /** The context as theirs. */
  readonly ctx: Context;
}

/**
 * Somebody with an account and a session, without a password.
 *
 * @param options.role a role besides that of a customer; of `sellerId` when it is a seller's
 */
export async function signUp(
  ctx: Context,
  options: { email?: string; name?: string; role?: Role; sellerId?: string } = {},
): Promise<TestUser> {
  const id = crypto.randomUUID().slice(0, 8);
  const email = options.email ?? `user-${id}@example.com`;
  const { id: userId } = await ctx.transaction(async (tx) => {
    const user = await insertUser(tx, {
      email,
      name: options.name ?? 'Ada Lovelace',
      passwordHash: null,
      locale: 'en',
    });
    if (options.role) {
      await tx.db
        .insertInto('user_roles')
        .values({
          user_id: user.id,
          role: options.role,
          seller_id: options.sellerId ?? null,
          granted_at: tx.clock.now(),
        })
        .execute();
    }
    return user;
  });
  const { token } = await startSession(ctx, { userId, kind: 'web' });
  return { userId, email, token, ctx: await asUser(ctx, token) };
}

/** The context as that of whoever a session belongs to. */
export async function asUser(ctx: Context, token: string): Promise<Context> {
  const signedIn = await signedInBy(ctx, { token });
  if (!signedIn) throw new Error('the session is not there');
  const session = { id: signedIn.sessionId, authenticatedAt: signedIn.authenticatedAt };
  return withActor(ctx, userActor({ userId: signedIn.userId, roles: signedIn.roles, session }));
}
