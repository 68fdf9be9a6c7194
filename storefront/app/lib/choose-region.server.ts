import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { bffFor, goOnWithSession } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import { readRegion, regionCookie } from './region-cookie.server.ts';

type Asking = Pick<LoaderFunctionArgs | ActionFunctionArgs, 'request' | 'context'>;

/**
 * Where somebody shops who has just logged in, in a browser that chose no region: by the currency that they prefer. A log-in does not
 * fail for it.
 *
 * @returns the Set-Cookie value of the choice; null when there is none to be made
 */
export async function regionAtLogIn(args: Asking, sessionToken: string): Promise<string | null> {
  const { request, context } = args;
  if (readRegion(request, context.shopUrl) !== null) return null;
  goOnWithSession(args, sessionToken);
  try {
    const region = await bffFor(args).pricing.choosePreferredRegion.mutate();
    return region === null ? null : regionCookie(region.code, context.shopUrl);
  } catch (error) {
    context.log.error(
      { code: refusalOf(error)?.code, err: error },
      'the preferred region was not chosen at log-in',
    );
    return null;
  }
}
