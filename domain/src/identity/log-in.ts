import { z } from 'zod';
import { type Context, DomainError, networkOf, type TransactionContext, userActor } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { deviceName } from './device-name.ts';
import { knownDevice, rememberDevice } from './known-device.ts';
import { endSession } from './manage-sessions.ts';
import { secondFactor } from './model.ts';
import { secondFactorsOf } from './second-factors.ts';
import { startSession } from './sessions.ts';
import { issueToken } from './tokens.ts';
import { lockUser, type User } from './users.ts';

export const loginMethod = z.enum(['password', 'passkey', 'oauth', 'totp', 'recovery-code']);
export type LoginMethod = z.infer<typeof loginMethod>;

/** Somebody is logged in: what their browser or app keeps. */
export const loggedIn = z.object({
  outcome: z.literal('logged-in'),
  sessionToken: z.string(),
  /** When the session ends at the latest. */
  expiresAt: z.date(),
  /** Shows at the next log-in that this browser is known. */
  deviceToken: z.string(),
});
export type LoggedIn = z.infer<typeof loggedIn>;

/** What came of a log-in: a session, or the question for a second factor. */
export const loginOutcome = z.discriminatedUnion('outcome', [
  loggedIn,
  z.object({
    outcome: z.literal('second-factor'),
    /** Names the log-in under way in the second step; a one-time token of purpose `second-factor`. */
    challenge: z.string(),
    methods: z.array(secondFactor),
  }),
]);
export type LoginOutcome = z.infer<typeof loginOutcome>;

/** What the challenge of a second step stands for. */
export const secondFactorChallenge = z.object({ method: loginMethod, kind: z.enum(['web', 'mobile']) });

const CHALLENGE_SECONDS = 10 * 60;
/** The first log-in after a registration is from a new device, as everybody knows. */
const NEW_ACCOUNT_SECONDS = 3600;

export interface FinishLogin {
  readonly userId: string;
  /** How they have proven who they are. */
  readonly method: LoginMethod;
  readonly kind: 'web' | 'mobile';
  /** True when what was proven counts as two factors, or the second step is behind. */
  readonly isSecondFactorDone: boolean;
  /** Since when the password that was checked has been theirs: one that was replaced meanwhile lets nobody in. */
  readonly password?: { readonly changedAt: Date | null };
  /** What the browser kept of its last log-in. */
  readonly deviceToken?: string | null | undefined;
}

/**
 * The end of each way to log in, once somebody has proven who they are: asks for the second factor where there is one, else ends
 * the session at hand, so that nobody can plant one (session fixation), starts a new one, and tells the owner of a new device.
 *
 * @throws DomainError `credentials_invalid` when the account is disabled, `not_found` when it is gone
 */
export async function finishLogin(ctx: Context, input: FinishLogin): Promise<LoginOutcome> {
  return ctx.transaction(async (tx) => {
    // Under the lock of those who change passwords, factors and rights, and end all sessions: none begins behind their back.
    const user = await lockUser(tx, input.userId);
    if (!user.isActive) throw new DomainError('credentials_invalid', 'the account is disabled');
    if (input.password && !isSameMoment(input.password.changedAt, user.passwordChangedAt)) {
      throw new DomainError('credentials_invalid', 'the password has just been changed');
    }
    const methods = input.isSecondFactorDone ? [] : await secondFactorsOf(tx, user.id);
    if (methods.length > 0) {
      return { outcome: 'second-factor', challenge: await challengeFor(tx, input), methods };
    }
    if (tx.actor.session) await endSession(tx, { sessionId: tx.actor.session.id });
    const session = await startSession(tx, { userId: user.id, kind: input.kind });
    const isKnown = knownDevice(tx, input.deviceToken, user) !== null;
    const actor = userActor({
      userId: user.id,
      roles: [],
      session: { id: session.sessionId, authenticatedAt: tx.clock.now() },
    });
    await recordAudit(
      { ...tx, actor },
      {
        action: 'user.logged-in',
        target: { kind: 'user', id: user.id },
        after: { method: input.method, kind: input.kind, isKnownDevice: isKnown },
      },
    );
    if (!isKnown && !isNew(tx, user)) await tellOfNewDevice(tx, user, session.sessionId);
    return {
      outcome: 'logged-in',
      sessionToken: session.token,
      expiresAt: session.expiresAt,
      deviceToken: rememberDevice(tx, input.deviceToken, user.id),
    };
  });
}

function isSameMoment(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}

function challengeFor(ctx: Context, { userId, method, kind }: FinishLogin): Promise<string> {
  const payload: z.infer<typeof secondFactorChallenge> = { method, kind };
  return issueToken(ctx, { purpose: 'second-factor', userId, ttlSeconds: CHALLENGE_SECONDS, payload });
}

function isNew(ctx: Context, user: User): boolean {
  return ctx.clock.now().getTime() - user.createdAt.getTime() < NEW_ACCOUNT_SECONDS * 1000;
}

async function tellOfNewDevice(tx: TransactionContext, user: User, sessionId: string): Promise<void> {
  await queueMail(tx, {
    template: 'new-device',
    to: user.email,
    locale: user.locale,
    userId: user.id,
    key: `new-device:${sessionId}`,
    data: {
      name: user.name,
      device: deviceName(tx.origin.userAgent),
      network: networkOf(tx.origin.address),
      time: tx.clock.now(),
      securityUrl: `${tx.config.shop.url}/account/security`,
    },
  });
}
