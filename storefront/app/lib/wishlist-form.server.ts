import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { refusalOf } from './bff-errors.server.ts';
import { cartHeaders } from './cart-cookie.server.ts';
import { messageFor } from './messages.ts';
import { askAgain } from './session.server.ts';

/** What a form on a wishlist's page may answer: `at` names the form, or the variant, that the refusal is shown at. */
export interface WishlistAnswer {
  readonly error: string;
  readonly at: string;
}

/** A form's field as text. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The answer to a form that the bff refused; somebody whose session has ended is sent to the log-in. */
export function refused(args: ActionFunctionArgs, error: unknown, at: string) {
  const refusal = refusalOf(error);
  if (refusal === null) throw error;
  const again = askAgain(args, refusal);
  if (again) throw again;
  const message = Object.values(refusal.fields)[0] ?? messageFor(refusal);
  return data<WishlistAnswer>({ error: message, at }, { status: refusal.httpStatus });
}

/** Goes on to the cart with what was added; tells when nothing could be. */
export function toCart(
  { context }: ActionFunctionArgs,
  added: { token: string | null; added: number },
  at: string,
) {
  if (added.added === 0) {
    const error = 'Nothing here can be bought right now. Come back later: the list stays.';
    return data<WishlistAnswer>({ error, at }, { status: 409 });
  }
  return redirect('/cart', {
    status: 303,
    headers: cartHeaders(added.token, context.shopUrl),
  });
}
