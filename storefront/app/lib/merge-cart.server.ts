import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { bffFor, goOnWithSession } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import { clearedCartCookie, readCartToken } from './cart-cookie.server.ts';
import { cartNoteCookie, mergedNote } from './cart-note.server.ts';

/**
 * Lets somebody who has just logged in keep what they put into the cart as a guest. A log-in does not fail for it: the bff catches up on it
 * as long as the browser brings the guest's cart.
 *
 * @returns the Set-Cookie values to answer with
 */
export async function mergeAtLogIn(
  args: Pick<ActionFunctionArgs | LoaderFunctionArgs, 'request' | 'context'>,
  sessionToken: string,
): Promise<string[]> {
  const { request, context } = args;
  if (readCartToken(request, context.shopUrl) === null) return [];
  goOnWithSession(args, sessionToken);
  try {
    const { changes } = await bffFor(args).cart.merge.mutate();
    const cleared = clearedCartCookie(context.shopUrl);
    return changes.length === 0 ? [cleared] : [cleared, cartNoteCookie(mergedNote(changes), context.shopUrl)];
  } catch (error) {
    context.log.error({ code: refusalOf(error)?.code, err: error }, 'the cart was not merged at log-in');
    return [];
  }
}
