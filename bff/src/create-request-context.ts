import { readCartToken } from '@souk/domain/cart';
import { signedInBy } from '@souk/domain/identity';
import { type Actor, type Context, guest, type Origin, userActor } from '@souk/domain/kernel';
import type { FastifyRequest } from 'fastify';
import type { Deps } from './deps.ts';
import type { RequestContext } from './request-context.ts';

const DEFAULT_LOCALE = 'en-US';

/** What a procedure may know of an HTTP request. Tokens that are not ours, or no longer, count as none. */
export async function createRequestContext(deps: Deps, request: FastifyRequest): Promise<RequestContext> {
  const logger = deps.logger.child({ requestId: request.id });
  const origin = originOf(request);
  const sessionToken = headerOf(request, 'x-souk-session');
  const { actor, me } = await whoAsks(deps.domain.context({ logger, origin }), sessionToken);
  const domain = deps.domain.context({ logger, origin, actor });
  const cartToken = headerOf(request, 'x-souk-cart');
  return {
    requestId: request.id,
    domain,
    me,
    cartId: cartToken === '' ? null : readCartToken(domain, cartToken),
    deviceToken: headerOf(request, 'x-souk-device') || null,
    locale: firstLanguage(request.headers['accept-language']),
    currency: domain.config.shop.currency,
    observeProcedure: deps.observeProcedure,
  };
}

/** Who the session of a request belongs to: the only place that decides it. */
async function whoAsks(ctx: Context, token: string): Promise<Pick<RequestContext, 'me'> & { actor: Actor }> {
  const signedIn = token === '' ? null : await signedInBy(ctx, { token });
  if (signedIn === null) return { actor: guest, me: null };
  const { sessionId, authenticatedAt, kind: _kind, ...me } = signedIn;
  const session = { id: sessionId, authenticatedAt };
  return { actor: userActor({ userId: me.userId, roles: me.roles, session }), me };
}

/** The storefront tells of the browser behind it; other clients tell of themselves. */
function originOf(request: FastifyRequest): Origin {
  return {
    address: request.ip,
    userAgent: headerOf(request, 'x-souk-user-agent') || headerOf(request, 'user-agent'),
    requestId: request.id,
    languages: headerOf(request, 'accept-language'),
  };
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
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
