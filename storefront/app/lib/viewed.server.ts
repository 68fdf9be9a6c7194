import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { isbot } from 'isbot';
import { bffFor } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import { readCookie, setCookie } from './cookies.server.ts';
import { readSessionToken } from './session-cookie.server.ts';

const COOKIE = 'souk_viewed';
const DAYS_30 = 30 * 24 * 3600;
const MAX_VIEWED = 20;
/** Handles can be long, and all cookies together must fit into a header. */
const MAX_LENGTH = 1_500;
const HANDLE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

type Asking = Pick<LoaderFunctionArgs | ActionFunctionArgs, 'request' | 'context'>;

/** The handles of what a guest looked at, the newest first. They open nothing, so they are not signed; what is none is left out. */
export function readViewed(request: Request, shopUrl: string): string[] {
  const handles = (readCookie(request, shopUrl, COOKIE, MAX_LENGTH) ?? '').split('.');
  return [...new Set(handles)].filter((handle) => HANDLE.test(handle)).slice(0, MAX_VIEWED);
}

/** The Set-Cookie value that puts a product first among those a guest looked at; as many of the others as have room follow. */
function viewedCookie(viewed: readonly string[], handle: string, shopUrl: string): string {
  let value = handle;
  for (const other of viewed.filter((known) => known !== handle).slice(0, MAX_VIEWED - 1)) {
    if (value.length + 1 + other.length > MAX_LENGTH) break;
    value = `${value}.${other}`;
  }
  return setCookie({ name: COOKIE, maxAgeSeconds: DAYS_30 }, value, shopUrl);
}

/** Whether somebody looks at the page: not a robot, nor a browser that fetches it in case somebody will. */
function isSeen(request: Request): boolean {
  const purpose = `${request.headers.get('sec-purpose') ?? ''} ${request.headers.get('purpose') ?? ''}`;
  return !/prefetch|prerender|preview/i.test(purpose) && !isbot(request.headers.get('user-agent') ?? '');
}

/** Whether a whole page is asked for. What scripts ask for may be kept for a click that never comes: they tell of views themselves. */
export function isWholePage(request: Request): boolean {
  return (request.headers.get('accept') ?? '').includes('text/html');
}

/**
 * Notes that somebody looked at a product, without keeping the page waiting: for customers the bff is told beside the answer, guests
 * get a cookie. Nothing is lost when it fails.
 *
 * @returns what the answer must carry
 */
export function noteView(
  args: Asking,
  product: { readonly id: string; readonly handle: string },
): { 'set-cookie': string } | undefined {
  const { request, context } = args;
  if (!isSeen(request) || !HANDLE.test(product.handle)) return undefined;
  if (readSessionToken(request, context.shopUrl) === null) {
    return {
      'set-cookie': viewedCookie(readViewed(request, context.shopUrl), product.handle, context.shopUrl),
    };
  }
  bffFor(args)
    .recentlyViewed.note.mutate({ productId: product.id })
    .catch((error: unknown) => {
      // the session has ended, the shopper has gone on, or the bff is away: the page stands without it
      if (refusalOf(error) === null) context.log.error({ err: error }, 'a view was not noted');
    });
  return undefined;
}
