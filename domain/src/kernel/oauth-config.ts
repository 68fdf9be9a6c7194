import { ConfigError } from './config-error.ts';

/** The providers that somebody can log in by; `oidc` is any that speaks OpenID Connect. */
export const oauthProviderIds = ['google', 'apple', 'facebook', 'github', 'oidc'] as const;
export type OAuthProviderId = (typeof oauthProviderIds)[number];

/** A provider that is on, as the environment sets it. */
export interface OAuthProviderConfig {
  readonly id: OAuthProviderId;
  /** As buttons call it. */
  readonly name: string;
  readonly clientId: string;
  /** What proves the shop to the provider. Apple wants a token that a key signs. */
  readonly credentials:
    | { readonly kind: 'secret'; readonly secret: string }
    | { readonly kind: 'key'; readonly teamId: string; readonly keyId: string; readonly privateKey: string };
  /** Where it lives, without a slash at its end; null: where the world knows it to. */
  readonly issuer: string | null;
}

const names: Readonly<Record<OAuthProviderId, string>> = {
  google: 'Google',
  apple: 'Apple',
  facebook: 'Facebook',
  github: 'GitHub',
  oidc: 'Single sign-on',
};

/** What each needs to be on; the first is the client's id. */
const required: Readonly<Record<OAuthProviderId, readonly string[]>> = {
  google: ['CLIENT_ID', 'CLIENT_SECRET'],
  apple: ['CLIENT_ID', 'TEAM_ID', 'KEY_ID', 'PRIVATE_KEY'],
  facebook: ['CLIENT_ID', 'CLIENT_SECRET'],
  github: ['CLIENT_ID', 'CLIENT_SECRET'],
  oidc: ['CLIENT_ID', 'CLIENT_SECRET', 'ISSUER'],
};

/**
 * The providers that the environment turns on, such as Google by GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.
 *
 * @throws ConfigError that names what is missing of those that are set in part, and issuers that are no URL
 */
export function readOAuthProviders(variables: Record<string, string | undefined>): OAuthProviderConfig[] {
  const problems: string[] = [];
  const providers = oauthProviderIds.flatMap((id) => {
    const prefix = id.toUpperCase();
    const settingOf = (name: string) => variables[`${prefix}_${name}`]?.trim() ?? '';
    const given = required[id].filter((name) => settingOf(name) !== '');
    if (given.length === 0) return [];
    for (const name of required[id]) {
      if (settingOf(name) === '') problems.push(`${prefix}_${name} is missing: ${prefix}_${given[0]} is set`);
    }
    const issuer = settingOf('ISSUER').replace(/\/+$/, '');
    if (issuer !== '' && !/^https?:\/\/[^\s?#]+$/.test(issuer)) {
      problems.push(`${prefix}_ISSUER is wrong: expected a URL that begins with https:// or http://`);
    }
    const privateKey = settingOf('PRIVATE_KEY').replaceAll('\\n', '\n');
    if (id === 'apple' && privateKey !== '' && !privateKey.includes('BEGIN PRIVATE KEY')) {
      problems.push('APPLE_PRIVATE_KEY is wrong: expected the text of the .p8 file');
    }
    const provider: OAuthProviderConfig = {
      id,
      name: id === 'oidc' ? settingOf('NAME') || names.oidc : names[id],
      clientId: settingOf('CLIENT_ID'),
      credentials:
        id === 'apple'
          ? { kind: 'key', teamId: settingOf('TEAM_ID'), keyId: settingOf('KEY_ID'), privateKey }
          : { kind: 'secret', secret: settingOf('CLIENT_SECRET') },
      issuer: issuer === '' ? null : issuer,
    };
    return [provider];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return providers;
}
