import http, { type RefinedResponse } from 'k6/http';
import type { Step } from '../slo.ts';
import { originOf, type PageName, pageNameOf, pathOf, resolved } from './addresses.ts';
import { bodyOf, type Form } from './forms.ts';
import { countAnswer } from './metrics.ts';
import { filesOf } from './page-files.ts';

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 souk-load-tests';
const usualHeaders = {
  'user-agent': USER_AGENT,
  'accept-language': 'en-US,en;q=0.9',
  'accept-encoding': 'gzip, br',
};
const MOST_REDIRECTS = 8;
/** A browser waits for longer; nobody does. */
const PATIENCE = '180s';

/** A page as it came, after all redirects. */
export interface Page {
  readonly url: string;
  readonly name: PageName;
  readonly status: number;
  readonly html: string;
  /** Milliseconds that the shop took for it, over all redirects; what another site took is not in it. */
  readonly shopTime: number;
}

export interface Submission {
  readonly typed?: Readonly<Record<string, string>>;
  readonly step: Step;
  /** Statuses other than 200 that are a good answer, such as 409 to who wants what has just sold out. */
  readonly mayBe?: readonly number[];
}

/** A browser of one shopper: cookies (k6 keeps them), a cache, forms with all that their page put into them. */
export interface Browser {
  open(address: string): Page;
  submit(page: Page, form: Form, submission: Submission): Page;
}

/** An answer that no shop may give. It is counted already; it names paths without queries, which open orders. */
export class WrongAnswer extends Error {}

/** How a browser differs from the usual one. */
export interface BrowserOptions {
  /** Its answers are no part of the figures, as those to the walk through the shop before a run. */
  readonly isWalk?: boolean;
  /** Whether it fetches what a page consists of. */
  readonly wantsFiles?: boolean;
}

/** @param shopUrl addresses without a host belong there */
export function openBrowser(
  shopUrl: string,
  { isWalk = false, wantsFiles = true }: BrowserOptions = {},
): Browser {
  const cached = new Set<string>();
  const count = (page: PageName, isGood: boolean) => {
    if (!isWalk) countAnswer(page, isGood);
  };
  const tagsOf = (page: string, step: string) =>
    isWalk ? { page: 'walk', step: 'walk', name: 'walk' } : { page, step, name: page };

  function fetchPage(first: Call, step: Step, mayBe: readonly number[]): Page {
    let call = first;
    let shopTime = 0;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const name = pageNameOf(call.url, shopUrl);
      // what puts something into the cart is work of the cart, whatever page the form is on
      const page = step === 'add-to-cart' && call.method === 'POST' ? 'cart' : name;
      const tags = tagsOf(page, hops === 0 ? step : stepOfRedirect(step, name));
      const response = http.request(call.method, call.url, call.body, {
        headers: headersOf(call),
        redirects: 0,
        timeout: PATIENCE,
        responseType: 'text',
        responseCallback: http.expectedStatuses({ min: 200, max: 399 }, ...mayBe),
        tags,
      });
      if (originOf(call.url) === originOf(shopUrl)) shopTime += response.timings.duration;
      const location = locationOf(response);
      if (location === undefined) return judged({ call, name, response, shopTime, step, mayBe });
      count(name, true);
      call = { method: 'GET', url: resolved(location, call.url), from: call.url };
    }
    count(pageNameOf(call.url, shopUrl), false);
    throw new WrongAnswer(`${first.method} ${pathOf(first.url)} redirects without end`);
  }

  function judged(answer: Answer): Page {
    const { call, name, response, shopTime, mayBe } = answer;
    const isGood = response.status === 200 || mayBe.includes(response.status);
    count(name, isGood);
    if (!isGood) {
      const why = response.error || `status ${response.status}`;
      throw new WrongAnswer(`${call.method} ${pathOf(call.url)} (${answer.step}): ${why}`);
    }
    const html = typeof response.body === 'string' ? response.body : '';
    return { url: call.url, name, status: response.status, html, shopTime };
  }

  /** All that the cache lacks, side by side, as a browser does: k6 opens at most six connections to a host, as browsers do. */
  function fetchFiles(page: Page): void {
    const { assets, pictures } = filesOf(page.html);
    const lacking = [
      ...assets.map((address) => ({ address, kind: 'asset' })),
      ...pictures.map((address) => ({ address, kind: 'picture' })),
    ]
      .map(({ address, kind }) => ({ url: resolved(address, page.url), kind }))
      .filter(({ url }) => !cached.has(url));
    if (lacking.length === 0) return;
    const responses = http.batch(
      lacking.map(({ url, kind }) => ({
        method: 'GET',
        url,
        params: {
          headers: { ...usualHeaders, accept: '*/*', referer: page.url },
          responseType: 'none' as const,
          timeout: PATIENCE,
          tags: tagsOf(kind, 'file'),
        },
      })),
    );
    const wrong = responses.filter(({ status }) => status !== 200);
    for (const { url } of lacking) cached.add(url);
    for (const response of responses) count(page.name, response.status === 200);
    const [first] = wrong;
    if (first) {
      const why = first.error || `status ${first.status}`;
      throw new WrongAnswer(`GET ${pathOf(first.url)} (file of ${pathOf(page.url)}): ${why}`);
    }
  }

  function load(call: Call, step: Step, mayBe: readonly number[] = []): Page {
    const page = fetchPage(call, step, mayBe);
    if (wantsFiles && page.name !== 'payment-page') fetchFiles(page);
    return page;
  }

  return {
    open: (address) => load({ method: 'GET', url: resolved(address, `${shopUrl}/`) }, 'view'),
    submit(page, form, { typed = {}, step, mayBe }) {
      const url = resolved(form.action, page.url);
      return load({ method: 'POST', url, from: page.url, body: bodyOf(form, typed) }, step, mayBe);
    },
  };
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** The page that leads there. */
  readonly from?: string;
  readonly body?: string;
}

interface Answer {
  readonly call: Call;
  readonly name: PageName;
  readonly response: RefinedResponse<'text'>;
  readonly shopTime: number;
  readonly step: Step;
  readonly mayBe: readonly number[];
}

/** A page that a form leads to is looked at; the way back from the payment page is where the order comes to be. */
function stepOfRedirect(step: Step, name: PageName): Step {
  return step === 'pay' && name === 'checkout' ? 'return' : 'view';
}

function headersOf({ method, from, body }: Call): Record<string, string> {
  return {
    ...usualHeaders,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    ...(from === undefined ? {} : { referer: from }),
    ...(method === 'POST' && from !== undefined ? { origin: originOf(from) } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
}

function locationOf({ status, headers }: RefinedResponse<'text'>): string | undefined {
  return status >= 300 && status < 400 ? headers.Location : undefined;
}
