import { type ProductInput, productInput, saveProducts } from '@souk/domain/catalog';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import superjson from 'superjson';
import { z } from 'zod';
import { loadBffConfig } from '../config.ts';
import { createMetrics, type Metrics } from '../ops/metrics.ts';
import { createSafeLogger } from '../ops/safe-logger.ts';
import { createServer, type Server } from '../server.ts';

export interface TestServer {
  readonly test: TestDomain;
  readonly server: Server;
  readonly metrics: Metrics;
  /** Without a slash at the end. */
  readonly url: string;
  /** What the server has logged, one JSON text a line. */
  logs(): string;
  close(): Promise<void>;
}

/**
 * A server on a free port, over a domain of its own.
 *
 * @param options.env variables of the bff and the domain
 */
export async function startTestServer(options: { env?: Record<string, string> } = {}): Promise<TestServer> {
  const metrics = createMetrics({ version: '1.2.3', commit: 'c0ffee' });
  const { observer } = metrics;
  const test = await createTestDomain({ observer, ...(options.env ? { env: options.env } : {}) });
  const lines: string[] = [];
  const logger = createSafeLogger({
    name: 'bff',
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
  });
  const config = loadBffConfig({ ...test.env, ...options.env });
  const server = await createServer({ config, domain: test.domain, logger, metrics });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    test,
    server,
    metrics,
    url,
    logs: () => lines.join(''),
    async close() {
      await server.app.close();
      await test.close();
    },
  };
}

/** Products for tests, indexed: `count` shirts of two brands and two colours, 10.00, 11.00, … with 5 units each. */
export async function seedShirts(test: TestDomain, count: number): Promise<void> {
  const products = Array.from({ length: count }, (_, index) => shirt(index));
  const saved = await saveProducts(test.ctx, products);
  const failed = saved.filter((product) => product.outcome === 'failed');
  if (failed.length > 0) throw new Error(`not saved: ${JSON.stringify(failed)}`);
  await test.runJobs();
}

function shirt(index: number): ProductInput {
  const colours = ['Indigo', 'Sand'];
  return productInput.parse({
    handle: `shirt-${index}`,
    externalId: `ext-${index}`,
    title: `Linen shirt ${index}`,
    descriptionHtml: '<p>Cool in summer.</p>',
    brand: index % 2 === 0 ? 'Marlowe' : 'Fen & Field',
    categoryPath: ['Apparel', 'Shirts'],
    publishedAt: new Date('2026-01-01T00:00:00Z'),
    attributes: [{ key: 'material', label: 'Material', value: 'Linen' }],
    options: [{ name: 'Colour', values: colours.map((value) => ({ value, swatch: null })) }],
    variants: colours.map((colour) => ({
      sku: `SHIRT-${index}-${colour.toUpperCase()}`,
      optionValues: { Colour: colour },
      weightGrams: 200,
      price: { amount: 1000 + index * 100, currency: 'USD' },
      // the last ones are not sold in euros, and the cheapest there are the dearest in dollars
      ...(index < 5 ? { otherPrices: [{ amount: 1990 - index * 100, currency: 'EUR' }] } : {}),
      stock: 5,
    })),
  });
}

const answer = z.object({
  result: z.object({ data: z.object({ json: z.unknown(), meta: z.unknown().optional() }) }).optional(),
  error: z.object({ json: z.unknown(), meta: z.unknown().optional() }).optional(),
});

const trpcError = z.object({
  message: z.string(),
  data: z.object({
    code: z.string(),
    httpStatus: z.int(),
    data: z.record(z.string(), z.unknown()),
    requestId: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
});

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  /** As the procedure answered; null on an error. */
  readonly data: unknown;
  readonly error: z.infer<typeof trpcError> | null;
}

function calledOf(response: Response, body: unknown): Called {
  const { result, error } = answer.parse(body);
  return {
    status: response.status,
    headers: response.headers,
    data: result ? superjson.deserialize(wire.parse(result.data)) : null,
    error: error ? trpcError.parse(superjson.deserialize(wire.parse(error))) : null,
  };
}

/** What superjson reads; its own type of `meta` is open-ended. */
const wire = z.object({ json: z.json(), meta: z.looseObject({}).optional() }).transform(({ json, meta }) => ({
  json,
  ...(meta ? { meta } : {}),
}));

/** Calls a query as the storefront does. */
export async function query(
  url: string,
  path: string,
  input?: unknown,
  headers: Record<string, string> = {},
): Promise<Called> {
  const search = input === undefined ? '' : `?input=${encodeURIComponent(superjson.stringify(input))}`;
  const response = await fetch(`${url}/trpc/${path}${search}`, { headers });
  return calledOf(response, await response.json());
}

/** Calls a mutation as the storefront does. */
export async function mutate(
  url: string,
  path: string,
  input?: unknown,
  headers: Record<string, string> = {},
): Promise<Called> {
  const response = await fetch(`${url}/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(input === undefined ? {} : { body: superjson.stringify(input) }),
  });
  return calledOf(response, await response.json());
}
