import type { ActionFunctionArgs } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import { messageFor } from './messages.ts';
import { textOf } from './wishlist-form.server.ts';

/** What became of a wish to hear of a variant. */
export interface AlertAnswer {
  readonly variantId: string;
  /** As it was typed, to show it again. */
  readonly email: string;
  readonly outcome: 'waiting' | 'in_stock' | null;
  readonly error: string | null;
}

/** Notes that the shopper wants to hear of a variant. @returns what to answer, and with which status */
export async function askForAlert(
  args: ActionFunctionArgs,
  form: FormData,
  variantId: string,
): Promise<{ alert: AlertAnswer; status: number }> {
  const email = textOf(form, 'email').trim();
  const answer = { variantId, email };
  try {
    const { outcome } = await bffFor(args).stockAlerts.ask.mutate({
      variantId,
      email: email === '' ? null : email,
    });
    return { alert: { ...answer, outcome, error: null }, status: 200 };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const message = refusal.fields.email ?? messageFor(refusal);
    return { alert: { ...answer, outcome: null, error: message }, status: refusal.httpStatus };
  }
}
