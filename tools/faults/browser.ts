import type { Outcome, Tally } from './tally.ts';

/** How long a shopper waits for a page. */
const PATIENCE_MS = 30_000;
const MOST_REDIRECTS = 12;

/** The shop did not answer as it should: the visit ends here. */
export class Disappointed extends Error {
  override readonly name = 'Disappointed';
}

export interface Page {
  /** Path and query, after redirects. */
  readonly path: string;
  readonly html: string;
}

/** A browser without scripts: it keeps cookies, follows redirects, and notes each request in the tally. */
export interface Browser {
  /** @throws Disappointed */
  open(path: string): Promise<Page>;
  /** Sends a form, and goes where it leads. @throws Disappointed */
  send(path: string, form: Readonly<Record<string, string>>): Promise<Page>;
}

export function openBrowser(shopUrl: string, tally: Tally): Browser {
  const cookies = new Map<string, string>();

  /** One request: an answer, or the end of the visit. */
  async function request(path: string, form: Readonly<Record<string, string>> | null): Promise<Response> {
    const at = performance.now();
    const what = `${form ? 'POST' : 'GET'} ${path.split('?')[0]}`;
    const note = (outcome: Outcome, why = '') => {
      tally.note({ at, ms: performance.now() - at, outcome, what: why === '' ? what : `${what}: ${why}` });
    };
    const end = tally.begin();
    try {
      const response = await fetch(new URL(path, shopUrl), {
        method: form ? 'POST' : 'GET',
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          accept: 'text/html',
          // as of a browser: for robots a page is not streamed
          'user-agent': 'Mozilla/5.0 (X11; Linux x64) faults',
          ...(cookies.size > 0 ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
          ...(form ? { origin: new URL(shopUrl).origin } : {}),
        },
        ...(form ? { body: new URLSearchParams({ ...form }) } : {}),
      });
      // an answer that breaks off is none
      const text = await response.text();
      for (const cookie of response.headers.getSetCookie()) keep(cookie);
      const outcome = outcomeOf(response);
      note(outcome, outcome === 'served' ? '' : `${response.status} ${text.slice(0, 80)}`);
      if (outcome !== 'served') throw new Disappointed(`${what} answered ${response.status}`);
      return new Response(text, { status: response.status, headers: response.headers });
    } catch (error) {
      if (error instanceof Disappointed) throw error;
      note('failed', reasonOf(error));
      throw new Disappointed(`${what}: ${reasonOf(error)}`);
    } finally {
      end();
    }
  }

  function keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    if (/max-age=0\b/i.test(cookie)) cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }

  async function go(path: string, form: Readonly<Record<string, string>> | null): Promise<Page> {
    let here = path;
    let response = await request(here, form);
    for (let redirects = 0; response.status >= 300 && response.status < 400; redirects += 1) {
      const to = new URL(response.headers.get('location') ?? '/', new URL(here, shopUrl));
      if (redirects === MOST_REDIRECTS) throw new Disappointed(`${path} leads in circles`);
      here = `${to.pathname}${to.search}`;
      response = await request(here, null);
    }
    return { path: here, html: await response.text() };
  }

  return { open: (path) => go(path, null), send: (path, form) => go(path, form) };
}

/** 503 with Retry-After is an honest word; anything else of the kind is a failure. */
function outcomeOf({ status, headers }: Response): Outcome {
  if (status < 400) return 'served';
  return status === 503 && headers.has('retry-after') ? 'refused' : 'failed';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
