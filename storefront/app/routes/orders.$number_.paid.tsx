import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { orderLink } from '../lib/order-link.ts';

/** Where the payment service sends back to who paid an order by its link. */
export async function loader(args: LoaderFunctionArgs) {
  const { number, token, page } = orderLink(args);
  try {
    await bffFor(args).orders.paymentReturned.mutate({ number, token });
  } catch (error) {
    // what came of it is found out without them, too
    if (refusalOf(error)?.code !== 'unavailable') failPage(args.context, error);
  }
  return redirect(page, 303);
}
