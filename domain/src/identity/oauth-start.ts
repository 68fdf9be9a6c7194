import { CodeChallengeMethod, generateCodeVerifier, generateState } from 'arctic';
import type { z } from 'zod';
import { type Context, randomToken, requireRecentLogin } from '../kernel/index.ts';
import { beginDance, orFailed } from './oauth-http.ts';
import type { DancePayload, OAuthProviderView, OAuthStart, oauthIntent } from './oauth-model.ts';
import { clientOf, providerConfig, providerOf } from './oauth-providers.ts';
import { issueToken } from './tokens.ts';

const DANCE_SECONDS = 10 * 60;

/** The providers that are on, in the order of their buttons. No statement. */
export function oauthProviders(ctx: Context): OAuthProviderView[] {
  return ctx.config.oauth.map(({ id, name }) => ({ id, name }));
}

/**
 * Begins to log somebody in by a provider, or to connect it to the account of who is logged in. State, verifier and nonce are kept
 * sealed behind a token that only this browser gets: an answer that somebody else has begun is worth nothing in it (log-in CSRF).
 *
 * @param input.returnTo a path of the shop, which the caller has checked
 * @throws DomainError `not_found` when the provider is off, `oauth_failed` when it is away; to connect also `unauthenticated` and
 *   `reauthentication_required`
 */
export async function startOAuth(
  ctx: Context,
  input: { provider: string; intent: z.infer<typeof oauthIntent>; returnTo: string },
): Promise<OAuthStart> {
  const config = providerConfig(ctx, input.provider);
  const connectFor = input.intent === 'connect' ? requireRecentLogin(ctx) : null;
  const provider = await orFailed(config.name, () => providerOf(beginDance(), config));
  const dance: DancePayload = {
    provider: config.id,
    state: generateState(),
    verifier: generateCodeVerifier(),
    nonce: randomToken(),
    returnTo: input.returnTo,
    connectFor,
  };
  const client = clientOf(ctx, config);
  const { authorization, scopes } = provider;
  const url = provider.usesPkce
    ? client.createAuthorizationURLWithPKCE(
        authorization,
        dance.state,
        CodeChallengeMethod.S256,
        dance.verifier,
        [...scopes],
      )
    : client.createAuthorizationURL(authorization, dance.state, [...scopes]);
  if (provider.issuer !== null) url.searchParams.set('nonce', dance.nonce);
  for (const [name, value] of Object.entries(provider.authorizationParameters))
    url.searchParams.set(name, value);
  const browserToken = await issueToken(ctx, {
    purpose: 'oauth-state',
    userId: connectFor,
    ttlSeconds: DANCE_SECONDS,
    payload: dance,
  });
  return { url: url.toString(), browserToken };
}
