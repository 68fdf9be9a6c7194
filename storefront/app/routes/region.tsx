import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { formOf } from '../lib/form.server.ts';
import { regionCookie } from '../lib/region-cookie.server.ts';
import { safeReturnTo } from '../lib/return-to.ts';
import { withoutPrices } from '../lib/without-prices.ts';

/** There is nothing to see here: the choice stands in the header and the footer of every page. */
export const loader = () => redirect('/', 303);

/** Chooses where to shop, and with it the currency, and goes back to the page at hand. */
export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  try {
    const { code } = await bffFor(args).pricing.chooseRegion.mutate({
      code: String(form.get('region') ?? ''),
    });
    return redirect(withoutPrices(safeReturnTo(form.get('returnTo'), '/')), {
      status: 303,
      headers: { 'set-cookie': regionCookie(code, args.context.shopUrl) },
    });
  } catch (error) {
    failPage(args.context, error);
  }
}
