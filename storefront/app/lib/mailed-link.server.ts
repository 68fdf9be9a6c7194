import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { failPage, refusalOf } from './bff-errors.server.ts';

/**
 * What a link of a mail stands for. When it is used, too old or cut off, the page says so (410) instead of failing: it is where
 * somebody looks for a way on.
 */
export async function mailedLink<Found extends object>(
  args: LoaderFunctionArgs,
  look: (token: string) => Promise<Found>,
) {
  const { token = '' } = args.params;
  try {
    return data({ link: await look(token) });
  } catch (error) {
    const code = refusalOf(error)?.code;
    if (code === 'token_invalid' || code === 'invalid_input') return data({ link: null }, { status: 410 });
    failPage(args.context, error);
  }
}
