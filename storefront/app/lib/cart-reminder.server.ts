import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';

type Asking = Pick<LoaderFunctionArgs | ActionFunctionArgs, 'request' | 'context'>;

/** Whether the shopper wants a mail with a link to their cart if they leave it; false when that cannot be told. */
export async function wantsReminder(args: Asking): Promise<boolean> {
  try {
    return (await bffFor(args).cart.reminder.query()).isWanted;
  } catch (error) {
    note(args, error);
    return false;
  }
}

/** Keeps where such a mail is wanted; null: nowhere. A checkout does not fail for it. */
export async function keepReminder(args: Asking, email: string | null): Promise<void> {
  try {
    await bffFor(args).cart.setReminder.mutate({ email });
  } catch (error) {
    note(args, error);
  }
}

function note({ context }: Asking, error: unknown): void {
  const refusal = refusalOf(error);
  if (refusal === null) throw error;
  context.log.error({ code: refusal.code }, 'the wish for a mail about the cart was not kept');
}
