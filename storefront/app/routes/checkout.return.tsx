import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { followPlacement } from '../lib/checkout.server.ts';

/** Where the bank sends shoppers back to after it has seen the cardholder. */
export async function loader(args: LoaderFunctionArgs) {
  await followPlacement(args);
  return redirect('/checkout/processing', 303);
}
