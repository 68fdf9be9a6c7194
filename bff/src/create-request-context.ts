import { readCartToken } from '@souk/domain/cart';
import { actorOfApiKey, type SignedIn, signedInBy, signedInByAccessToken } from '@souk/domain/identity';
import { type Actor, type Context, DomainError, guest, type Origin, userActor } from '@souk/domain/kernel';
import type { FastifyRequest } from 'fastify';
import { cartAtHand } from './cart-at-hand.ts';
import type { Deps } from './deps.ts';
import type { RequestContext } from './request-context.ts';

const DEFAULT_LOCALE = 'en-US';

/**
 * What a procedure may know of an HTTP request. Cookies' tokens that are not ours, or no longer, count as none; who sends
 * `Authorization: Bearer` is a program, which is told.
 *
 * @throws DomainError `unauthenticated` when the bearer's token is not ours, or no longer
 */
export async function createRequestContext(deps: Deps, request: FastifyRequest): Promise<RequestContext> {
  const { logger } = deps;
  const origin = originOf(request);
  const { actor, me } = await whoAsks(deps.domain.context({ logger, origin }), request);
  const domain = deps.domain.context({ logger, origin, actor });
  const cartToken = headerOf(request, 'x-souk-cart');
  const guestCartId = cartToken === '' ? null : readCartToken(domain, cartToken);
  return {
    requestId: request.id,
    domain,
    me,
    cartId: cartAtHand(domain, guestCartId),
    guestCartId,
    deviceToken: headerOf(request, 'x-souk-device') || null,
    locale: firstLanguage(request.headers['accept-language']),
    currency: domain.config.shop.currency,
    observeProcedure: deps.observeProcedure,
  };
}

type Asking = Pick<RequestContext, 'me'> & { readonly actor: Actor };

/** Who a request comes from: the only place that decides it. */
async function whoAsks(ctx: Context, request: FastifyRequest): Promise<Asking> {
  const bearer = /^bearer(?: +(\S+))?$/i.exec(headerOf(request, 'authorization').trim());
  if (bearer) return bearerOf(ctx, bearer[1] ?? '');
  const token = headerOf(request, 'x-souk-session');
  const signedIn = token === '' ? null : await signedInBy(ctx, { token });
  return signedIn ? askingOf(signedIn) : { actor: guest, me: null };
}

/** An API key or an access token. */
async function bearerOf(ctx: Context, token: string): Promise<Asking> {
  if (token.startsWith('souk_')) {
    const actor = await actorOfApiKey(ctx, token);
    if (actor) return { actor, me: null };
  } else {
    const signedIn = await signedInByAccessToken(ctx, token);
    if (signedIn) return askingOf(signedIn);
  }
  throw new DomainError('unauthenticated', 'the bearer token is none of ours, expired or revoked');
}

function askingOf(signedIn: SignedIn): Asking {
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
    region: regionIn(headerOf(request, 'x-souk-region')),
  };
}

/** The code of a region, if it is shaped like one. */
function regionIn(header: string): string | null {
  return /^[a-z][a-z0-9-]{0,31}$/.test(header) ? header : null;
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** What browsers send is much the same: asking the library of languages anew for each request would cost more than the rest of this. */
const languages = new Map<string, string>();
const MOST_LANGUAGES = 500;

function firstLanguage(header: string | undefined): string {
  if (header === undefined) return DEFAULT_LOCALE;
  const known = languages.get(header);
  if (known !== undefined) return known;
  const language = languageIn(header);
  if (languages.size >= MOST_LANGUAGES) languages.clear();
  languages.set(header, language);
  return language;
}

function languageIn(header: string): string {
  const tag = header.split(',')[0]?.split(';')[0]?.trim();
  if (!tag) return DEFAULT_LOCALE;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE;
  }
}
