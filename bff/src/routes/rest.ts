import { createHash } from 'node:crypto';
import { isDomainError } from '@souk/domain/kernel';
import { TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createRequestContext } from '../create-request-context.ts';
import type { Deps } from '../deps.ts';
import { cursorAfter, searchOf } from '../rest/list-products.ts';
import { openApiDocument } from '../rest/openapi.ts';
import { productDetailOf, productListOf } from '../rest/shapes.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory } from '../trpc.ts';

const createCaller = createCallerFactory(appRouter);

/** `/api/v1`: the public REST API, by the same procedures as the storefront. Open to pages of any origin: it only reads. */
export async function restRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const { shop } = deps.config.domain;
  const callerOf = async (request: FastifyRequest) => createCaller(await createRequestContext(deps, request));
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
      .header('access-control-allow-headers', 'accept, content-type, if-none-match, x-request-id')
      .header('access-control-max-age', '86400')
      .send(),
  );

  app.get('/products', async (request, reply) => {
    const search = searchOf(request.query);
    const result = await (await callerOf(request)).search.products(search);
    const list = productListOf(result, cursorAfter(result, search.limit), shop.url);
    return answer(request, reply, representationOf(list), 'public, max-age=5, stale-while-revalidate=30');
  });

  app.get<{ Params: { handle: string } }>('/products/:handle', async (request, reply) => {
    try {
      const product = await (await callerOf(request)).catalog.product({ slug: request.params.handle });
      const detail = representationOf(productDetailOf(product, shop.url));
      return answer(request, reply, detail, 'public, max-age=5, stale-while-revalidate=30');
    } catch (error) {
      const handle = newHandle(error);
      if (handle === null) throw error;
      return reply.redirect(`/api/v1/products/${encodeURIComponent(handle)}`, 308);
    }
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

interface Representation {
  readonly text: string;
  readonly etag: string;
}

function representationOf(body: unknown): Representation {
  const text = JSON.stringify(body);
  return { text, etag: `"${createHash('sha1').update(text).digest('base64url')}"` };
}

/** Answers JSON with a strong ETag, or 304 when the client has just that. */
function answer(request: FastifyRequest, reply: FastifyReply, body: Representation, cacheControl: string) {
  reply.header('etag', body.etag).header('cache-control', cacheControl);
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(body.etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body.text);
}

/** Where a product lives now that has moved; null when the error is another. */
function newHandle(error: unknown): string | null {
  const cause = error instanceof TRPCError ? error.cause : undefined;
  if (!isDomainError(cause, 'moved')) return null;
  const { slug } = cause.data;
  return typeof slug === 'string' ? slug : null;
}
