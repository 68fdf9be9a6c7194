import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { requireLogin } from '../lib/session.server.ts';

const PAGE = '/account/payment-methods';

/** Where the payment provider's pages lead back to: the bank's, which names what it was asked, and the one that takes a card itself. */
export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const setupIntentId = new URL(args.request.url).searchParams.get('setup_intent');
  const { payments } = bffFor(args);
  try {
    if (setupIntentId === null) await payments.hostedCardReturned.mutate();
    else await payments.finishAddingCard.mutate({ setupIntentId });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code !== 'payment_declined') failPage(args.context, error);
    const reason = typeof refusal.data.reason === 'string' ? refusal.data.reason : '';
    return redirect(`${PAGE}?error=${encodeURIComponent(reason)}`, 303);
  }
  return redirect(PAGE, 303);
}
