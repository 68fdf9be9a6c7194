/** Where each provider asks people to log in, unless `<PROVIDER>_ISSUER` says another place. */
const usual: Readonly<Record<string, readonly string[]>> = {
  GOOGLE: ['https://accounts.google.com'],
  APPLE: ['https://appleid.apple.com'],
  FACEBOOK: ['https://www.facebook.com', 'https://m.facebook.com'],
  GITHUB: ['https://github.com'],
  OIDC: [],
};

/** The origins that a form of ours may lead to by way of a log-in: those of the providers that the environment turns on. */
export function oauthOrigins(env: Record<string, string | undefined>): string[] {
  return Object.entries(usual).flatMap(([provider, origins]) => {
    if (!env[`${provider}_CLIENT_ID`]) return [];
    const issuer = env[`${provider}_ISSUER`];
    return issuer !== undefined && URL.canParse(issuer) ? [new URL(issuer).origin] : origins;
  });
}
