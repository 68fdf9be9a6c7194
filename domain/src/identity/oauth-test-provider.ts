import { createServer, type RequestListener, type Server } from 'node:http';
import Provider from 'oidc-provider';

export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves on a free port of this machine. @param listener made when the address is known */
export async function listen(listener: (url: string) => RequestListener): Promise<Listening> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  server.on('request', listener(url));
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An account at the provider, by the name that it logs in with. */
export interface TestAccount {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** A real OpenID provider in this process: PKCE required, id tokens signed, addresses told at the userinfo endpoint. */
export function startOpenIdProvider(options: {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  accounts: ReadonlyMap<string, TestAccount>;
}): Promise<Listening> {
  return listen((url) =>
    new Provider(url, {
      clients: [
        {
          client_id: options.clientId,
          client_secret: options.clientSecret,
          redirect_uris: [options.redirectUri],
        },
      ],
      claims: { email: ['email', 'email_verified'], profile: ['name'] },
      pkce: { required: () => true },
      cookies: { keys: ['a key for tests'] },
      findAccount: (_ctx: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...options.accounts.get(id) }),
      }),
    }).callback(),
  );
}

/**
 * Goes through a provider's pages as a person would: logs in and consents, or turns back.
 *
 * @param url where the shop sent the browser
 * @returns where the provider sends it back to
 */
export async function danceAt(url: string, login: string, { isWilling = true } = {}): Promise<URL> {
  const jar = new Map<string, string>();
  let at = new URL(url);
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 20; step += 1) {
    const response = await fetch(at, {
      method: form ? 'POST' : 'GET',
      body: form,
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';', 1);
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    form = null;
    const text = await response.text();
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, at);
      if (next.origin !== at.origin) return next;
      at = next;
    } else if (!isWilling) {
      at = new URL(`${at.pathname}/abort`, at);
    } else {
      const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1];
      if (prompt === undefined) throw new Error(`the provider's page has no form: ${text.slice(0, 300)}`);
      form = new URLSearchParams({ prompt, login, password: 'any' });
    }
  }
  throw new Error('the provider leads in circles');
}
