import { setTimeout as sleep } from 'node:timers/promises';
import { anAddress } from '@souk/domain/testing';
import { type Random, randomOf } from '../chaos/random.ts';
import { messageOf } from '../stack/errors.ts';
import { type Browser, Disappointed, openBrowser, type Page } from './browser.ts';
import type { Tally } from './tally.ts';

export interface LoadOptions {
  readonly shopUrl: string;
  readonly tally: Tally;
  /** How many shoppers there are at once. */
  readonly shoppers: number;
  /** The handle of a product that never sells out. */
  readonly product: string;
}

/** Shoppers who come and go until they are told to stop. */
export interface Load {
  stop(): Promise<void>;
}

/** How long somebody looks at a page, in milliseconds. */
const THINKING = { least: 20, most: 120 };
const MOST_LOOKS = 20;

type Visit = (visitor: Visitor) => Promise<void>;

interface Visitor {
  readonly browser: Browser;
  readonly random: Random;
  readonly product: string;
  readonly email: string;
  readonly tally: Tally;
}

/** Of a hundred visits, how many are of which kind: more who buy than in life, as it is about them. */
const visits: readonly { readonly share: number; readonly visit: Visit }[] = [
  { share: 40, visit: browse },
  { share: 20, visit: search },
  { share: 15, visit: fillCart },
  { share: 25, visit: buy },
];

/** Lets shoppers in; each begins a new visit as soon as the last is over. */
export function startLoad({ shopUrl, tally, shoppers, product }: LoadOptions): Load {
  let isStopped = false;
  const shop = async (number: number) => {
    const random = randomOf(number, 'shopper');
    for (let round = 0; !isStopped; round += 1) {
      const email = `shopper-${number}-${round}-${Date.now()}@faults.example`;
      const browser = openBrowser(shopUrl, tally);
      await visitOf(random)({ browser, random, product, email, tally }).catch((error: unknown) => {
        if (error instanceof Disappointed) return;
        // a page that is not what it should be is no better than none
        tally.note({ at: performance.now(), ms: 0, outcome: 'failed', what: messageOf(error) });
      });
      await think(random);
    }
  };
  const running = Promise.all(Array.from({ length: shoppers }, (_, number) => shop(number)));
  return {
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

/** Lets in a crowd of programs that read a product from the API over and over, hardly pausing. */
export function startCrowd(options: { apiUrl: string; product: string; tally: Tally; size: number }): Load {
  let isStopped = false;
  const read = async () => {
    const client = openBrowser(options.apiUrl, options.tally);
    while (!isStopped) {
      await client.open(`/api/v1/products/${options.product}`).catch((error: unknown) => {
        if (!(error instanceof Disappointed)) throw error;
      });
      await sleep(200);
    }
  };
  const running = Promise.all(Array.from({ length: options.size }, read));
  return {
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

function visitOf(random: Random): Visit {
  let left = random.between(1, 100);
  for (const { share, visit } of visits) {
    left -= share;
    if (left <= 0) return visit;
  }
  return browse;
}

const think = (random: Random) => sleep(random.between(THINKING.least, THINKING.most));

async function browse({ browser, random }: Visitor): Promise<void> {
  const home = await browser.open('/');
  await think(random);
  const listing = await browser.open(linkOn(home, 'c', random));
  await think(random);
  await browser.open(linkOn(listing, 'p', random, linkOn(home, 'p', random, '/')));
}

const words = ['mug', 'linen', 'lamp', 'chair', 'wool', 'blue', 'table', 'knife', 'oak'];

async function search({ browser, random }: Visitor): Promise<void> {
  const found = await browser.open(`/search?q=${random.pick(words)}`);
  await think(random);
  await browser.open(linkOn(found, 'p', random, '/'));
}

async function fillCart({ browser, random, product }: Visitor): Promise<void> {
  const address = `/p/${product}`;
  const page = await browser.open(address);
  await think(random);
  await browser.send(address, { quantity: '1', requestId: fieldOn(page, 'requestId') });
}

/** From the product to the page of the order, by bank transfer: the whole path, and nobody outside is asked. */
async function buy(visitor: Visitor): Promise<void> {
  const { browser, random, email } = visitor;
  await fillCart(visitor);
  await think(random);
  await browser.open('/checkout');
  const { region, ...address } = anAddress;
  const to = Object.entries({ ...address, state: region }).map(
    ([name, value]) => [`shippingAddress.${name}`, value] as const,
  );
  const delivery = await browser.send('/checkout/address', {
    email,
    billingSame: 'on',
    ...Object.fromEntries(to),
  });
  await think(random);
  await browser.send('/checkout/shipping', { optionId: fieldOn(delivery, 'optionId') });
  const review = await browser.send('/checkout/payment?index', { method: 'bank_transfer' });
  await think(random);
  await placeOrder(visitor, review);
}

async function placeOrder({ browser, random, tally }: Visitor, review: Page): Promise<void> {
  let page = await browser.send('/checkout/review', {
    totalsVersion: fieldOn(review, 'totalsVersion'),
    seenTotal: fieldOn(review, 'seenTotal'),
    terms: 'on',
  });
  // it says itself when to look again
  for (let looks = 0; page.path.startsWith('/checkout/processing') && looks < MOST_LOOKS; looks += 1) {
    await sleep(500 + random.between(0, 500));
    page = await browser.open(page.path);
  }
  const number = /^\/orders\/(SK-[\w-]+)/.exec(page.path)?.[1];
  if (number !== undefined) tally.noteOrder({ number, at: performance.now() });
}

/** A link of a page to a category or a product, whichever it is. */
function linkOn({ html, path }: Page, kind: 'c' | 'p', random: Random, otherwise?: string): string {
  const links = [...html.matchAll(new RegExp(`href="(/${kind}/[^"?#]+)"`, 'g'))].flatMap(
    ([, to]) => to ?? [],
  );
  if (links.length > 0) return random.pick(links);
  if (otherwise !== undefined) return otherwise;
  throw new Error(`there is no link to /${kind}/ on ${path}`);
}

/** What the first field of a name holds. */
function fieldOn({ html, path }: Page, name: string): string {
  const field = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0] ?? '';
  const value = /value="([^"]*)"/.exec(field)?.[1];
  if (value === undefined) throw new Error(`there is no field ${name} on ${path}`);
  return value;
}
