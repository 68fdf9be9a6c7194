import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';

const PAGE = '/account/privacy';

/** Somebody who reloads the address of the file: the button is on the page. */
export const loader = () => redirect(PAGE);

/** The copy of one's data as a file. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  try {
    const copy = await bffFor(args).privacy.exportMyData.mutate();
    const day = copy.exportedAt.toISOString().slice(0, 10);
    return new Response(JSON.stringify(copy, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="my-data-${day}.json"`,
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    // back to the page of the button and not to this address, which cannot be looked at
    const code = refusalOf(error)?.code;
    if (code === 'unauthenticated') return redirect(`/login?returnTo=${PAGE}`, 303);
    if (code === 'reauthentication_required') return redirect(`/login?again=1&returnTo=${PAGE}`, 303);
    failPage(args.context, error);
  }
}
