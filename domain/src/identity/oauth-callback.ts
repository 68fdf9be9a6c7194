import { timingSafeEqual } from 'node:crypto';
import { type Context, DomainError, isDomainError, type OAuthProviderConfig } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { finishLogin } from './log-in.ts';
import { insertConnection, userOfConnection } from './oauth-accounts.ts';
import { beginDance, orFailed } from './oauth-http.ts';
import {
  type DancePayload,
  dancePayload,
  type LinkPayload,
  type OAuthAnswer,
  type OAuthOutcome,
} from './oauth-model.ts';
import type { OAuthProfile } from './oauth-profile.ts';
import { providerConfig, providerOf, redeemCode } from './oauth-providers.ts';
import { issueToken, peekToken, takeToken } from './tokens.ts';
import { findUserByEmail, insertUser } from './users.ts';

/** How long somebody has to log in as usual and confirm a connection. */
const LINK_SECONDS = 30 * 60;

/**
 * Takes what a provider sends back. Whoever it is known as is logged in; who is new gets an account when the provider vouches for the
 * e-mail address; an address that has an account already is NOT taken for proof: its owner logs in as usual and confirms.
 * The state is used up before anybody is asked, and no connection or lock is held while the provider answers.
 *
 * @throws DomainError `token_invalid` for a state that is used, too old or of another browser; `oauth_denied`; `oauth_failed`;
 *   `oauth_email_unverified`; `oauth_account_taken`; `credentials_invalid` when the account is disabled
 */
export async function completeOAuth(ctx: Context, answer: OAuthAnswer): Promise<OAuthOutcome> {
  const config = providerConfig(ctx, answer.provider);
  const dance = await takeDance(ctx, config, answer);
  const denied = answer.error !== null && /denied|cancel/.test(answer.error);
  if (denied)
    throw new DomainError('oauth_denied', `${config.name}: ${answer.error}`, { provider: config.name });
  const profile = await orFailed(config.name, () => profileOf(ctx, config, answer, dance));
  if (dance.connectFor !== null) return connect(ctx, config, profile, dance.connectFor);
  return logIn(ctx, config, profile, { returnTo: dance.returnTo, deviceToken: answer.deviceToken });
}

async function takeDance(
  ctx: Context,
  config: OAuthProviderConfig,
  answer: OAuthAnswer,
): Promise<DancePayload> {
  const named = { purpose: 'oauth-state', token: answer.browserToken, schema: dancePayload } as const;
  const payload = (await peekToken(ctx, named))?.payload;
  const isTheirs = payload && payload.provider === config.id && isSame(payload.state, answer.state);
  if (!isTheirs) throw new DomainError('token_invalid', 'the answer is to no question of this browser');
  if (payload.connectFor !== null && payload.connectFor !== ctx.actor.id)
    throw new DomainError('token_invalid', 'the answer is for somebody else');
  return (await takeToken(ctx, named)).payload;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function profileOf(
  ctx: Context,
  config: OAuthProviderConfig,
  answer: OAuthAnswer,
  dance: DancePayload,
): Promise<OAuthProfile> {
  if (answer.error !== null || answer.code === null) throw new Error(`refused: ${answer.error ?? 'no code'}`);
  const timed = beginDance();
  const provider = await providerOf(timed, config);
  if (answer.issuer !== null && provider.issuer !== null && answer.issuer !== provider.issuer)
    throw new Error('the answer comes from another issuer');
  const { code } = answer;
  const tokens = await redeemCode(ctx, { dance: timed, config, provider, code, verifier: dance.verifier });
  return provider.readProfile(ctx, { dance: timed, tokens, nonce: dance.nonce });
}

async function connect(
  ctx: Context,
  config: OAuthProviderConfig,
  profile: OAuthProfile,
  userId: string,
): Promise<OAuthOutcome> {
  const owner = await userOfConnection(ctx, config.id, profile.subject);
  if (owner === null) return toConfirm(ctx, config, profile, userId);
  if (owner !== userId)
    throw new DomainError('oauth_account_taken', 'it is connected to another account', {
      provider: config.name,
    });
  return { outcome: 'connected-already', provider: { id: config.id, name: config.name } };
}

async function toConfirm(
  ctx: Context,
  config: OAuthProviderConfig,
  profile: OAuthProfile,
  connectFor: string | null,
): Promise<OAuthOutcome> {
  const { subject, email } = profile;
  const payload: LinkPayload = { provider: config.id, subject, email, connectFor };
  const linkToken = await issueToken(ctx, {
    purpose: 'oauth-link',
    userId: connectFor,
    ttlSeconds: LINK_SECONDS,
    payload,
  });
  return { outcome: 'to-confirm', linkToken, isLoggedIn: ctx.actor.kind === 'user' };
}

async function logIn(
  ctx: Context,
  config: OAuthProviderConfig,
  profile: OAuthProfile,
  { returnTo, deviceToken }: { returnTo: string; deviceToken: string | null },
): Promise<OAuthOutcome> {
  const userId =
    (await userOfConnection(ctx, config.id, profile.subject)) ?? (await newUser(ctx, config, profile));
  if (userId === null) return toConfirm(ctx, config, profile, null);
  const login = await finishLogin(ctx, {
    userId,
    method: 'oauth',
    kind: 'web',
    isSecondFactorDone: false,
    deviceToken,
  });
  return { outcome: 'done', login, returnTo };
}

/** Makes an account for a verified address that has none. @returns null when it has one by now */
async function newUser(
  ctx: Context,
  config: OAuthProviderConfig,
  profile: OAuthProfile,
): Promise<string | null> {
  const { email, subject } = profile;
  if (email === null)
    throw new DomainError('oauth_email_unverified', `${config.name} vouches for no address`, {
      provider: config.name,
    });
  if (await findUserByEmail(ctx, email)) return null;
  try {
    return await ctx.transaction(async (tx) => {
      const name = profile.name || (email.split('@', 1)[0] ?? '');
      const user = await insertUser(tx, { email, name, passwordHash: null, locale: localeOf(ctx) });
      const isNew = await insertConnection(tx, { provider: config.id, subject, userId: user.id, email });
      if (!isNew) throw new DomainError('conflict', 'the same account at the provider came twice at once');
      await recordAudit(tx, {
        action: 'user.registered',
        target: { kind: 'user', id: user.id },
        after: { provider: config.id },
      });
      return user.id;
    });
  } catch (error) {
    if (!isDomainError(error, 'conflict')) throw error;
    // two answers at once: the other one has made the account
    return userOfConnection(ctx, config.id, subject);
  }
}

/** The first language that the browser asks for. */
function localeOf(ctx: Context): string {
  const tag = ctx.origin.languages.split(/[,;]/, 1)[0]?.trim() ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag.slice(0, 35) : 'en';
}
