import { expect, test } from 'vitest';
import { readOAuthProviders } from './oauth-config.ts';

const apple = {
  APPLE_CLIENT_ID: 'shop',
  APPLE_TEAM_ID: 'team',
  APPLE_KEY_ID: 'key',
  APPLE_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----',
};

test('no variable, no provider', () => {
  expect(readOAuthProviders({ GOOGLE_CLIENT_ID: '' })).toEqual([]);
});

test('a provider is on when all of its variables are set', () => {
  const providers = readOAuthProviders({
    ...apple,
    GITHUB_CLIENT_ID: 'id',
    GITHUB_CLIENT_SECRET: 'secret',
    OIDC_CLIENT_ID: 'id',
    OIDC_CLIENT_SECRET: 'secret',
    OIDC_ISSUER: 'https://id.example/',
    OIDC_NAME: 'Example ID',
  });
  expect(providers.map(({ id, name, issuer }) => [id, name, issuer])).toEqual([
    ['apple', 'Apple', null],
    ['github', 'GitHub', null],
    ['oidc', 'Example ID', 'https://id.example'],
  ]);
  expect(providers[0]?.credentials).toMatchObject({ kind: 'key', privateKey: expect.stringContaining('\n') });
});

test.each([
  [{ GOOGLE_CLIENT_ID: 'id' }, 'GOOGLE_CLIENT_SECRET is missing: GOOGLE_CLIENT_ID is set'],
  [{ FACEBOOK_CLIENT_SECRET: 's' }, 'FACEBOOK_CLIENT_ID is missing: FACEBOOK_CLIENT_SECRET is set'],
  [{ ...apple, APPLE_KEY_ID: '' }, 'APPLE_KEY_ID is missing'],
  [{ ...apple, APPLE_PRIVATE_KEY: 'abc' }, 'APPLE_PRIVATE_KEY is wrong'],
  [{ OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 's' }, 'OIDC_ISSUER is missing'],
  [
    { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 's', GITHUB_ISSUER: 'ftp://github' },
    'GITHUB_ISSUER is wrong',
  ],
])('%j is refused by name', (variables, message) => {
  expect(() => readOAuthProviders(variables)).toThrow(message);
});
