import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { passkeyMessage } from '../lib/factor-messages.ts';

const PAGE = '/account/security/passkeys';

export const loader = () => redirect(PAGE, 303);

/** What `AddPasskey` asks the authenticators of its browser; or where to prove first who it is. */
export async function action(args: ActionFunctionArgs) {
  const headers = { 'cache-control': 'no-store' };
  try {
    const { options, token } = await bffFor(args).factors.startPasskeyRegistration.mutate();
    return Response.json({ options, token }, { headers });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const mustLogIn = refusal.code === 'reauthentication_required' || refusal.code === 'unauthenticated';
    const query = new URLSearchParams({ again: '1', returnTo: PAGE });
    return Response.json(mustLogIn ? { goTo: `/login?${query}` } : { problem: passkeyMessage(refusal) }, {
      status: refusal.httpStatus,
      headers,
    });
  }
}
