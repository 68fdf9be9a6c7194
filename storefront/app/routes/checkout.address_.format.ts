import type { LoaderFunctionArgs } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';

/** How addresses of a country are asked for: for scripts, as soon as a country is chosen that the page does not know. */
export async function loader(args: LoaderFunctionArgs) {
  const country = new URL(args.request.url).searchParams.get('country') ?? '';
  try {
    return await bffFor(args).shipping.addressForm.query({ country });
  } catch (error) {
    failPage(args.context, error);
  }
}
