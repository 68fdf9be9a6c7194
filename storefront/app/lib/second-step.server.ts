import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import type { LoginOutcome } from './bff-types.ts';
import { regionAtLogIn } from './choose-region.server.ts';
import { clearCookie, readCookie, setCookie } from './cookies.server.ts';
import { mergeAtLogIn } from './merge-cart.server.ts';
import { safeReturnTo } from './return-to.ts';
import { loginDone } from './session.server.ts';

/** As long as the bff keeps what they stand for. */
const maxAgeSeconds = 10 * 60;
const STEP = 'souk_login_step';
const PASSKEY = 'souk_passkey';

/**
 * Goes on after a log-in by whatever means: keeps the session, or asks for the second factor. The log-in under way is named in a
 * cookie of this browser, and not in the address, which gets into histories and logs. What a guest put into the cart becomes
 * the account's. Who has chosen no region to shop in gets the one that they prefer.
 */
export async function loginGoesOn(
  args: Pick<ActionFunctionArgs | LoaderFunctionArgs, 'request' | 'context'>,
  outcome: LoginOutcome,
  returnTo: unknown,
): Promise<Response> {
  const { context } = args;
  if (outcome.outcome === 'second-factor') {
    const query = new URLSearchParams({ returnTo: safeReturnTo(returnTo) });
    const cookie = setCookie({ name: STEP, maxAgeSeconds }, outcome.challenge, context.shopUrl);
    return redirect(`/login/second-factor?${query}`, { status: 303, headers: { 'set-cookie': cookie } });
  }
  const response = loginDone(context, outcome, returnTo);
  response.headers.append('set-cookie', clearCookie(STEP, context.shopUrl));
  response.headers.append('set-cookie', clearCookie(PASSKEY, context.shopUrl));
  for (const cookie of await mergeAtLogIn(args, outcome.sessionToken))
    response.headers.append('set-cookie', cookie);
  const region = await regionAtLogIn(args, outcome.sessionToken);
  if (region !== null) response.headers.append('set-cookie', region);
  return response;
}

/** The log-in of this browser that waits for its second step; null when there is none. */
export function readStep(request: Request, shopUrl: string): string | null {
  return readCookie(request, shopUrl, STEP);
}

/** What a passkey has been asked by this browser; null when it has not. */
export function readPasskeyQuestion(request: Request, shopUrl: string): string | null {
  return readCookie(request, shopUrl, PASSKEY);
}

export function passkeyQuestionCookie(token: string, shopUrl: string): string {
  return setCookie({ name: PASSKEY, maxAgeSeconds }, token, shopUrl);
}
