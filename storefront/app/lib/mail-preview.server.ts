import type { LoaderFunctionArgs } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { failPage, failWith } from './bff-errors.server.ts';

/** The mail that the address at hand asks for, with made-up data. Only where mail is caught: else 404. */
export async function mailPreview(args: LoaderFunctionArgs) {
  const bff = bffFor(args);
  const locale = new URL(args.request.url).searchParams.get('locale')?.slice(0, 35) || 'en';
  try {
    const { templates, locales } = await bff.mails.templates.query();
    const template = templates.find((name) => name === args.params.template);
    if (!template) failWith(args.context, 404);
    return { template, locale, locales, mail: await bff.mails.preview.query({ template, locale }) };
  } catch (error) {
    failPage(args.context, error);
  }
}
