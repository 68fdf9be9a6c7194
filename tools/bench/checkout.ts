import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDomain } from '@souk/domain/app';
import { createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { aCard, anAddress, brokenInvariants, elementFields, sellProduct } from '@souk/domain/testing';
import { Command } from 'commander';
import pg from 'pg';
import { Agent } from 'undici';
import { z } from 'zod';
import { startPaymentSandbox } from '../payment-sandbox/server.ts';
import { startBenchStack } from './bench-stack.ts';
import { prepareLimit, runLimitTransaction } from './limit-transaction.ts';

const { clients, seconds } = new Command('checkout')
  .description(
    'Measures how many carts new visitors fill, and how many orders are completed (cart, address, shipping, payment, place, against the payment sandbox), over HTTP on one process of the bff, as ratios to a 5-statement write transaction of Postgres in the same run.',
  )
  .option('--clients <n>', 'how many shoppers at once', Number, 8)
  .option('--seconds <n>', 'how long each is measured', Number, 8)
  .parse()
  .opts<{ clients: number; seconds: number }>();

const PRODUCTS = 200;
/**
 * A fresh process runs code that is not compiled yet (after ten seconds of orders the compiler still takes 5 % of its time), and a fresh
 * database knows nothing of its tables before it has looked at them for the first time, which it does each minute: what a shop does all
 * day is what comes after.
 */
const WARM_UP_SECONDS = 20;
/** The speed of a machine that others use too changes within minutes: what is measured and its limit take turns. */
const TURNS = 4;

const agent = new Agent();

const answer = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });

const addressSaved = z.object({ shippingOptions: z.array(z.object({ id: z.string() })).min(1) });
const tokenMade = z.object({ id: z.string() });
const paymentChosen = z.object({ totalsVersion: z.int() });

const { stack, env } = await startBenchStack();
const sandboxFolder = await mkdtemp(join(tmpdir(), 'souk-bench-'));
const sandbox = await startPaymentSandbox({ port: 0, dataDir: sandboxFolder, webhooks: [] });
const environment = {
  ...env,
  STRIPE_API_BASE: sandbox.url,
  STRIPE_PUBLISHABLE_KEY: 'pk_test_bench',
  SHOP_BANK_IBAN: 'DE89370400440532013000',
};
const domain = createDomain(loadDomainConfig(environment), {
  logger: createLogger({ name: 'bench', level: 'error' }),
});
const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: clients });
let server: ChildProcess | undefined;
try {
  await measure();
} finally {
  server?.kill('SIGKILL');
  await pool.end();
  await domain.close();
  await sandbox.close();
  await rm(sandboxFolder, { recursive: true, force: true });
  await stack.stop();
}

async function measure(): Promise<void> {
  const ctx = domain.context({ actor: system });
  const variants: string[] = [];
  while (variants.length < PRODUCTS) {
    variants.push((await sellProduct(ctx, { stock: 10_000_000, amount: 2_500 })).variantId);
  }
  const bff = await serve();
  await prepareLimit(pool, clients);
  const limit = () => runLimitTransaction(pool, clients);
  await run(limit, WARM_UP_SECONDS);
  const some = () => variants[Math.floor(Math.random() * variants.length)] ?? '';
  await rate('add to cart, each a new visitor', () => addToCart(bff, some()), limit, 0.25);
  await rate('complete orders by card', () => order(bff, some(), 'card'), limit, 0.06);
  await rate('complete orders by bank transfer', () => order(bff, some(), 'bank_transfer'), limit);
  const broken = await brokenInvariants(ctx);
  console.log(broken.length === 0 ? '  every invariant holds' : `  BROKEN: ${broken.join('; ')}`);
  if (broken.length > 0) process.exitCode = 1;
}

function serve(): Promise<string> {
  const started = fork(join(import.meta.dirname, 'servers/bff.ts'), {
    env: { ...process.env, ...environment, BFF_PORT: '0' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  server = started;
  return new Promise((resolve, reject) => {
    started.once('message', (address) => resolve(String(address)));
    started.once('exit', (code) => reject(new Error(`the bff ended with ${code}`)));
  });
}

async function call(bff: string, path: string, input: unknown, token = ''): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-souk-cart': token };
  const text = await post(new URL(`/trpc/${path}`, bff), JSON.stringify({ json: input }), headers);
  return answer.parse(JSON.parse(text)).result.data.json;
}

/** What a shopper's browser does at the provider. @returns the confirmation token */
async function enterCard(): Promise<string> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: 'Bearer pk_test_bench',
  };
  const fields = elementFields({ card: aCard() }).toString();
  return tokenMade.parse(
    JSON.parse(await post(new URL('/v1/confirmation_tokens', sandbox.url), fields, headers)),
  ).id;
}

/** As light as a client can be: it shares the machine with what is measured. */
function post(url: URL, body: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let status = 0;
    const request = { origin: url.origin, path: url.pathname, method: 'POST', headers, body } as const;
    agent.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, part) {
        parts.push(part);
      },
      onResponseEnd() {
        const text = Buffer.concat(parts).toString();
        if (status === 200) resolve(text);
        else reject(new Error(`${url} answered ${status}: ${text}`));
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    });
  });
}

async function addToCart(bff: string, variantId: string): Promise<string> {
  const added = await call(bff, 'cart.addLine', { variantId, quantity: 1, requestId: crypto.randomUUID() });
  return z.object({ token: z.string() }).parse(added).token;
}

async function order(bff: string, variantId: string, method: 'card' | 'bank_transfer'): Promise<void> {
  const token = await addToCart(bff, variantId);
  const email = `${crypto.randomUUID()}@example.com`;
  const address = { email, shippingAddress: anAddress, billingAddress: null };
  const { shippingOptions } = addressSaved.parse(await call(bff, 'checkout.setAddress', address, token));
  await call(bff, 'checkout.setShipping', { optionId: shippingOptions[0]?.id }, token);
  const confirmationToken = method === 'card' ? await enterCard() : null;
  const { totalsVersion } = paymentChosen.parse(
    await call(bff, 'checkout.choosePayment', { method, confirmationToken }, token),
  );
  const placed = await call(bff, 'checkout.place', { totalsVersion, acceptsTerms: true }, token);
  z.object({ outcome: z.literal('placed') }).parse(placed);
}

/** Measures how often a second so many clients get `work` done, after a warm-up, and the limit in turns with it. */
async function rate(
  title: string,
  work: () => Promise<unknown>,
  limit: () => Promise<unknown>,
  bar?: number,
): Promise<void> {
  await run(work, WARM_UP_SECONDS);
  await domain.pool.query('analyze');
  const times: number[] = [];
  const done = { work: 0, limit: 0 };
  for (let turn = 0; turn < TURNS; turn += 1) {
    done.limit += (await run(limit, seconds / TURNS)).done;
    const ran = await run(work, seconds / TURNS);
    done.work += ran.done;
    times.push(...ran.times);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  const ratio = (done.work / done.limit).toFixed(3);
  const [perSecond, most] = [done.work, done.limit].map((each) => (each / seconds).toFixed(0));
  console.log(
    `  ${title.padEnd(34)} ${perSecond}/s, ${ratio} of the limit of ${most}/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms${bar === undefined ? '' : `  (the bar: ${bar})`}`,
  );
}

/** @returns how long each took, in milliseconds, and how many were done in the time: of what went on beyond it, the part before its end */
async function run(
  work: () => Promise<unknown>,
  forSeconds: number,
): Promise<{ times: number[]; done: number }> {
  const times: number[] = [];
  let done = 0;
  const until = performance.now() + forSeconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const began = performance.now();
        await work();
        const took = performance.now() - began;
        times.push(took);
        done += Math.min(1, (until - began) / took);
      }
    }),
  );
  return { times, done };
}
