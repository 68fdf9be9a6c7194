import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { checkoutAt } from '../lib/checkout.server.ts';

/** Leads to the step that comes next. */
export async function loader(args: LoaderFunctionArgs) {
  const checkout = await checkoutAt(args, 'address');
  return redirect(`/checkout/${checkout.nextStep}`);
}
