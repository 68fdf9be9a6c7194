import { readCartToken } from '@souk/domain/cart';
import type { FastifyRequest } from 'fastify';
import type { Deps } from './deps.ts';
import type { RequestContext } from './request-context.ts';

const DEFAULT_LOCALE = 'en-US';

/** What a procedure may know of an HTTP request. A cart token that is not ours counts as none. */
export function createRequestContext(deps: Deps, request: FastifyRequest): RequestContext {
  const domain = deps.domain.context({ logger: deps.logger.child({ requestId: request.id }) });
  const token = request.headers['x-souk-cart'];
  return {
    requestId: request.id,
    domain,
    cartId: typeof token === 'string' && token !== '' ? readCartToken(domain, token) : null,
    locale: firstLanguage(request.headers['accept-language']),
    currency: domain.config.shop.currency,
    observeProcedure: deps.observeProcedure,
  };
}

function firstLanguage(header: string | undefined): string {
  const tag = header?.split(',')[0]?.split(';')[0]?.trim();
  if (!tag) return DEFAULT_LOCALE;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE;
  }
}
