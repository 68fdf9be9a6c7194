import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { formOf } from '../lib/form.server.ts';
import { loggedOut } from '../lib/session.server.ts';

/** A link must not log anybody out: only a form does. */
export const loader = () => redirect('/account', 303);

/** Ends the session, or all of them (`everywhere`). The browser forgets it even when the bff is away: that is what was asked for. */
export async function action(args: ActionFunctionArgs) {
  const isEverywhere = (await formOf(args)).has('everywhere');
  const { identity } = bffFor(args);
  try {
    if (isEverywhere) await identity.logOutEverywhere.mutate();
    else await identity.logOut.mutate();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const isOutAlready = refusal.code === 'unauthenticated';
    // "everywhere" has to be true: it may not fail silently
    if (isEverywhere && !isOutAlready) throw error;
    if (!isOutAlready) args.context.log.error({ code: refusal.code }, 'a session was not ended by the bff');
  }
  return loggedOut(args.context, '/');
}
