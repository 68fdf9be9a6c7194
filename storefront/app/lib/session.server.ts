import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { bffFor, goOnWithSession } from './bff.server.ts';
import { failPage, type Refusal } from './bff-errors.server.ts';
import type { Me } from './bff-types.ts';
import { clearedCartCookie } from './cart-cookie.server.ts';
import { safeReturnTo } from './return-to.ts';
import {
  clearedSessionCookie,
  deviceCookie,
  readSessionToken,
  sessionCookie,
} from './session-cookie.server.ts';

type Asking = Pick<LoaderFunctionArgs | ActionFunctionArgs, 'request' | 'context'>;

const known = new WeakMap<AppLoadContext, Promise<Me | null>>();

/** Who is logged in, null for guests; asked for once a request however many loaders want it, and not at all without a cookie. */
export function me(args: Asking): Promise<Me | null> {
  if (readSessionToken(args.request, args.context.shopUrl) === null) return Promise.resolve(null);
  const asked = known.get(args.context) ?? bffFor(args).sessions.me.query();
  known.set(args.context, asked);
  return asked;
}

/** Who is logged in; guests are sent to the log-in, and come back after it. */
export async function requireLogin(args: Asking): Promise<Me> {
  const who = await me(args).catch((error: unknown) => failPage(args.context, error));
  if (who === null) throw toLogin(args);
  return who;
}

/** To the log-in and back to the page at hand; an action's page is the one that its form stands on. */
function toLogin({ request }: Asking, options: { again?: boolean } = {}): Response {
  const { pathname, search } = new URL(request.url);
  const query = new URLSearchParams({
    ...(options.again ? { again: '1' } : {}),
    returnTo: pathname + search,
  });
  return redirect(`/login?${query}`, 303);
}

/**
 * To the log-in when the bff wants to know (again) who it is: the session has ended meanwhile, or what is asked for needs a fresh
 * proof. Null for other refusals.
 */
export function askAgain(args: Asking, refusal: Refusal): Response | null {
  if (refusal.code === 'reauthentication_required') return toLogin(args, { again: true });
  return refusal.code === 'unauthenticated' ? toLogin(args) : null;
}

/** What the bff answers to a log-in that is complete. */
interface LoggedIn {
  readonly sessionToken: string;
  readonly expiresAt: Date;
  readonly deviceToken?: string | null;
}

/** Keeps a session that has just begun, or has a new token, and goes on. */
export function loginDone(context: AppLoadContext, session: LoggedIn, returnTo: unknown): Response {
  const headers = new Headers();
  headers.append(
    'set-cookie',
    sessionCookie({ token: session.sessionToken, expiresAt: session.expiresAt }, context.shopUrl),
  );
  if (session.deviceToken) headers.append('set-cookie', deviceCookie(session.deviceToken, context.shopUrl));
  return redirect(safeReturnTo(returnTo), { status: 303, headers });
}

/**
 * Keeps the new token of the session at hand, for an action that answers with a page instead of going on: its loaders ask with it.
 *
 * @returns the headers to answer with
 */
export function sessionGoesOn(args: Asking, session: { token: string; expiresAt: Date }): Headers {
  goOnWithSession(args, session.token);
  return new Headers({ 'set-cookie': sessionCookie(session, args.context.shopUrl) });
}

/** Forgets the session in this browser, and any cart: the account keeps its own. Ending the session is the bff's. */
export function loggedOut(context: AppLoadContext, to: string): Response {
  const headers = new Headers();
  headers.append('set-cookie', clearedSessionCookie(context.shopUrl));
  headers.append('set-cookie', clearedCartCookie(context.shopUrl));
  return redirect(to, { status: 303, headers });
}
