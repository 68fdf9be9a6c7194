import { OAuth2Client, OAuth2Tokens } from 'arctic';
import { importPKCS8, SignJWT } from 'jose';
import { type Context, DomainError, type OAuthProviderConfig } from '../kernel/index.ts';
import { discover } from './oauth-discovery.ts';
import { type Dance, postForm } from './oauth-http.ts';
import {
  type OAuthProfile,
  readFacebookProfile,
  readGitHubProfile,
  readOpenIdProfile,
} from './oauth-profile.ts';

/** A provider as the dance needs it: where things are, what it takes, and how it tells who somebody is. */
export interface Provider {
  readonly authorization: string;
  readonly token: string;
  readonly scopes: readonly string[];
  /** S256. Apple's documentation knows no PKCE, Facebook calls its own "still in testing": state and nonce hold there. */
  readonly usesPkce: boolean;
  readonly authorizationParameters: Readonly<Record<string, string>>;
  /** How the client proves itself at the token endpoint. */
  readonly clientAuthentication: 'basic' | 'body';
  /** The `iss` that an answer may carry (RFC 9207); null: it says none. */
  readonly issuer: string | null;
  readProfile(
    ctx: Context,
    input: { dance: Dance; tokens: OAuth2Tokens; nonce: string },
  ): Promise<OAuthProfile>;
}

const openIdIssuers = { google: 'https://accounts.google.com', apple: 'https://appleid.apple.com' };
const FACEBOOK_VERSION = 'v23.0';

/** The settings of a provider that is on. @throws DomainError `not_found` */
export function providerConfig(ctx: Context, id: string): OAuthProviderConfig {
  const config = ctx.config.oauth.find((provider) => provider.id === id);
  if (!config) throw new DomainError('not_found', `nobody logs in by ${id} here`);
  return config;
}

/** The provider behind settings. Of those that speak OpenID Connect their own document tells the endpoints. */
export async function providerOf(dance: Dance, config: OAuthProviderConfig): Promise<Provider> {
  if (config.id === 'github') return github(config);
  if (config.id === 'facebook') return facebook(config);
  return openId(dance, config);
}

async function openId(dance: Dance, config: OAuthProviderConfig): Promise<Provider> {
  const isApple = config.id === 'apple';
  const usual = config.id === 'google' || config.id === 'apple' ? openIdIssuers[config.id] : null;
  const issuer = config.issuer ?? usual;
  if (issuer === null) throw new Error(`${config.id} has no issuer`);
  const provider = await discover(dance, issuer);
  return {
    authorization: provider.authorization,
    token: provider.token,
    scopes: isApple ? ['name', 'email'] : ['openid', 'email', 'profile'],
    usesPkce: !isApple,
    // Apple tells name and address only to who asks for an answer by form
    authorizationParameters: isApple ? { response_mode: 'form_post' } : {},
    clientAuthentication: isApple || provider.wantsSecretInBody ? 'body' : 'basic',
    issuer: provider.issuer,
    readProfile: (ctx, input) => readOpenIdProfile(ctx, { ...input, config, provider }),
  };
}

/** GitHub, or a GitHub Enterprise Server where GITHUB_ISSUER says one. */
function github(config: OAuthProviderConfig): Provider {
  const site = config.issuer ?? 'https://github.com';
  const api = config.issuer === null ? 'https://api.github.com' : `${config.issuer}/api/v3`;
  return {
    authorization: `${site}/login/oauth/authorize`,
    token: `${site}/login/oauth/access_token`,
    scopes: ['read:user', 'user:email'],
    usesPkce: true,
    authorizationParameters: {},
    clientAuthentication: 'body',
    issuer: null,
    readProfile: (_ctx, { dance, tokens }) => readGitHubProfile(dance, api, tokens),
  };
}

function facebook(config: OAuthProviderConfig): Provider {
  const site = `${config.issuer ?? 'https://www.facebook.com'}/${FACEBOOK_VERSION}`;
  const graph = `${config.issuer ?? 'https://graph.facebook.com'}/${FACEBOOK_VERSION}`;
  return {
    authorization: `${site}/dialog/oauth`,
    token: `${graph}/oauth/access_token`,
    scopes: ['email', 'public_profile'],
    usesPkce: false,
    authorizationParameters: {},
    clientAuthentication: 'body',
    issuer: null,
    readProfile: (_ctx, { dance, tokens }) => readFacebookProfile(dance, graph, tokens),
  };
}

/** Where a provider sends people back to: told by the configuration alone, never by a request. */
function redirectUri(ctx: Context, config: OAuthProviderConfig): string {
  return `${ctx.config.shop.url}/oauth/${config.id}/callback`;
}

/** The library's client of a provider: it makes addresses; calls are ours, as the library's know no time-out and follow redirects. */
export function clientOf(ctx: Context, config: OAuthProviderConfig): OAuth2Client {
  return new OAuth2Client(config.clientId, null, redirectUri(ctx, config));
}

/**
 * Changes a code for tokens.
 *
 * @throws ProviderRefusal when the code is used up, too old or of another client
 */
export async function redeemCode(
  ctx: Context,
  input: { dance: Dance; config: OAuthProviderConfig; provider: Provider; code: string; verifier: string },
): Promise<OAuth2Tokens> {
  const { config, provider } = input;
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: input.code,
    redirect_uri: redirectUri(ctx, config),
  });
  if (provider.usesPkce) form.set('code_verifier', input.verifier);
  const secret = await secretOf(ctx, config, provider);
  const headers: Record<string, string> = {};
  if (provider.clientAuthentication === 'basic') {
    // both parts are form-encoded first (RFC 6749, 2.3.1)
    const pair = [config.clientId, secret].map(encodeURIComponent).join(':');
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else {
    form.set('client_id', config.clientId);
    form.set('client_secret', secret);
  }
  const answer = await postForm(input.dance, provider.token, form, headers);
  if (typeof answer !== 'object' || answer === null) throw new Error('the answer holds no tokens');
  return new OAuth2Tokens(answer);
}

/** The client's secret; for Apple a token that its key signs, good for this one call. */
async function secretOf(ctx: Context, config: OAuthProviderConfig, provider: Provider): Promise<string> {
  const { credentials } = config;
  if (credentials.kind === 'secret') return credentials.secret;
  const key = await importPKCS8(credentials.privateKey, 'ES256');
  const now = Math.floor(ctx.clock.now().getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: credentials.keyId })
    .setIssuer(credentials.teamId)
    .setSubject(config.clientId)
    .setAudience(provider.issuer ?? '')
    .setIssuedAt(now)
    .setExpirationTime(now + 300)
    .sign(key);
}
