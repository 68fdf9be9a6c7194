import { decodeIdToken, type OAuth2Tokens } from 'arctic';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { Context, OAuthProviderConfig } from '../kernel/index.ts';
import { emailAddress, personName } from './model.ts';
import type { OpenIdProvider } from './oauth-discovery.ts';
import { type Dance, getJson } from './oauth-http.ts';

/** Who somebody is at a provider. */
export interface OAuthProfile {
  /** The provider's own id of the account: never changes, never given to somebody else. */
  readonly subject: string;
  /** The address that the provider vouches for; null when there is none. */
  readonly email: string | null;
  /** Empty when the provider does not say. */
  readonly name: string;
}

function profileOf(subject: string, email: unknown, isVerified: boolean, name: unknown): OAuthProfile {
  const address = isVerified ? emailAddress.safeParse(email) : null;
  const called = personName.safeParse(typeof name === 'string' ? name.slice(0, 120) : name);
  return {
    subject,
    email: address?.success ? address.data : null,
    name: called.success ? called.data : '',
  };
}

const claims = z.object({
  sub: z.string().min(1).max(255),
  nonce: z.string().optional(),
  azp: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  email: z.string().optional(),
  // Apple writes it as text
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  name: z.string().optional(),
});
type Claims = z.infer<typeof claims>;

/** What providers sign by: public keys only, so that nobody signs with our own secret. */
const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 60;

/**
 * Reads an OpenID provider's word on who it is: signature, issuer, audience, expiry and nonce are checked (OpenID Connect Core,
 * 3.1.3.7). An address that is not in the id token is asked for at the userinfo endpoint.
 *
 * @throws Error when any of it is not as it must be
 */
export async function readOpenIdProfile(
  ctx: Context,
  input: {
    dance: Dance;
    config: OAuthProviderConfig;
    provider: OpenIdProvider;
    tokens: OAuth2Tokens;
    nonce: string;
  },
): Promise<OAuthProfile> {
  const { provider, tokens, config } = input;
  decodeIdToken(tokens.idToken());
  const { payload } = await jwtVerify(tokens.idToken(), provider.keys, {
    issuer: config.id === 'google' ? [provider.issuer, new URL(provider.issuer).host] : provider.issuer,
    audience: config.clientId,
    algorithms,
    requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    currentDate: ctx.clock.now(),
  });
  const told = claims.parse(payload);
  if (told.nonce !== input.nonce) throw new Error('the id token was made for another log-in');
  if (Array.isArray(told.aud) && told.aud.length > 1 && told.azp !== config.clientId)
    throw new Error('the id token was made for another client');
  const { email, email_verified: isVerified, name } = await withUserinfo(input, told);
  return profileOf(told.sub, email, isVerified === true || isVerified === 'true', name);
}

async function withUserinfo(
  input: { dance: Dance; provider: OpenIdProvider; tokens: OAuth2Tokens },
  told: Claims,
): Promise<Claims> {
  const { userinfo } = input.provider;
  if (told.email !== undefined || userinfo === null) return told;
  const more = claims.parse(await getJson(input.dance, userinfo, bearer(input.tokens)));
  if (more.sub !== told.sub) throw new Error('the userinfo endpoint tells of somebody else');
  return { ...told, ...more };
}

const bearer = (tokens: OAuth2Tokens) => ({ authorization: `Bearer ${tokens.accessToken()}` });

const githubUser = z.object({ id: z.int().positive(), login: z.string(), name: z.string().nullish() });
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Who somebody is at GitHub: the primary address, when it is verified, else any that is. */
export async function readGitHubProfile(
  dance: Dance,
  api: string,
  tokens: OAuth2Tokens,
): Promise<OAuthProfile> {
  const headers = { ...bearer(tokens), accept: 'application/vnd.github+json' };
  const [user, emails] = await Promise.all([
    getJson(dance, `${api}/user`, headers),
    getJson(dance, `${api}/user/emails`, headers),
  ]);
  const { id, login, name } = githubUser.parse(user);
  const verified = githubEmails.parse(emails).filter((email) => email.verified);
  const chosen = verified.find((email) => email.primary) ?? verified[0];
  return profileOf(String(id), chosen?.email, chosen !== undefined, name || login);
}

const facebookUser = z.object({
  id: z.string().min(1).max(255),
  name: z.string().optional(),
  email: z.string().optional(),
});

/** Who somebody is at Facebook, which tells an address only when its owner has confirmed it. */
export async function readFacebookProfile(
  dance: Dance,
  graph: string,
  tokens: OAuth2Tokens,
): Promise<OAuthProfile> {
  const user = facebookUser.parse(await getJson(dance, `${graph}/me?fields=id,name,email`, bearer(tokens)));
  return profileOf(user.id, user.email, user.email !== undefined, user.name);
}
