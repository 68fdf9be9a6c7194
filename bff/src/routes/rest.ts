import { DomainError, isDomainError } from '@souk/domain/kernel';
import { getRegion } from '@souk/domain/pricing';
import { TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createRequestContext } from '../create-request-context.ts';
import type { Deps } from '../deps.ts';
import type { RequestContext } from '../request-context.ts';
import { cursorAfter, searchOf } from '../rest/list-products.ts';
import { openApiDocument } from '../rest/openapi.ts';
import { personalRoutes } from '../rest/personal-routes.ts';
import { productQuery, withoutEmpty } from '../rest/query.ts';
import { answer, representationOf } from '../rest/represent.ts';
import { productDetailOf, productListOf } from '../rest/shapes.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory } from '../trpc.ts';

const createCaller = createCallerFactory(appRouter);

/** `/api/v1`: the REST API, by the same procedures as the storefront. */
export async function restRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.addHook('onSend', async (request, reply) => {
    const problem = problems[reply.statusCode];
    if (problem === undefined) return;
    const isBearer = request.headers.authorization !== undefined;
    reply.header('www-authenticate', `Bearer realm="souk"${isBearer ? `, error="${problem}"` : ''}`);
  });
  // each with its own hooks; the prefix is that of `app` already
  await app.register(catalogueRoutes, { ...deps, prefix: '' });
  await app.register(personalRoutes, { ...deps, prefix: '' });
}

/** What is wrong with a bearer's token (RFC 6750). */
const problems: Readonly<Record<number, string>> = { 401: 'invalid_token', 403: 'insufficient_scope' };

/** What everybody may read. Open to pages of any origin, without credentials: it only reads. */
async function catalogueRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const { shop } = deps.config.domain;
  const callerOf = async (request: FastifyRequest) => createCaller(await createRequestContext(deps, request));
  // Prices are those of a region, and of who is logged in.
  const shopperOf = async (request: FastifyRequest, reply: FastifyReply) => {
    const { region } = productQuery.parse(withoutEmpty(request.query));
    const ctx = await createRequestContext(deps, request);
    const isForAll = ctx.domain.actor.kind !== 'user';
    reply.header('vary', 'x-souk-region, authorization, x-souk-session');
    return {
      caller: createCaller(region === undefined ? ctx : await inRegion(deps, ctx, region)),
      cacheControl: isForAll ? 'public, max-age=5, stale-while-revalidate=30' : 'private, max-age=5',
    };
  };
  const document = representationOf(openApiDocument(shop));

  app.addHook('onRequest', async (_request, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'etag, location, retry-after, x-request-id');
  });

  app.options('/*', async (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, HEAD, OPTIONS')
      .header(
        'access-control-allow-headers',
        'accept, content-type, if-none-match, x-request-id, x-souk-region',
      )
      .header('access-control-max-age', '86400')
      .send(),
  );

  app.get('/products', async (request, reply) => {
    const search = searchOf(request.query);
    const { caller, cacheControl } = await shopperOf(request, reply);
    const result = await caller.search.products(search);
    const list = productListOf(result, cursorAfter(result, search.limit), shop.url);
    return answer(request, reply, representationOf(list), cacheControl);
  });

  app.get<{ Params: { handle: string } }>('/products/:handle', async (request, reply) => {
    try {
      const { caller, cacheControl } = await shopperOf(request, reply);
      const product = await caller.catalog.product({ slug: request.params.handle });
      const detail = representationOf(productDetailOf(product, shop.url));
      return answer(request, reply, detail, cacheControl);
    } catch (error) {
      const handle = newHandle(error);
      if (handle === null) throw error;
      const query = new URL(request.url, 'http://bff.invalid').search;
      return reply.redirect(`/api/v1/products/${encodeURIComponent(handle)}${query}`, 308);
    }
  });

  app.get('/regions', async (request, reply) => {
    const { regions } = await (await callerOf(request)).shop.info();
    const items = regions.map(({ id: _id, ...region }) => region);
    return answer(
      request,
      reply,
      representationOf({ items }),
      'public, max-age=60, stale-while-revalidate=300',
    );
  });

  app.get('/categories', async (request, reply) => {
    const items = await (await callerOf(request)).catalog.categoryTree();
    return answer(
      request,
      reply,
      representationOf({ items }),
      'public, max-age=60, stale-while-revalidate=300',
    );
  });

  app.get('/openapi.json', async (request, reply) => answer(request, reply, document, 'public, max-age=300'));
}

/** The same request by who shops in a region. @throws DomainError `invalid_input` when one cannot shop in it */
async function inRegion(deps: Deps, ctx: RequestContext, code: string): Promise<RequestContext> {
  const { logger, actor, origin } = ctx.domain;
  const { code: region } = await getRegion(ctx.domain, code).catch((error: unknown) => {
    if (!isDomainError(error, 'not_found')) throw error;
    throw new DomainError('invalid_input', `region: one cannot shop in ${code}; see /api/v1/regions`);
  });
  return { ...ctx, domain: deps.domain.context({ logger, actor, origin: { ...origin, region } }) };
}

/** Where a product lives now that has moved; null when the error is another. */
function newHandle(error: unknown): string | null {
  const cause = error instanceof TRPCError ? error.cause : undefined;
  if (!isDomainError(cause, 'moved')) return null;
  const { slug } = cause.data;
  return typeof slug === 'string' ? slug : null;
}
