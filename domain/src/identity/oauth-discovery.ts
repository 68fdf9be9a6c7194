import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { type Dance, getJson, isTrustworthy } from './oauth-http.ts';

/** What an OpenID provider tells of itself (OpenID Connect Discovery 1.0). */
export interface OpenIdProvider {
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string | null;
  readonly keys: JWTVerifyGetKey;
  /** Whether the client's secret travels in the body, because the provider takes no other way. */
  readonly wantsSecretInBody: boolean;
}

const REMEMBER_MS = 3_600_000;

const metadata = z.object({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url().optional(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});

const known = new Map<string, { provider: OpenIdProvider; until: number }>();

/**
 * Where a provider's endpoints are, by the document at its issuer; asked for once an hour. Its keys are fetched when an unknown one
 * is met.
 *
 * @throws Error when the document is of another issuer or names endpoints that may not be called
 */
export async function discover(dance: Dance, issuer: string): Promise<OpenIdProvider> {
  const remembered = known.get(issuer);
  if (remembered && remembered.until > Date.now()) return remembered.provider;
  const told = metadata.parse(await getJson(dance, `${issuer}/.well-known/openid-configuration`));
  // some issuers end in a slash, ours never does
  if (told.issuer.replace(/\/$/, '') !== issuer) throw new Error(`${issuer} calls itself ${told.issuer}`);
  const endpoints = [told.authorization_endpoint, told.token_endpoint, told.jwks_uri, told.userinfo_endpoint];
  for (const endpoint of endpoints) {
    if (endpoint !== undefined && !isTrustworthy(endpoint, issuer))
      throw new Error(`${issuer} names an endpoint that is not called: ${endpoint}`);
  }
  const methods = told.token_endpoint_auth_methods_supported;
  const provider: OpenIdProvider = {
    issuer: told.issuer,
    authorization: told.authorization_endpoint,
    token: told.token_endpoint,
    userinfo: told.userinfo_endpoint ?? null,
    keys: createRemoteJWKSet(new URL(told.jwks_uri), { timeoutDuration: 5_000 }),
    wantsSecretInBody: methods !== undefined && !methods.includes('client_secret_basic'),
  };
  known.set(issuer, { provider, until: Date.now() + REMEMBER_MS });
  return provider;
}
